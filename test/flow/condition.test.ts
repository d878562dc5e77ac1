import { describe, expect, it } from 'vitest';
import type { Condition, Question } from '../../server/flow/flow.ts';
import type { Answer } from '../../server/flow/walk/answer.ts';
import { holds, type Known, readsOf, toFact } from '../../server/flow/walk/condition.ts';
import { is, option, question } from './prove-flows.ts';

const ABC = [option('a'), option('b'), option('c')];
const counting = (countsAs: string) => ({ unknown: { label: '?', countsAs } });
const QUESTIONS: Question[] = [
  question('danger', 'yes or no'),
  question('risk', 'one of', { options: ABC }),
  question('risky', 'one of', { options: ABC, ...counting('b') }),
  question('signs', 'several of', { options: ABC, none: 'None' }),
  question('marks', 'several of', { options: ABC, none: 'None', ...counting('a') }),
  question('age', 'number', { from: 0, to: 17 }),
  question('years', 'number', { from: 0, to: 17, ...counting('12') }),
  question('note', 'short text'),
];

function known(answers: Record<string, Answer>, standing: Partial<Known> = {}): Known {
  const facts = QUESTIONS.filter(({ id }) => id in answers).map(
    (one) => [one.id, toFact(one, answers[one.id] ?? '')] as const,
  );
  return { facts: new Map(facts), level: 0, strongest: {}, ...standing };
}

describe('what is known of an answer', () => {
  it.each<[string, Answer, object]>([
    ['danger', 'yes', { unknown: false, none: false, open: false, options: new Set(['yes']) }],
    ['danger', 'unknown', { unknown: true, none: false, open: false, options: new Set() }],
    ['risky', 'unknown', { unknown: true, none: false, open: false, options: new Set(['b']) }],
    ['signs', ['a', 'b'], { unknown: false, none: false, open: false, options: new Set(['a', 'b']) }],
    ['signs', ['a', 'unknown'], { unknown: true, none: false, open: true, options: new Set(['a']) }],
    ['signs', ['none'], { unknown: false, none: true, open: false, options: new Set() }],
    ['signs', 'unknown', { unknown: true, none: false, open: true, options: new Set() }],
    ['marks', ['b', 'unknown'], { unknown: true, none: false, open: true, options: new Set(['b', 'a']) }],
    ['age', 13, { unknown: false, none: false, open: false, options: new Set(['13']), number: 13 }],
    ['age', 'unknown', { unknown: true, none: false, open: false, options: new Set() }],
    ['years', 'unknown', { unknown: true, none: false, open: false, options: new Set(['12']), number: 12 }],
    ['note', '13', { unknown: false, none: false, open: false, options: new Set(['13']) }],
  ])('%s: %j', (id, answer, fact) => {
    expect(toFact(QUESTIONS.find((one) => one.id === id) as Question, answer)).toEqual(fact);
  });
});

type Row = [Condition, Record<string, Answer>, boolean];
const ticks = (fact: string, min?: number, max?: number, of = ['a', 'b', 'c']): Condition => ({
  kind: 'ticks',
  fact,
  of,
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
});
const range = (fact: string, min?: number, max?: number): Condition => ({
  kind: 'range',
  fact,
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
});
const none = (fact: string, ...options: string[]): Condition => ({ kind: 'is', fact, how: 'none', options });
const every = (fact: string, ...options: string[]): Condition => ({ kind: 'is', fact, how: 'all', options });
const unknown = (fact: string): Condition => ({ kind: 'unknown', fact });

function check(rows: Row[]): void {
  for (const [condition, answers, expected] of rows)
    expect({ condition, answers, holds: holds(condition, known(answers)) }).toEqual({
      condition,
      answers,
      holds: expected,
    });
}

