/** One question as formulas (a choice, a checklist), and operations on formulas. */
import { describe, expect, it } from 'vitest';
import type { OfFact, Question } from '../../server/flow/flow.ts';
import { countsAtLeast, createChecklist } from '../../server/flow/prove/checklist.ts';
import { createChoice } from '../../server/flow/prove/choice.ts';
import { ALWAYS, Diagrams, type Formula, NEVER } from '../../server/flow/prove/diagram.ts';
import { Heights, Tally } from '../../server/flow/prove/tally.ts';
import { rulesOf } from '../../server/flow/question-types/question-types.ts';
import { option, question } from './prove-flows.ts';

const options = ['a', 'b', 'c'].map((id) => option(id));

describe('a choice', () => {
  const choiceOf = (diagrams: Diagrams, asked: Question, ...cuts: number[]) => {
    const rules = rulesOf(asked);
    if (rules.several) throw new Error(`${asked.type} is no choice`);
    return createChoice(diagrams, asked, rules.answersToProve(asked, new Set(cuts)));
  };
  const answersOf = (asked: Question, ...cuts: number[]) =>
    choiceOf(new Diagrams(), asked, ...cuts).choices?.map(({ answer }) => answer);

  it.each<[string, Question, number[], unknown[]]>([
    ['yes or no', question('x', 'yes or no'), [], ['yes', 'unknown', 'no']],
    ['options', question('x', 'one of', { options }), [], ['b', 'c', 'unknown', 'a']],
    ['a number', question('x', 'number', { from: 2, to: 9 }), [5, 1, 2, 9, 3, 10], [3, 5, 9, 'unknown', 2]],
    ['a number without bounds', question('x', 'number'), [-1, 0, 12], [12, 'unknown', 0]],
    ['a short text', question('x', 'short text'), [], ['unknown', 'Text']],
    ['a long text', question('x', 'long text'), [], ['unknown', 'Text']],
    ['a date', question('x', 'date'), [], ['unknown', '2000-01-01']],
    [
      'a date after another',
      question('x', 'date', { notBefore: '2020-02-02', notAfter: 'today' }),
      [],
      ['unknown', '2020-02-02'],
    ],
    [
      'a date before another',
      question('x', 'date', { notBefore: 'today', notAfter: '2030-03-03' }),
      [],
      ['unknown', '2030-03-03'],
    ],
    ['a date in time to come', question('x', 'date', { notBefore: 'today' }), [], ['unknown', '2999-12-31']],
    ['a date gone by', question('x', 'date', { notAfter: 'today' }), [], ['unknown', '2000-01-01']],
  ])('of %s has one answer of each kind, the plain one last', (_name, asked, cuts, expected) => {
    expect(answersOf(asked, ...cuts)).toEqual(expected);
  });

  it('has an answer', () => {
    expect(() => choiceOf(new Diagrams(), question('x', 'one of'))).toThrow('question x has no answer');
  });

  it('has exactly one answer, whatever the variables are', () => {
    const diagrams = new Diagrams();
    const fact = choiceOf(diagrams, question('x', 'one of', { options }));
    const formulas = (fact.choices ?? []).map(({ formula }) => formula);
    expect(diagrams.or(...formulas)).toBe(ALWAYS);
    for (const one of formulas)
      for (const other of formulas) if (one !== other) expect(diagrams.and(one, other)).toBe(NEVER);
    expect(fact).toMatchObject({ answers: 4n, unknown: formulas[2], jumps: formulas[2] });
    expect(fact.variables).toEqual([
      { id: 0, name: 'x=b', value: 'b', weight: 1000, chance: 1 / 4 },
      { id: 1, name: 'x=c', value: 'c', weight: 1000, chance: 1 / 3 },
      { id: 2, name: 'x=unknown', value: 'unknown', weight: 1001, chance: 1 / 2 },
    ]);
    const answers = [
      [0, 0, 0],
      [1, 0, 0],
      [1, 1, 1],
      [0, 1, 1],
      [0, 0, 1],
    ].map((bits) => fact.answerIn(Uint8Array.from(bits)));
    expect(answers).toEqual(['a', 'b', 'b', 'c', 'unknown']);
  });

  it('says which answers have an option, and for which a condition holds', () => {
    const diagrams = new Diagrams();
    const counting = question('x', 'one of', { options, unknown: { label: '?', countsAs: 'b' } });
    const fact = choiceOf(diagrams, counting);
    const where = (formula: Formula) =>
      fact.choices?.filter((choice) => diagrams.implies(choice.formula, formula)).map(({ answer }) => answer);
    expect([where(fact.has('a')), where(fact.has('b')), where(fact.has('d'))]).toEqual([['a'], ['b', 'unknown'], []]);
    const holds = (condition: object) => where(fact.holds({ fact: 'x', ...condition } as OfFact));
    expect(holds({ kind: 'unknown' })).toEqual(['unknown']);
    expect(holds({ kind: 'is', how: 'any', options: ['a', 'b'] })).toEqual(['b', 'unknown', 'a']);
    expect(holds({ kind: 'is', how: 'none', options: ['c'] })).toEqual(expect.arrayContaining(['a', 'b']));
  });
});

