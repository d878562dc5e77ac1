import { describe, expect, it } from 'vitest';
import { conditionLines, describeCondition, IN_BRIEF } from '../../server/flow/draw/describe-condition.ts';
import { describeMarks } from '../../server/flow/draw/describe-marks.ts';
import type { Condition } from '../../server/flow/flow.ts';
import { createFlow, createQuestion } from './small-flow.ts';

const flow = createFlow(
  [],
  [
    createQuestion('danger', { text: 'Is there danger?' }),
    createQuestion('age', { text: 'How old is the child?', type: 'number', options: [], unit: 'years' }),
    createQuestion('signs', {
      text: 'Which signs do you see?',
      type: 'several of',
      none: 'None of these',
      options: ['bruises', 'hunger', 'fear', 'silence', 'absence'].map((id) => ({
        id,
        text: `Sign of ${id}`,
        cite: [],
      })),
    }),
  ],
);
const words = (condition: Condition, brief = false) => describeCondition(flow, condition, brief ? IN_BRIEF : undefined);
const yes: Condition = { kind: 'is', fact: 'danger', how: 'any', options: ['yes'] };

describe('a condition in words', () => {
  it.each<[string, Condition]>([
    ['the answer to “Is there danger?” is “Yes”', yes],
    ['the answer to “Is there danger?” is known, and is not “Yes”', { ...yes, how: 'none' } as Condition],
    ['the answer to “Is there danger?” is “I don’t know”', { kind: 'unknown', fact: 'danger' }],
    ['“None of these” is ticked at “Which signs do you see?”', { kind: 'none ticked', fact: 'signs' }],
    [
      'at “Which signs do you see?”, “Sign of fear” or “Sign of hunger” is ticked',
      { kind: 'is', fact: 'signs', how: 'any', options: ['fear', 'hunger'] },
    ],
    [
      'at “Which signs do you see?”, “Sign of fear” and “Sign of hunger” are ticked',
      { kind: 'is', fact: 'signs', how: 'all', options: ['fear', 'hunger'] },
    ],
    [
      'at “Which signs do you see?”, none of these is ticked: “Sign of fear” and “Sign of hunger”',
      { kind: 'is', fact: 'signs', how: 'none', options: ['fear', 'hunger'] },
    ],
    ['the answer to “How old is the child?” is at most 12 years', { kind: 'range', fact: 'age', max: 12 }],
    ['the answer to “How old is the child?” is from 13 to 15 years', { kind: 'range', fact: 'age', min: 13, max: 15 }],
    ['the level is at least 4', { kind: 'level', min: 4 }],
    ['the level is 5', { kind: 'level', min: 5, max: 5 }],
    [
      'the advice about parents is “ask first” or “do not tell”',
      { kind: 'stands', topic: 'parents', values: ['ask first', 'do not tell'] },
    ],
    [
      'at least 2 of these hold: the level is 1; the level is 2',
      {
        kind: 'count',
        min: 2,
        of: [
          { kind: 'level', min: 1, max: 1 },
          { kind: 'level', min: 2, max: 2 },
        ],
      },
    ],
    ['none of these holds: the level is 1', { kind: 'no', of: [{ kind: 'level', min: 1, max: 1 }] }],
  ])('%s', (expected, condition) => {
    expect(words(condition)).toBe(expected);
  });

  it('counts ticks, of all options or of some', () => {
    const all = ['bruises', 'hunger', 'fear', 'silence', 'absence'];
    const ticks = (min: number, of: string[]): Condition => ({ kind: 'ticks', fact: 'signs', min, of });
    expect(words(ticks(1, all))).toBe('something is ticked at “Which signs do you see?”');
    expect(words(ticks(2, all))).toBe('at least 2 are ticked at “Which signs do you see?”');
    expect(words(ticks(2, ['fear', 'hunger']))).toContain(
      'at least 2 of these are ticked: “Sign of fear” and “Sign of hunger”',
    );
  });

  it('puts a nested list into brackets, so that it is unambiguous', () => {
    const low: Condition = { kind: 'level', max: 2 };
    const condition: Condition = { kind: 'all', of: [{ kind: 'any', of: [yes, low] }, low] };
    expect(words(condition)).toBe(
      '(the answer to “Is there danger?” is “Yes”, or the level is at most 2), and the level is at most 2',
    );
    expect(conditionLines(flow, condition)).toHaveLength(2);
    expect(conditionLines(flow, undefined)).toEqual([]);
  });

  it('names three options when brief, and says how many more there are', () => {
    const condition: Condition = {
      kind: 'is',
      fact: 'signs',
      how: 'any',
      options: ['bruises', 'hunger', 'fear', 'silence', 'absence'],
    };
    expect(words(condition, true)).toContain('“Sign of bruises”, “Sign of hunger”, “Sign of fear” or 2 more');
    expect(words(condition)).toContain('“Sign of absence”');
  });

  it('can describe a question that nobody asks in this flow', () => {
    expect(words({ kind: 'is', fact: 'person_age', how: 'any', options: ['over_18'] })).toBe(
      'the answer to “person age (never asked here)” is “over 18”',
    );
    expect(words({ kind: 'ticks', fact: 'toString', min: 1, of: [] })).toContain('never asked here');
  });
});

