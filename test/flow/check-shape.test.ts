/** Questions with keys that their type needs or forbids. Tests the place of each problem. */
import { expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { swap, TODAY, town } from './small-content.ts';

const HEAD = '  - ask: more\n    question: More?\n    why: Because.\n    cite: DOC 2\n    for the record: yes\n';
/** Problems of the town with one more question, whose additional lines begin at line 36. */
const told = (lines: string[], more: Record<string, string> = {}) => {
  const body = lines.map((line) => `    ${line}\n`).join('');
  const files = town({ 'worry.yaml': swap('  - end: refer', `${HEAD}${body}\n  - end: refer`), ...more });
  return loadLibrary(files, TODAY).problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
};

const ASK = 'unknown: { ask: desk }';
const GO_ON = 'unknown: { go on: So. }';
const CHECKLIST = ['type: several of', 'none: None', ASK];

it.each<[string, string[], string[]]>([
  ['yes or no', ['type: yes or no', ASK], []],
  [
    'a third option of yes or no',
    ['type: yes or no', 'options: { yes: Y, no: N, so: S }', ASK],
    ['37:31: "more": a question of yes or no has only the options "yes" and "no".'],
  ],
  [
    'a choice of one',
    ['type: one of', 'options: { a: A }', ASK],
    ['31:5: "more": a choice needs at least two options.'],
  ],
  ['a choice of two', ['type: one of', 'options: { a: A, b: B }', ASK], []],
  ['a choice of none', ['type: one of', ASK], ['31:5: "more": a choice needs at least two options.']],
  ['a checklist of one', [...CHECKLIST, 'options: { a: A }'], []],
  ['a checklist of none', CHECKLIST, ['31:5: "more": a checklist needs options, or groups with options.']],
  ['a checklist of groups', [...CHECKLIST, 'groups: { one: { title: One, options: { a: A } } }'], []],
  [
    'a choice of groups',
    ['type: one of', ASK, 'groups: { one: { title: One, options: { a: A, b: B } } }'],
    ['38:5: "more": only a checklist ("several of") has groups.'],
  ],
  [
    'a number of options',
    ['type: number', 'from: 1', 'to: 2', GO_ON, 'options: { a: A }'],
    ['31:5: "more": a number has no options. Take them out, or change the type.'],
  ],
  [
    'a text of groups',
    ['type: short text', GO_ON, 'groups: { one: { title: One, options: { a: A } } }'],
    ['31:5: "more": a short text has no options. Take them out, or change the type.'],
  ],
  [
    'a checklist without "none"',
    ['type: several of', 'options: { a: A }', ASK],
    ['31:5: "more": say how "none of these" is worded: add "none".'],
  ],
  [
    'a choice with "none"',
    ['type: one of', 'options: { a: A, b: B }', 'none: None', ASK],
    ['38:5: "more": only a checklist ("several of") has "none".'],
  ],
  [
    'an option called none',
    [...CHECKLIST, 'options: { a: A, none: No }'],
    ['39:22: "more": "none" is a word of the language and cannot be an option.'],
  ],
  [
    'an option called unknown',
    [...CHECKLIST, 'options: { unknown: No, a: A }'],
    ['39:16: "more": "unknown" is a word of the language and cannot be an option.'],
  ],
  [
    'an option twice',
    [...CHECKLIST, 'options: { a: A, b: B }', 'groups: { one: { title: One, options: { a: A } } }'],
    ['31:5: "more": the option "a" stands here twice. Option ids are unique in the question.'],
  ],
  [
    'an exception for no option',
    [
      'type: one of',
      'order: rising',
      'order exceptions: [{ option: low, why: So., cite: DOC 1 }, { option: hih, why: So., cite: DOC 1 }]',
      'options: { low: L, high: H }',
      ASK,
    ],
    ['38:64: "more": there is no option "hih". Did you mean "high"?'],
  ],
  [
    'a number without an upper bound',
    ['type: number', 'from: 1', GO_ON],
    ['31:5: "more": a number needs "from" and "to".'],
  ],
  [
    'a number without a lower bound',
    ['type: number', 'to: 1', GO_ON],
    ['31:5: "more": a number needs "from" and "to".'],
  ],
  [
    'a number of one value',
    ['type: number', 'from: 2', 'to: 2', GO_ON],
    ['37:5: "more": "from" (2) must be less than "to" (2).'],
  ],
  [
    'a number upside down',
    ['type: number', 'from: 3', 'to: 2', GO_ON],
    ['37:5: "more": "from" (3) must be less than "to" (2).'],
  ],
  [
    'a text with a lower bound',
    ['type: short text', 'from: 3', GO_ON],
    ['31:5: "more": only a number has "from" and "to", not a short text.'],
  ],
  [
    'a text with an upper bound',
    ['type: short text', 'to: 3', GO_ON],
    ['31:5: "more": only a number has "from" and "to", not a short text.'],
  ],
  ['a date with bounds', ['type: date', 'not before: 2020-01-01', 'not after: today', GO_ON], []],
  [
    'a text not before',
    ['type: short text', 'not before: 2020-01-01', GO_ON],
    ['31:5: "more": only a date has "not before" and "not after", not a short text.'],
  ],
  [
    'a text not after',
    ['type: short text', 'not after: today', GO_ON],
    ['31:5: "more": only a date has "not before" and "not after", not a short text.'],
  ],
  [
    'doubt that leads nowhere',
    ['type: yes or no', 'unknown: { label: Hm }'],
    ['37:5: "more": say where "I don’t know" leads. Add one of: counts as, leads to, ask, go on.'],
  ],
  [
    'doubt that leads to two places',
    ['type: yes or no', 'unknown: { go on: So., counts as: no }'],
    ['37:5: "more": "I don’t know" leads to one place. Keep one of: counts as, go on.'],
  ],
  [
    'doubt that counts as no option',
    ['type: one of', 'options: { high: A, low: B }', 'unknown: { counts as: hih }'],
    ['38:16: "more": "counts as: hih" is no option. Did you mean "high"? It has: high, low.'],
  ],
  [
    'doubt about a text that counts as something',
    ['type: short text', 'unknown: { counts as: so }'],
    ['37:16: "more": "counts as: so" is no option. It has: none.'],
  ],
  ['doubt that counts as the least number', ['type: number', 'from: 2', 'to: 4', 'unknown: { counts as: 2 }'], []],
  ['doubt that counts as the greatest number', ['type: number', 'from: 2', 'to: 4', 'unknown: { counts as: 4 }'], []],
  [
    'doubt that counts as too little',
    ['type: number', 'from: 2', 'to: 4', 'unknown: { counts as: 1 }'],
    ['39:16: "more": "counts as: 1" is not a number from 2 to 4.'],
  ],
  [
    'doubt that counts as too much',
    ['type: number', 'from: 2', 'to: 4', 'unknown: { counts as: 5 }'],
    ['39:16: "more": "counts as: 5" is not a number from 2 to 4.'],
  ],
  [
    'doubt that counts as half a number',
    ['type: number', 'from: 2', 'to: 4', 'unknown: { counts as: 2.5 }'],
    ['39:16: "more": "counts as: 2.5" is not a number from 2 to 4.'],
  ],
  [
    'doubt that counts as a number without bounds',
    ['type: number', 'unknown: { counts as: 0 }'],
    ['31:5: "more": a number needs "from" and "to".'],
  ],
  [
    'doubt that counts as less than any number',
    ['type: number', 'from: 1', 'unknown: { counts as: -1 }'],
    ['31:5: "more": a number needs "from" and "to".'],
  ],
  [
    'doubt that counts as more than any number',
    ['type: number', 'to: 1', 'unknown: { counts as: 9 }'],
    ['31:5: "more": a number needs "from" and "to".'],
  ],
])('%s', (_name, lines, expected) => {
  expect(told(lines)).toEqual(expected);
});

it('an id that was retired', () => {
  const retired = { 'retired.yaml': 'retired:\n  more: { on: 2026-01-01, why: it meant less }\n' };
  expect(told(['type: yes or no', ASK], retired)).toEqual([
    '31:5: "more": this id was retired on 2026-01-01 (it meant less) and is not used again. Choose a new one.',
  ]);
});

it.each([
  'level',
  'parents',
  'consent',
  'police',
  'next',
  'record',
  'unknown',
  'none',
  'end',
  'asked',
  'contact',
  'advice',
])('the id "%s" is a word of the language', (word) => {
  const asked = `${HEAD.replace('ask: more', `ask: ${word}`)}    type: yes or no\n    ${ASK}\n`;
  const files = town({ 'worry.yaml': swap('  - end: refer', `${asked}  - end: refer`) });
  expect(loadLibrary(files, TODAY).problems.map(({ message }) => message)).toEqual([
    `"${word}": this is a word of the language and cannot be an id. Choose another, such as "${word}_known".`,
  ]);
});