describe('a checklist', () => {
  const diagrams = new Diagrams();
  const create = (countsAs?: string) =>
    createChecklist(
      diagrams,
      question('x', 'several of', { options, unknown: { label: '?', ...(countsAs !== undefined && { countsAs }) } }),
    );
  const fact = create();
  const [doubt, a, b, c] = fact.variables.map(({ id }) => diagrams.is(id)) as [Formula, Formula, Formula, Formula];
  const { and, or, not } = {
    and: (...of: Formula[]) => diagrams.and(...of),
    or: (...of: Formula[]) => diagrams.or(...of),
    not: (of: Formula) => diagrams.not(of),
  };

  it('has a variable for the doubt and for each tick', () => {
    expect(fact.variables.map(({ name, weight, chance }) => [name, weight, chance])).toEqual([
      ['x=unknown', 1001, 0.5],
      ['x=a', 1000, 0.5],
      ['x=b', 1000, 0.5],
      ['x=c', 1000, 0.5],
    ]);
    expect(fact.answers).toBe(16n);
    expect(fact).not.toHaveProperty('choices');
    expect(fact.unknown).toBe(doubt);
    expect(fact.jumps).toBe(and(doubt, not(a), not(b), not(c)));
    expect([fact.has('a'), fact.has('d')]).toEqual([a, NEVER]);
    const bits = (...given: number[]) => fact.answerIn(Uint8Array.from(given));
    expect([bits(0, 0, 0, 0), bits(1, 0, 0, 0), bits(1, 0, 1, 0), bits(0, 1, 0, 1)]).toEqual([
      ...[['none'], ['unknown'], ['b', 'unknown'], ['a', 'c']],
    ]);
  });

  it.each<[string, object, () => Formula]>([
    ['unknown', { kind: 'unknown' }, () => doubt],
    ['none ticked', { kind: 'none ticked' }, () => not(or(doubt, a, b, c))],
    ['a range', { kind: 'range', min: 0 }, () => NEVER],
    ['any of', { kind: 'is', how: 'any', options: ['a', 'b'] }, () => or(a, b)],
    ['all of', { kind: 'is', how: 'all', options: ['a', 'b'] }, () => and(a, b)],
    ['none of', { kind: 'is', how: 'none', options: ['a', 'b'] }, () => not(or(doubt, a, b))],
    ['at least one', { kind: 'ticks', min: 1, of: ['a', 'b'] }, () => or(a, b)],
    ['at least two', { kind: 'ticks', min: 2, of: ['a', 'b'] }, () => and(a, b)],
    ['at most none', { kind: 'ticks', max: 0, of: ['a', 'b'] }, () => not(or(doubt, a, b))],
    ['at most one', { kind: 'ticks', max: 1, of: ['a', 'b'] }, () => and(not(doubt), not(and(a, b)))],
    ['just one', { kind: 'ticks', min: 1, max: 1, of: ['a', 'b'] }, () => and(or(a, b), not(doubt), not(and(a, b)))],
  ])('holds: %s', (_name, condition, expected) => {
    expect(fact.holds({ fact: 'x', ...condition } as OfFact)).toBe(expected());
  });

  it('includes the option that the doubt counts as', () => {
    const counting = create('b');
    const [own, , ticked] = counting.variables.map(({ id }) => diagrams.is(id)) as Formula[];
    expect(counting.has('b')).toBe(diagrams.or(own as Formula, ticked as Formula));
    expect(counting.jumps).toBe(NEVER);
  });

  it('counts', () => {
    const majority = or(and(a, b), and(a, c), and(b, c));
    expect([0, 1, 2, 3, 4].map((min) => countsAtLeast(diagrams, [a, b, c], min))).toEqual([
      ALWAYS,
      or(a, b, c),
      majority,
      and(a, b, c),
      NEVER,
    ]);
    expect([countsAtLeast(diagrams, [], 0), countsAtLeast(diagrams, [], 1), countsAtLeast(diagrams, [a], -1)]).toEqual([
      ...[ALWAYS, NEVER, ALWAYS],
    ]);
  });
});

describe('collected formulas', () => {
  const diagrams = new Diagrams();
  const [a, b] = [diagrams.is(diagrams.addVariable()), diagrams.is(diagrams.addVariable())];

  it('are combined by id, until they are taken', () => {
    const tally = new Tally(diagrams);
    tally.add('x', a);
    tally.add('x', b);
    tally.add('y', a);
    expect([tally.of('x'), tally.of('y'), tally.of('z')]).toEqual([diagrams.or(a, b), a, NEVER]);
    expect(tally.ids()).toEqual(['x', 'y']);
    expect([tally.take('x'), tally.of('x'), tally.take('z')]).toEqual([diagrams.or(a, b), NEVER, NEVER]);
    expect(tally.ids()).toEqual(['y']);
  });

  it('are at the highest rank', () => {
    const heights = new Heights(diagrams, 3);
    heights.add(1, a);
    heights.add(3, b);
    expect(heights.top).toBe(3);
    expect([-1, 0, 1, 2, 3, 4].map((height) => heights.atLeast(height))).toEqual([
      ...[ALWAYS, ALWAYS, diagrams.or(a, b), b, b, NEVER],
    ]);
    expect([0, 1, 2, 3].map((height) => heights.exactly(height))).toEqual([
      diagrams.not(diagrams.or(a, b)),
      diagrams.butNot(a, b),
      NEVER,
      b,
    ]);
    expect(() => heights.add(4, a)).toThrow('there is no level 4: the scale ends at 3');
  });
});