describe('a condition', () => {
  it('always holds if it is missing', () => {
    expect(holds(undefined, known({}))).toBe(true);
  });

  it('about an option holds for that answer', () => {
    check([
      [is('danger', 'yes'), { danger: 'yes' }, true],
      [is('danger', 'yes'), { danger: 'no' }, false],
      [is('risk', 'a', 'b'), { risk: 'b' }, true],
      [is('risk', 'a', 'b'), { risk: 'c' }, false],
      [is('signs', 'a'), { signs: ['a', 'c'] }, true],
      [is('signs', 'b'), { signs: ['a', 'c'] }, false],
    ]);
  });

  it('about all of some options needs each of them', () => {
    check([
      [every('signs', 'a', 'b'), { signs: ['a', 'b', 'c'] }, true],
      [every('signs', 'a', 'b'), { signs: ['a'] }, false],
      [every('signs', 'a', 'b'), { signs: ['a', 'unknown'] }, false],
    ]);
  });

  it('about none of some options needs certainty', () => {
    check([
      [none('signs', 'b'), { signs: ['a'] }, true],
      [none('signs', 'b'), { signs: ['none'] }, true],
      [none('signs', 'b'), { signs: ['b'] }, false],
      [none('signs', 'a', 'b'), { signs: ['a'] }, false],
      [none('risk', 'a'), { risk: 'b' }, true],
      [none('risk', 'a'), { risk: 'a' }, false],
      [none('risk', 'a'), { risk: 'unknown' }, false],
    ]);
  });

  it('about "I don’t know" holds for it alone and with ticks', () => {
    check([
      [unknown('danger'), { danger: 'unknown' }, true],
      [unknown('danger'), { danger: 'no' }, false],
      [unknown('risky'), { risky: 'unknown' }, true],
      [unknown('signs'), { signs: ['a', 'unknown'] }, true],
      [unknown('signs'), { signs: ['none'] }, false],
    ]);
  });

  it('about "none of these" holds for that tick', () => {
    const nothing: Condition = { kind: 'none ticked', fact: 'signs' };
    check([
      [nothing, { signs: ['none'] }, true],
      [nothing, { signs: ['unknown'] }, false],
      [nothing, { signs: ['a'] }, false],
    ]);
  });

  it('about a number of ticks counts the named options', () => {
    check([
      [ticks('signs', 2), { signs: ['a', 'b'] }, true],
      [ticks('signs', 2), { signs: ['a'] }, false],
      [ticks('signs', 1), { signs: ['a', 'unknown'] }, true],
      [ticks('signs', 2, undefined, ['a', 'c']), { signs: ['a', 'b'] }, false],
      [ticks('signs', 2, undefined, ['a', 'c']), { signs: ['a', 'b', 'c'] }, true],
      [ticks('signs', undefined, 1), { signs: ['a'] }, true],
      [ticks('signs', undefined, 1), { signs: ['a', 'b'] }, false],
      [ticks('signs', undefined, 1), { signs: ['none'] }, true],
      [ticks('signs', 1, 2), { signs: ['a', 'b'] }, true],
      [ticks('signs', 1, 2), { signs: ['a', 'b', 'c'] }, false],
      [ticks('signs', 1), { signs: ['none'] }, false],
    ]);
  });

  it('about a number holds within its limits, both included', () => {
    check([
      [range('age', 13), { age: 13 }, true],
      [range('age', 13), { age: 12 }, false],
      [range('age', undefined, 12), { age: 12 }, true],
      [range('age', undefined, 12), { age: 13 }, false],
      [range('age', 3, 5), { age: 0 }, false],
      [range('age', 3, 5), { age: 4 }, true],
      [range('age', 0), { age: 0 }, true],
    ]);
  });
});

