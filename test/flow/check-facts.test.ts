/** Which answers the conditions of a flow distinguish, and which questions have no effect. */
import { describe, expect, it } from 'vitest';
import { checkKnown, hasMarks, indistinctOptions, isUnused, NamedAnswers } from '../../server/flow/check/facts.ts';
import type { Condition, Marks, Question } from '../../server/flow/flow.ts';
import { causeOf } from '../../server/flow/problem.ts';
import { ask, call, end, flow, is, option, part, question } from './prove-flows.ts';

function named(...conditions: (Condition | undefined)[]): NamedAnswers {
  const answers = new NamedAnswers();
  for (const condition of conditions) answers.read(condition);
  return answers;
}

const choice = (marks: Marks[] = [{}, {}, {}], given: Partial<Question> = {}) =>
  question('risk', 'one of', { options: marks.map((one, at) => option(['a', 'b', 'c'][at] ?? '', one)), ...given });

describe('the answers that conditions name', () => {
  it('are all facts and options, however deeply nested', () => {
    const answers = named(
      undefined,
      { kind: 'all', of: [is('risk', 'a'), { kind: 'no', of: [is('danger', 'yes')] }] },
      is('risk', 'b'),
      { kind: 'ticks', fact: 'signs', min: 1, of: ['x', 'y'] },
      { kind: 'unknown', fact: 'age' },
      { kind: 'level', min: 2 },
    );
    expect([...answers.facts]).toEqual(['risk', 'danger', 'signs', 'age']);
    const names = (fact: string, ...options: string[]) => options.filter((one) => answers.names(fact, one));
    expect(names('risk', 'a', 'b', 'c')).toEqual(['a', 'b']);
    expect(names('signs', 'x', 'y', 'z')).toEqual(['x', 'y']);
    expect(names('danger', 'yes', 'no')).toEqual(['yes']);
    expect([...names('age', 'Stryker was here', '3'), ...names('nothing', 'a')]).toEqual([]);
  });
});

describe('options that nothing distinguishes', () => {
  it('are options of a choice without a mark or a condition, if there are two', () => {
    expect(indistinctOptions(choice(), named(is('risk', 'a')))).toEqual(['b', 'c']);
    expect(indistinctOptions(choice(), named(is('risk', 'a', 'c')))).toEqual([]);
    expect(indistinctOptions(choice([{ level: 1 }, {}, { police: 'report' }]), named())).toEqual([]);
    expect(indistinctOptions(choice([{ level: 1 }, {}, {}]), named())).toEqual(['b', 'c']);
    expect(indistinctOptions(choice(), named())).toEqual(['a', 'b', 'c']);
  });

  it('are not looked for in other types, or in questions for the record only', () => {
    expect(indistinctOptions(choice([{}, {}], { forRecord: true }), named())).toEqual([]);
    expect(indistinctOptions(choice([{}, {}], { type: 'several of' }), named())).toEqual([]);
  });
});

describe('a question without effect', () => {
  it('has no mark and no condition that names it', () => {
    expect(isUnused(choice(), named(is('danger', 'a')))).toBe(true);
    expect(isUnused(choice(), named(is('risk', 'a')))).toBe(false);
    expect(isUnused(choice([{}, { level: 1 }]), named())).toBe(false);
    expect(isUnused(choice([{ level: 2 }, { level: 1 }]), named())).toBe(false);
    expect(isUnused(choice([{}], { unknown: { label: '?', next: ['refer'] } }), named())).toBe(false);
  });

  it('is not one for the record only, nor a text or a date', () => {
    expect(isUnused(choice([{}], { forRecord: true }), named())).toBe(false);
    for (const type of ['short text', 'long text', 'date'] as const)
      expect(isUnused(question('note', type), named())).toBe(false);
    for (const type of ['number', 'yes or no', 'several of'] as const)
      expect(isUnused(question('note', type), named())).toBe(true);
  });

  it.each(['level', 'parents', 'consent', 'police', 'next', 'record'])('has no %s', (key) => {
    expect(hasMarks({ [key]: undefined })).toBe(true);
    expect(hasMarks({ text: 'x', cite: [], [`${key}s`]: 1 })).toBe(false);
  });
});

describe('what is certainly asked', () => {
  const none = (fact: string) => end('last', { when: { kind: 'no', of: [is(fact, 'yes')] } });
  const problems = (steps: Parameters<typeof part>[1], inner: Parameters<typeof part>[1] = []) =>
    checkKnown(
      flow(
        [part('main', steps), part('inner', inner)],
        [question('danger', 'yes or no'), question('hurt', 'yes or no')],
      ),
    ).map(({ part, step, message }) => `${part}/${step} ${causeOf(message).message.slice(0, 14)}`);

  it('is what is asked without a condition, in flows called without one', () => {
    expect(problems([ask('danger'), none('danger')])).toEqual([]);
    expect(problems([call('inner'), none('danger')], [ask('danger')])).toEqual([]);
    expect(
      problems([ask('hurt'), call('inner', { when: is('hurt', 'yes') }), none('danger')], [ask('danger')]),
    ).toEqual(['main/last "none of:" rea']);
    expect(
      problems([ask('hurt'), call('inner')], [ask('danger', { when: is('hurt', 'yes') }), none('danger')]),
    ).toEqual(['inner/last "none of:" rea']);
  });

  it('is reported once for a fact that a condition reads twice', () => {
    const twice: Condition = { kind: 'any', of: [is('danger', 'yes'), is('danger', 'no')] };
    expect(problems([end('last', { when: twice })])).toEqual(['main/last "danger" canno']);
  });

  it('is not required for counting ticks', () => {
    const ticks: Condition = { kind: 'ticks', fact: 'hurt', min: 1, of: ['yes'] };
    expect(problems([ask('danger'), ask('hurt', { when: is('danger', 'no') }), end('last', { when: ticks })])).toEqual(
      [],
    );
  });
});
