/**
 * Real content, damaged at random as a typing mistake, an editor or a merge does it. It never causes a crash, every
 * problem has a place, and what passes without a message still gives every worked case its result. `npm run damage --
 * 5000` tries thousands.
 */
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { describeProblem } from '../../server/flow/problem.ts';
import { CONTENT_DAY } from '../content-day.ts';
import { Random } from '../flow/second/random.ts';
import { realFiles } from '../real-content.ts';
import { isShort, someOf } from '../short-form.ts';
import { damage, SLIPS } from './slips.ts';
import { Damager } from './try.ts';

const SLOW = 180_000;
/** In the short form, one area stands for the others. */
const FILES = realFiles.filter(({ folder }) => !isShort || ['national', 'bolton'].includes(folder));
const SEED = 20_261_126;

describe('damaged content', () => {
  it(
    'is reported with a place or changes no result, and never causes a crash',
    () => {
      const damager = new Damager(FILES, CONTENT_DAY);
      const trials = (isShort ? [0, 3] : [...Array(8).keys()]).map((index) => damager.try(SEED + index));
      expect(trials.filter(({ fate }) => fate === 'crash' || fate === 'silent')).toEqual([]);
      expect(trials.filter(({ fate }) => fate === 'told').length).toBeGreaterThan(isShort ? 0 : 2);
    },
    SLOW,
  );

  it.skipIf(isShort)(
    'reports a national flow whose end is cut off, and no area that uses it crashes',
    () => {
      const cut = realFiles.map((file) =>
        file.folder === 'national' && file.name === 'domestic_abuse.yaml'
          ? { ...file, text: file.text.slice(0, file.text.lastIndexOf('\n  - end: domestic_abuse_now') + 1) }
          : file,
      );
      const { problems } = loadLibrary(cut, CONTENT_DAY);
      expect(problems.filter(({ kind }) => kind !== 'warning').map(({ file }) => file)).toContain(
        'flows/national/domestic_abuse.yaml',
      );
    },
    SLOW,
  );

  it.each(someOf(['bury/exploitation.yaml', 'national/meanings.yaml', 'national/area.yaml'], 3))(
    'reports %s first if it cannot be read, and nothing that only follows from it',
    (path) => {
      const broken = realFiles.map((file) =>
        `${file.folder}/${file.name}` === path ? { ...file, text: `${file.text}\nx: [` } : file,
      );
      const errors = loadLibrary(broken, CONTENT_DAY).problems.filter(({ kind }) => kind === 'error');
      expect(errors[0]?.file).toBe(`flows/${path}`);
      const elsewhere = errors.filter(({ file, cause }) => file !== `flows/${path}` && cause === undefined);
      expect(elsewhere.map(describeProblem)).toEqual([]);
    },
    SLOW,
  );

  it.skipIf(isShort)('includes every kind of slip, and each changes its file', () => {
    const met = new Set<string>();
    // Another encoding changes only the few files that contain a letter such as é, so it takes many tries.
    for (let seed = 0; seed < 50_000 && met.size < SLIPS.length; seed++) {
      const random = new Random(seed);
      const file = random.pick([...realFiles]);
      const { slip, files: after } = damage(random, file, realFiles);
      const [one, ...more] = after;
      if (one?.name !== file.name || one.folder !== file.folder || one.text !== file.text || more.length > 0)
        met.add(slip);
    }
    expect([...met].sort()).toEqual([...SLIPS].sort());
  });
});
