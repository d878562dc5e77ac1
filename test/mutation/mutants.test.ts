import { describe, expect, it } from 'vitest';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import { TODAY, town } from '../flow/small-content.ts';
import { realFiles } from '../real-content.ts';
import { isShort } from '../short-form.ts';
import { allMutants } from './all.ts';
import { Judge } from './judge.ts';
import { describeMutant, judgeSome, scoreOf } from './run.ts';

const SLOW = 120_000;
const SAMPLE = 40;
/** Lower than for all mutants, because a sample of this size can differ by some percent. */
const CAUGHT = 0.9;

/** A sample. `npm run mutants` runs all of them and requires 95 %. */
describe('one thing changed in the content', () => {
  it.skipIf(isShort)(
    'is noticed by a check, a case or the proof, in a sample of the real content',
    () => {
      const judge = new Judge([...realFiles], TODAY);
      const every = Math.floor(allMutants(judge.files, judge.library).length / SAMPLE);
      const { judged } = judgeSome(judge, 0, every);
      const survivors = judged
        .filter(({ verdict }) => verdict === 'survived')
        .map((one) => describeMutant(judge.files, one));
      expect(judged.length).toBeGreaterThanOrEqual(SAMPLE);
      expect(scoreOf(judged).share, survivors.join('\n')).toBeGreaterThanOrEqual(CAUGHT);
    },
    SLOW,
  );
});

const SAFETY = `rules:
  danger_first:
    says: Danger now is never told slowly
    whenever: { danger: yes }
    always: { end: call, within: at once }
    cite: DOC 1
`;
const CASES = `cases:
  a_bruise:
    flow: worry
    story: A story.
    answers: { danger: no, signs: [bruise] }
    must: { level: 3, end: refer, within: today }
`;

describe('the mutants themselves', () => {
  const files: ContentFile[] = town({ 'safety.yaml': SAFETY, 'cases.yaml': CASES });
  const judge = new Judge(files, TODAY);
  const { judged, all } = judgeSome(judge, 0, 1);
  const verdictOf = (says: string) => judged.find((one) => one.says === says)?.verdict;

  it('are always the same, each with its place', () => {
    const again = allMutants(judge.files, judge.library);
    expect(again).toEqual(allMutants(judge.files, judge.library));
    expect(judged).toHaveLength(all);
    expect(describeMutant(files, judged.find(({ says }) => says === 'level 2, not 3') as never)).toMatch(
      /^flows\/town\/worry\.yaml:16: level 2, not 3 \(mark\)$/,
    );
  });

  it('are noticed by the checks, a case, the proof, or not at all', () => {
    expect(verdictOf('without option yes')).toBeUndefined();
    expect(verdictOf('without ask danger')).toBe('check');
    expect(verdictOf('within no set time, not today')).toBe('case');
    expect(verdictOf('within today, not at once')).toBe('proof');
    expect(verdictOf('danger: no, not yes')).toMatch(/case|proof/);
    expect(verdictOf('without option late')).toBe('survived');
    expect(verdictOf('within at once, not no set time')).toBe('survived');
  });

  it('count only if they change an outcome', () => {
    const two = ['case', 'same', 'survived', 'check'].map((verdict) => ({ ...judged[0], verdict })) as typeof judged;
    expect(scoreOf(two)).toEqual({ caught: 2, counted: 3, share: 2 / 3 });
    expect(scoreOf([])).toEqual({ caught: 0, counted: 0, share: 1 });
  });

  it('are not tried on content with mistakes or broken rules', () => {
    expect(
      () => new Judge(town({ 'worry.yaml': (text) => text.replace('contacts: [desk]', 'contacts: [dask]') }), TODAY),
    ).toThrow('the content has mistakes');
    expect(() => new Judge(town({ 'safety.yaml': SAFETY.replace('at once', 'today') }), TODAY)).toThrow(
      'not proved as it stands: worry',
    );
  });
});