describe('a condition, word for word', () => {
  const LONG = 'Is there something that needs to be said at such a length that no drawing has the room for it?';
  const plain = createFlow(
    [],
    [
      createQuestion('danger', { text: 'Danger?' }),
      createQuestion('age', { text: 'Age?', type: 'number', options: [] }),
      createQuestion('long', { text: LONG, options: [{ id: 'yes', text: LONG, cite: [] }] }),
      createQuestion('signs', {
        text: 'Signs?',
        type: 'several of',
        options: ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, text: id.toUpperCase(), cite: [] })),
      }),
    ],
  );
  const is = (fact: string, how: 'any' | 'all' | 'none', ...options: string[]): Condition => ({
    kind: 'is',
    fact,
    how,
    options,
  });
  const level = (number: number): Condition => ({ kind: 'level', min: number, max: number });
  const ticks = (min: number | undefined, max: number | undefined, ...of: string[]): Condition => ({
    kind: 'ticks',
    fact: 'signs',
    of,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  });

  it.each<[Condition, string]>([
    [{ kind: 'all', of: [] }, 'always'],
    [{ kind: 'any', of: [] }, 'never'],
    [{ kind: 'any', of: [level(1), level(2)] }, 'the level is 1, or the level is 2'],
    [
      { kind: 'all', of: [{ kind: 'all', of: [level(1), level(2)] }, level(3)] },
      '(the level is 1, and the level is 2), and the level is 3',
    ],
    [{ kind: 'all', of: [{ kind: 'any', of: [level(1)] }, level(3)] }, 'the level is 1, and the level is 3'],
    [
      { kind: 'all', of: [{ kind: 'no', of: [level(1), level(2)] }, level(3)] },
      'none of these holds: the level is 1; the level is 2, and the level is 3',
    ],
    [{ kind: 'level', min: 2 }, 'the level is at least 2'],
    [{ kind: 'level', max: 2 }, 'the level is at most 2'],
    [{ kind: 'level', min: 1, max: 2 }, 'the level is from 1 to 2'],
    [{ kind: 'stands', topic: 'consent', values: ['needed'] }, 'the advice about consent is “needed”'],
    [
      { kind: 'stands', topic: 'police', values: ['consider', 'report', 'call 999'] },
      'the advice about the police is “consider”, “report” or “call 999”',
    ],
    [{ kind: 'none ticked', fact: 'signs' }, '“None of these” is ticked at “Signs?”'],
    [{ kind: 'range', fact: 'age', min: 3 }, 'the answer to “Age?” is at least 3'],
    [{ kind: 'range', fact: 'age', min: 3, max: 3 }, 'the answer to “Age?” is 3'],
    [is('danger', 'any', 'yes', 'no'), 'the answer to “Danger?” is “Yes” or “No”'],
    [is('danger', 'none', 'yes', 'no'), 'the answer to “Danger?” is known, and is not “Yes” or “No”'],
    [is('signs', 'any', 'a'), 'at “Signs?”, “A” is ticked'],
    [is('signs', 'any', 'a', 'b', 'c'), 'at “Signs?”, “A”, “B” or “C” is ticked'],
    [is('signs', 'all', 'a'), 'at “Signs?”, “A” is ticked'],
    [is('signs', 'all', 'a', 'b'), 'at “Signs?”, “A” and “B” are ticked'],
    [is('signs', 'none', 'a'), 'at “Signs?”, “A” is not ticked'],
    [is('signs', 'none', 'a', 'b'), 'at “Signs?”, none of these is ticked: “A” and “B”'],
    [is('signs', 'any', 'not_there'), 'at “Signs?”, “not there” is ticked'],
    [ticks(1, undefined, 'a', 'b', 'c', 'd', 'e'), 'something is ticked at “Signs?”'],
    [ticks(2, undefined, 'a', 'b', 'c', 'd', 'e'), 'at least 2 are ticked at “Signs?”'],
    [ticks(undefined, 2, 'a', 'b', 'c', 'd', 'e'), 'at most 2 are ticked at “Signs?”'],
    [ticks(1, undefined, 'a', 'b'), 'at “Signs?”, at least 1 of these are ticked: “A” and “B”'],
    [ticks(1, 1, 'a'), 'at “Signs?”, 1 of these are ticked: “A”'],
    [{ kind: 'ticks', fact: 'age', min: 1, of: [] }, 'at “Age?”, at least 1 of these are ticked: '],
    [{ kind: 'unknown', fact: 'never_asked' }, 'the answer to “never asked (never asked here)” is “I don’t know”'],
    [is('long', 'any', 'yes'), `the answer to “${LONG}” is “${LONG}”`],
  ])('%j', (condition, expected) => {
    expect(describeCondition(plain, condition)).toBe(expected);
  });

  it('when brief, has shorter words and at most three options', () => {
    const brief = (condition: Condition) => describeCondition(plain, condition, IN_BRIEF);
    expect(brief(is('long', 'any', 'yes'))).toBe(
      'the answer to “Is there something that needs to be said at such a length…” is “Is there something that needs to be said at…”',
    );
    expect(brief(is('signs', 'any', 'a', 'b', 'c', 'd'))).toBe('at “Signs?”, “A”, “B”, “C” or “D” is ticked');
    expect(brief(is('signs', 'any', 'a', 'b', 'c', 'd', 'e'))).toBe('at “Signs?”, “A”, “B”, “C” or 2 more is ticked');
    expect(conditionLines(plain, { kind: 'all', of: [level(1), is('long', 'any', 'yes')] }, IN_BRIEF)).toEqual([
      'the level is 1',
      brief(is('long', 'any', 'yes')),
    ]);
    expect(conditionLines(plain, is('long', 'any', 'yes'), IN_BRIEF)).toEqual([brief(is('long', 'any', 'yes'))]);
  });

  it('has the name of the scale', () => {
    const scaled = { ...plain, area: { ...plain.area, scaleName: 'Risk, as it is seen' } };
    expect(describeCondition(scaled, level(2))).toBe('the risk is 2');
  });
});

describe('marks in words', () => {
  it('says the level by number and name, and each topic', () => {
    expect(describeMarks(flow, { level: 2, parents: 'ask first', police: 'report' })).toEqual([
      'Level 2: help by one agency',
      'Parents: ask first',
      'Police: report',
    ]);
    expect(describeMarks(flow, { level: 2 }, true)).toEqual(['Level 2']);
    expect(describeMarks(flow, {})).toEqual([]);
  });
});
