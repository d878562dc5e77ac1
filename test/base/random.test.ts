import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../server/base/random.ts';

describe('random bytes that are drawn many at a time', () => {
  it('come in the requested number, are never repeated, and are not changed afterwards', () => {
    const random = createRandom(randomBytes);
    const lengths = Array.from({ length: 900 }, (_, index) => [16, 32, 16, 64, 65, 4000][index % 6] ?? 0);
    const given = lengths.map((length) => random(length));
    const asGiven = given.map((bytes) => bytes.toString('hex'));
    expect(given.map(({ length }) => length)).toEqual(lengths);
    expect(new Set(asGiven.map((hex) => hex.slice(0, 32))).size).toBe(given.length);
    random(16);
    expect(given.map((bytes) => bytes.toString('hex'))).toEqual(asGiven);
  });

  it('never include bytes that were already wiped', () => {
    const random = createRandom(randomBytes);
    const zeros = Array.from({ length: 2000 }, () => random(16)).filter((bytes) => bytes.every((byte) => byte === 0));
    expect(zeros).toEqual([]);
  });
});
