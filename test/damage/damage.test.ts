/**
 * Real content, damaged at random as a slip of the hand, an editor or a merge does it. Never a crash; what is wrong has a place; and what
 * passes without a word still gives every worked case its result. `npm run damage -- 5000` tries thousands.
 */
import { describe, expect, it } from 'vitest';
import { readFolder } from '../../server/flow/language/folder.ts';
import { CONTENT_DAY } from '../content-day.ts';
import { Random } from '../flow/second/random.ts';
import { damage, SLIPS } from './slips.ts';
import { Damager } from './try.ts';

const SLOW = 180_000;
const SEED = 20_261_126;
const files = readFolder('flows');

describe('damaged content', () => {
  it(
    'is told with a place, or still gives what it gave, and never brings anything down',
    () => {
      const damager = new Damager(files, CONTENT_DAY);
      const trials = Array.from({ length: 12 }, (_, index) => damager.try(SEED + index));
      expect(trials.filter(({ fate }) => fate === 'crash' || fate === 'silent')).toEqual([]);
      expect(trials.filter(({ fate }) => fate === 'told').length).toBeGreaterThan(2);
    },
    SLOW,
  );

  it('would be noticed: each slip turns up, and changes its file', () => {
    const met = new Map<string, number>();
    for (let seed = 0; seed < 3000; seed++) {
      const random = new Random(seed);
      const file = random.pick(files);
      const { slip, files: after } = damage(random, file, files);
      if (JSON.stringify(after) !== JSON.stringify([file])) met.set(slip, (met.get(slip) ?? 0) + 1);
    }
    expect([...met.keys()].sort()).toEqual([...SLIPS].sort());
  });
});
