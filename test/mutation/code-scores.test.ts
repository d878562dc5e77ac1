import { describe, expect, it } from 'vitest';
import { describeScores, type Scores, staleIn, sumOf, tally } from './code-scores.ts';
import { testsFor } from './code-tests.ts';

const SCORES: Scores = {
  'b.ts': { noticed: 2, of: 3, hash: 'old' },
  'a.ts': { noticed: 1, of: 1, hash: 'now' },
};
const FILES = ['a.ts', 'b.ts', 'c.ts'];
const now = () => 'now';

describe('the scores of faults in the engine', () => {
  it('count what a test could have noticed', () => {
    expect(tally(['Killed', 'Timeout', 'Survived', 'NoCoverage', 'Ignored', 'CompileError'])).toEqual({
      noticed: 2,
      of: 4,
    });
    expect(sumOf(SCORES)).toEqual({ noticed: 3, of: 4, share: 0.75 });
    expect(sumOf({}).share).toBe(1);
  });

  it('list files that were changed since, or never tried', () => {
    expect(staleIn(SCORES, FILES, now)).toEqual(['b.ts', 'c.ts']);
    expect(describeScores(SCORES, FILES, now)).toEqual([
      'a.ts: 1 of 1, 100 %',
      'b.ts: 2 of 3, 66.6 %, changed since',
      '3 of 4 faults noticed in 2 files, 75 %',
      'not tried: c.ts',
    ]);
  });
});

describe('the nearest tests of a file', () => {
  it.each([
    ['server/flow/walk/walk.ts', ['test/flow/walk.test.ts']],
    ['server/flow/walk/outcome.ts', ['test/flow/outcome.test.ts', 'test/flow/cases.test.ts']],
    ['server/flow/prove/known.ts', ['test/flow/prove.test.ts', 'test/flow/prove-brute.test.ts']],
    ['server/flow/flow.ts', ['test/flow/walk.test.ts', 'test/flow/check.test.ts']],
  ])('%s', (file, tests) => {
    expect(testsFor(file)).toEqual(tests);
  });
});