describe('an unknown answer', () => {
  it('satisfies nothing if the question was not asked, not even "I don’t know"', () => {
    const all = [
      is('risk', 'a'),
      every('signs', 'a'),
      none('risk', 'a'),
      ticks('signs', 0),
      ticks('signs', undefined, 3),
    ];
    const more: Condition[] = [
      range('age', 0),
      range('age', undefined, 17),
      unknown('risk'),
      { kind: 'none ticked', fact: 'signs' },
    ];
    check([...all, ...more].map((condition): Row => [condition, {}, false]));
  });

  it('never satisfies "at most" or "none of"', () => {
    check([
      [ticks('signs', undefined, 3), { signs: ['unknown'] }, false],
      [ticks('signs', undefined, 3), { signs: ['a', 'unknown'] }, false],
      [ticks('marks', undefined, 3), { marks: ['unknown'] }, false],
      [none('signs', 'b'), { signs: ['a', 'unknown'] }, false],
      [none('marks', 'b'), { marks: ['unknown'] }, false],
      [range('age', undefined, 17), { age: 'unknown' }, false],
      [range('age', 0), { age: 'unknown' }, false],
    ]);
  });

  it('still satisfies what is ticked beside it', () => {
    check([
      [is('signs', 'a'), { signs: ['a', 'unknown'] }, true],
      [ticks('signs', 1), { signs: ['a', 'unknown'] }, true],
    ]);
  });

  it('counts as the option that it stands for', () => {
    check([
      [is('risky', 'b'), { risky: 'unknown' }, true],
      [is('risky', 'a'), { risky: 'unknown' }, false],
      [none('risky', 'a'), { risky: 'unknown' }, true],
      [none('risky', 'b'), { risky: 'unknown' }, false],
      [range('years', undefined, 12), { years: 'unknown' }, true],
      [range('years', 13), { years: 'unknown' }, false],
      [is('marks', 'a'), { marks: ['unknown'] }, true],
      [ticks('marks', 2), { marks: ['b', 'unknown'] }, true],
    ]);
  });
});

describe('several conditions', () => {
  const [yes, no] = [is('danger', 'yes'), is('danger', 'no')];
  const said = { danger: 'yes' };

  it('hold if all, some, none, or a number of them do', () => {
    check([
      [{ kind: 'all', of: [yes, yes] }, said, true],
      [{ kind: 'all', of: [yes, no] }, said, false],
      [{ kind: 'all', of: [] }, said, true],
      [{ kind: 'any', of: [no, yes] }, said, true],
      [{ kind: 'any', of: [no, no] }, said, false],
      [{ kind: 'any', of: [] }, said, false],
      [{ kind: 'no', of: [no, no] }, said, true],
      [{ kind: 'no', of: [no, yes] }, said, false],
      [{ kind: 'count', min: 2, of: [yes, no, yes] }, said, true],
      [{ kind: 'count', min: 2, of: [yes, no, no] }, said, false],
    ]);
  });
});

describe('a mark that is set', () => {
  const level = (min?: number, max?: number): Condition => ({
    kind: 'level',
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  });

  it('is read by its height', () => {
    const at = (height: number, condition: Condition) => holds(condition, known({}, { level: height }));
    expect([at(3, level(3)), at(2, level(3)), at(4, level(3, 3)), at(3, level(3, 3))]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect([at(0, level(undefined, 2)), at(0, level(1)), at(3, level(undefined, 2))]).toEqual([true, false, false]);
  });

  it('is read by its word, and satisfies nothing if none is set', () => {
    const hush: Condition = { kind: 'stands', topic: 'parents', values: ['do not tell', 'ask first'] };
    expect(holds(hush, known({}, { strongest: { parents: 'ask first' } }))).toBe(true);
    expect(holds(hush, known({}, { strongest: { parents: 'tell' } }))).toBe(false);
    expect(holds(hush, known({}))).toBe(false);
    expect(holds({ ...hush, topic: 'consent' }, known({}, { strongest: { parents: 'ask first' } }))).toBe(false);
  });
});

describe('what a condition reads', () => {
  it('is every fact and topic in it, however deeply nested', () => {
    const condition: Condition = {
      kind: 'all',
      of: [
        is('danger', 'yes'),
        { kind: 'any', of: [ticks('signs', 1), { kind: 'no', of: [unknown('risk')] }] },
        { kind: 'count', min: 1, of: [range('age', 3), { kind: 'none ticked', fact: 'marks' }] },
        { kind: 'level', min: 2 },
        { kind: 'stands', topic: 'police', values: ['report'] },
      ],
    };
    expect(readsOf(condition)).toEqual({
      facts: ['danger', 'signs', 'risk', 'age', 'marks'],
      topics: ['level', 'police'],
    });
    expect(readsOf(undefined)).toEqual({ facts: [], topics: [] });
  });
});
