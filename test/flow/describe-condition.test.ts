import { describe, expect, it } from 'vitest';
import { conditionLines, describeCondition, IN_BRIEF } from '../../server/flow/describe-condition.ts';
import { describeMarks } from '../../server/flow/describe-marks.ts';
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

  it('puts a list inside a list into brackets, so that it can be read in one way alone', () => {
    const low: Condition = { kind: 'level', max: 2 };
    const condition: Condition = { kind: 'all', of: [{ kind: 'any', of: [yes, low] }, low] };
    expect(words(condition)).toBe(
      '(the answer to “Is there danger?” is “Yes”, or the level is at most 2), and the level is at most 2',
    );
    expect(conditionLines(flow, condition)).toHaveLength(2);
    expect(conditionLines(flow, undefined)).toEqual([]);
  });

  it('names three options in brief, and says how many more there are', () => {
    const condition: Condition = {
      kind: 'is',
      fact: 'signs',
      how: 'any',
      options: ['bruises', 'hunger', 'fear', 'silence', 'absence'],
    };
    expect(words(condition, true)).toContain('“Sign of bruises”, “Sign of hunger”, “Sign of fear” or 2 more');
    expect(words(condition)).toContain('“Sign of absence”');
  });

  it('speaks of what nobody asks in this flow without falling over', () => {
    expect(words({ kind: 'is', fact: 'person_age', how: 'any', options: ['over_18'] })).toBe(
      'the answer to “person age (never asked here)” is “over 18”',
    );
    expect(words({ kind: 'ticks', fact: 'toString', min: 1, of: [] })).toContain('never asked here');
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
