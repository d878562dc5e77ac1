/** Ids that consultations may contain: an author who renames or removes one has to say what happens to the answers. */
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { writeUsed } from '../../server/flow/check/used-ids.ts';
import { describeProblem } from '../../server/flow/problem.ts';
import { swap, TODAY, town } from './small-content.ts';

const USED = 'used:\n  danger: [yes, no]\n  signs: [bruise, late]\n';
const told = (changes: Parameters<typeof town>[0] = {}) =>
  loadLibrary(town({ 'used.yaml': USED, ...changes }), TODAY)
    .problems.filter(({ file }) => /used|retired/.test(file))
    .map(describeProblem);

describe('an id that was used', () => {
  it('gives no problem if it still exists', () => {
    expect(told()).toEqual([]);
  });

  it('needs to say what happens to its answers if the question is gone', () => {
    const renamed = { 'worry.yaml': (text: string) => text.replaceAll('signs', 'signs_seen') };
    expect(told(renamed)).toEqual([
      'flows/town/used.yaml:3:3: "signs" was asked, consultations can hold an answer to it, and it is gone. Say in retired.yaml what becomes of the answer: "renamed to: …", or "why" it counts no more.',
    ]);
    const retired = (more: string) => ({
      ...renamed,
      'retired.yaml': `retired:\n  signs: { on: 2026-11-26, why: unclear${more} }\n`,
    });
    expect(told(retired(''))).toEqual([]);
    expect(told(retired(', renamed to: signs_seen'))).toEqual([]);
    expect(told(retired(', renamed to: sings'))).toEqual([
      'flows/town/retired.yaml:2:42: no question is called "sings", and none ever was.',
    ]);
  });

  it('needs to say what happens to its answers if the option is gone', () => {
    const renamed = { 'worry.yaml': swap('late:', 'often_late:') };
    expect(told(renamed)).toEqual([
      'flows/town/used.yaml:3:3: the option "late" of "signs" was offered, consultations can hold it, and it is gone. Say in retired.yaml, under "retired options", what becomes of it: "renamed to: …", or "why" the question is asked again.',
    ]);
    const retired = (more: string, id = 'late', question = 'signs') => ({
      ...renamed,
      'retired.yaml': `retired: {}\nretired options:\n  ${question}:\n    ${id}: { on: 2026-11-26, why: unclear${more} }\n`,
    });
    expect(told(retired(''))).toEqual([]);
    expect(told(retired(', renamed to: often_late'))).toEqual([]);
    expect(told(retired(', renamed to: often_lat'))).toEqual([
      'flows/town/retired.yaml:4:43: "signs" has no option "often_lat". Did you mean "often_late"?',
    ]);
    expect(told(retired('', 'bruise'))).toContain(
      'flows/town/retired.yaml:4:5: "bruise" is an option of "signs". Take it out of one of the two.',
    );
    expect(told(retired('', 'late', 'sings'))).toContain(
      'flows/town/retired.yaml:3:3: no question is called "sings", and none ever was.',
    );
  });

  it('cannot be reused for another type of answer', () => {
    expect(told({ 'used.yaml': USED.replace('[yes, no]', 'number') })).toEqual([
      'flows/town/used.yaml:2:3: "danger" was of another kind (number): answers that consultations hold do not fit it. Give the question a new id, and retire "danger".',
    ]);
  });
});

describe('the list of them', () => {
  const write = (changes: Parameters<typeof town>[0]) => {
    const content = loadLibrary(town(changes), TODAY).library.areas.get('town')?.content;
    if (content === undefined) throw new Error('the town is not there');
    return writeUsed(content).split('\n').slice(2).join('\n');
  };

  it('has what exists now, and forgets nothing', () => {
    expect(write({})).toBe(USED);
    const kept = 'used:\n  age: number\n  signs: [cold, bruise]\n';
    expect(write({ 'used.yaml': kept })).toBe(
      'used:\n  age: number\n  danger: [yes, no]\n  signs: [cold, bruise, late]\n',
    );
  });

  it('can be read back as it was written', () => {
    expect(told({ 'used.yaml': write({}) })).toEqual([]);
  });
});
