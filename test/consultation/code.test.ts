import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashCode, isSameHash, makeCode, parseCode } from '../../server/consultation/code.ts';

describe('a return code', () => {
  it('has more than 60 bits, in letters that cannot be confused', () => {
    const codes = Array.from({ length: 500 }, () => makeCode(randomBytes));
    const letters = new Set(codes.join('').replaceAll('-', ''));
    expect(Math.log2(letters.size) * 16).toBeGreaterThan(60);
    for (const twin of '01oil25sz8bguv') expect(letters.has(twin)).toBe(false);
    for (const code of codes) expect(code).toMatch(/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/);
    expect(new Set(codes).size).toBe(500);
  });

  it('uses all letters equally often', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    let next = 0;
    const inTurn = (count: number) => Uint8Array.from({ length: count }, () => bytes[next++ % 256] ?? 0);
    const letters = Array.from({ length: 15 }, () => makeCode(inTurn))
      .join('')
      .replaceAll('-', '');
    const counts = [...new Set(letters)].map((letter) => letters.split(letter).length - 1);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
  });

  it('is understood as people type it', () => {
    const code = makeCode(randomBytes);
    for (const typed of [code, code.toUpperCase(), code.replaceAll('-', ' '), ` ${code.replaceAll('-', '')}\n`])
      expect(parseCode(typed)).toBe(code);
    for (const typed of ['', code.slice(1), `${code}c`, code.replace(/^./, 'o'), 'x'.repeat(100_000)])
      expect(parseCode(typed)).toBeUndefined();
  });

  it('is stored as a hash that reveals nothing', () => {
    const code = makeCode(randomBytes);
    expect(hashCode(code)).not.toContain(code);
    expect(isSameHash(hashCode(code), hashCode(code))).toBe(true);
    expect(isSameHash(hashCode(code), hashCode(makeCode(randomBytes)))).toBe(false);
    expect(isSameHash(hashCode(code), '')).toBe(false);
  });
});
