/** Compiles single conditions: the result, and each report with the path of the wrong word. */
import { describe, expect, it } from 'vitest';
import { compileCondition, type QuestionFacts } from '../../server/flow/language/compile-condition.ts';
import type { MeaningKind } from '../../server/flow/language-words.ts';
import { causeOf } from '../../server/flow/problem.ts';

const QUESTIONS: Record<string, QuestionFacts> = {
  danger: { type: 'yes or no', options: ['yes', 'no'] },
  signs: { type: 'several of', options: ['late', 'bruise'] },
  age: { type: 'number', options: [] },
  note: { type: 'short text', options: [] },
};

const MEANINGS: Record<string, MeaningKind[]> = {
  neglect: ['harm'],
  grooming: ['harm', 'crime'],
  unborn: ['circumstance'],
};

function compile(raw: unknown) {
  const reports: string[] = [];
  const condition = compileCondition(raw, {
    findQuestion: (id) => QUESTIONS[id],
    questions: () => Object.keys(QUESTIONS),
    meanings: () => Object.keys(MEANINGS),
    kindsOf: (meaning) => MEANINGS[meaning] ?? [],
    nameMeaning: () => undefined,
    levels: 3,
    report: (path, message) => void reports.push(`${path.join('/')}: ${causeOf(message).message}`),
  });
  return { condition, reports };
}

const NEVER = { kind: 'any', of: [] };
const LEVEL = 'level: a level is a number from 1 to 3, or { at least: … }, or { at most: … }.';
const OPTION = (fact: string) => `${fact}: "${fact}" needs an option, or { any of: […] }.`;
const BLOCK = 'a condition is "fact: option", or a block of such lines.';
const LIST = 'a list of conditions is wanted here, each with "- " before it.';
const COUNT = 'a list under "of" needs "at least: number" beside it, and nothing else.';
const SIZE = '"at least" and "at most" take a whole number, for the ticks of a checklist or for a number.';
const DEEP = 'conditions stand at most two deep. Make a called flow of the inner one.';
const TEXT = (path: string, type: string) =>
  `${path}: "${path.split('/')[0]}" is a ${type}: a condition can only ask whether it is unknown, or for a number its size.`;
const is = (fact: string, ...options: string[]) => ({ kind: 'is', fact, how: 'any', options });

describe('a condition that is wrong', () => {
  it.each<[unknown, object, string[]]>([
    ['late', NEVER, [`: ${BLOCK}`]],
    [null, NEVER, [`: ${BLOCK}`]],
    [['late'], NEVER, [`: ${BLOCK}`]],
    [{ any_of: [] }, NEVER, ['any_of: no question is called "any_of".']],
    [{ dangr: 'yes' }, NEVER, ['dangr: no question is called "dangr". Did you mean "danger"?']],
    [{ 'any of': 'late' }, NEVER, [`any of: ${LIST}`]],
    [{ 'none of': ['late'] }, { kind: 'no', of: [NEVER] }, [`none of/0: ${BLOCK}`]],
    [
      { 'all of': [{ danger: 'yes' }, { danger: 'maybe' }] },
      { kind: 'all', of: [is('danger', 'yes'), is('danger', 'maybe')] },
      ['all of/1/danger: "danger" has no option "maybe". It has: yes, no.'],
    ],
    [
      { 'any of': [{ 'any of': [{ 'any of': [{ danger: 'yes' }] }] }] },
      { kind: 'any', of: [{ kind: 'any', of: [{ kind: 'any', of: [is('danger', 'yes')] }] }] },
      [`any of/0/any of/0/any of/0: ${DEEP}`],
    ],
    [{ of: [{ danger: 'yes' }] }, { kind: 'count', min: 1, of: [is('danger', 'yes')] }, [`: ${COUNT}`]],
    [
      { 'at least': '2', of: [{ danger: 'yes' }], more: 'x' },
      { kind: 'count', min: 2, of: [is('danger', 'yes')] },
      [`: ${COUNT}`],
    ],
    [{ 'at least': '2', of: { danger: 'yes' } }, { kind: 'count', min: 2, of: [] }, [`of: ${LIST}`]],
    [
      { 'at least': '2', of: [{ danger: 'so' }] },
      { kind: 'count', min: 2, of: [is('danger', 'so')] },
      ['of/0/danger: "danger" has no option "so". Did you mean "no"? It has: yes, no.'],
    ],
    [{ level: '4' }, { kind: 'level', min: 4, max: 4 }, [LEVEL]],
    [{ level: '-1' }, { kind: 'level' }, [LEVEL]],
    [{ level: '1x' }, { kind: 'level' }, [LEVEL]],
    [{ level: 'x1' }, { kind: 'level' }, [LEVEL]],
    [{ level: '1234567' }, { kind: 'level' }, [LEVEL]],
    [{ level: {} }, { kind: 'level' }, [LEVEL]],
    [{ level: ['1'] }, { kind: 'level' }, [LEVEL]],
    [{ level: { 'at least': '1', 'at most': '4' } }, { kind: 'level', min: 1, max: 4 }, [LEVEL]],
    [{ level: { 'at least': 'x', 'at most': '2' } }, { kind: 'level' }, [LEVEL]],
    [{ level: { 'at least': '1', 'at most': 'x' } }, { kind: 'level' }, [LEVEL]],
    [
      { police: { 'any of': ['report', 'ring'] } },
      { kind: 'stands', topic: 'police', values: ['report', 'ring'] },
      ['police: "ring" is not a word for police. Use: consider, report, call 999.'],
    ],
    [
      { police: { 'any of': 'report' } },
      NEVER,
      ['police: police needs a word, or { any of: […] }. Use: consider, report, call 999.'],
    ],
    [
      { police: { 'any of': [['report']] } },
      { kind: 'stands', topic: 'police', values: ['["report"]'] },
      ['police: "["report"]" is not a word for police. Use: consider, report, call 999.'],
    ],
    [{ signs: ['late'] }, NEVER, [OPTION('signs')]],
    [{ signs: {} }, { kind: 'all', of: [] }, [OPTION('signs')]],
    [
      { signs: { 'any of': ['late'], 'al of': ['bruise'] } },
      is('signs', 'late'),
      [
        'signs/al of: "al of" is no key here. Did you mean "all of"? Known are: any of, all of, none of, at least, at most, of.',
      ],
    ],
    [
      { signs: { 'any of': ['lat', 'late'] } },
      is('signs', 'lat', 'late'),
      ['signs/any of: "signs" has no option "lat". Did you mean "late"? It has: late, bruise.'],
    ],
    [
      { signs: { 'all of': ['unknown'] } },
      { kind: 'is', fact: 'signs', how: 'all', options: ['unknown'] },
      ['signs/all of: "signs" has no option "unknown". It has: late, bruise.'],
    ],
    [
      { danger: { 'any of': ['none'] } },
      { kind: 'any', of: [is('danger', 'none')] },
      ['danger/any of: "danger" has no option "none". Did you mean "no"? It has: yes, no.'],
    ],
    [{ note: 'x' }, is('note', 'x'), [TEXT('note', 'short text')]],
    [{ note: '3' }, is('note', '3'), [TEXT('note', 'short text')]],
    [{ age: 'x' }, is('age', 'x'), [TEXT('age', 'number')]],
    [{ age: { 'any of': ['x'] } }, is('age', 'x'), [TEXT('age/any of', 'number')]],
    [{ danger: { 'at most': '1' } }, { kind: 'all', of: [] }, [`danger: ${SIZE}`, OPTION('danger')]],
    [{ age: { 'at most': 'x' } }, { kind: 'all', of: [] }, [`age: ${SIZE}`, OPTION('age')]],
    [
      { signs: { 'at least': '0' } },
      { kind: 'ticks', fact: 'signs', min: 0, of: ['late', 'bruise'] },
      ['signs/at least: "at least: 0" holds whatever is ticked, and even in doubt. Begin with 1.'],
    ],
    [
      { signs: { 'at least': '1', of: ['late', 'lat'] } },
      { kind: 'ticks', fact: 'signs', min: 1, of: ['late', 'lat'] },
      ['signs/of: "signs" has no option "lat". Did you mean "late"? It has: late, bruise.'],
    ],
  ])('%j is reported', (raw, condition, reports) => {
    expect(compile(raw)).toStrictEqual({ condition, reports });
  });
});

describe('a condition that is right', () => {
  it.each<[unknown, object]>([
    [{}, { kind: 'all', of: [] }],
    [{ level: '0' }, { kind: 'level', min: 0, max: 0 }],
    [{ level: '3' }, { kind: 'level', min: 3, max: 3 }],
    [{ level: { 'at least': '2' } }, { kind: 'level', min: 2 }],
    [{ police: 'report' }, { kind: 'stands', topic: 'police', values: ['report'] }],
    [{ age: '12' }, { kind: 'range', fact: 'age', min: 12, max: 12 }],
    [{ age: { 'at least': '0' } }, { kind: 'range', fact: 'age', min: 0 }],
    [{ age: { 'at most': '5' } }, { kind: 'range', fact: 'age', max: 5 }],
    [{ danger: 'unknown' }, { kind: 'unknown', fact: 'danger' }],
    [{ signs: 'none' }, { kind: 'none ticked', fact: 'signs' }],
    [{ signs: { 'at most': '1' } }, { kind: 'ticks', fact: 'signs', max: 1, of: ['late', 'bruise'] }],
    [{ signs: { 'any of': 'late' } }, is('signs', 'late')],
    [{ danger: { 'any of': ['unknown'] } }, { kind: 'any', of: [{ kind: 'unknown', fact: 'danger' }] }],
    [
      { signs: { 'any of': ['late', 'none'] } },
      { kind: 'any', of: [is('signs', 'late'), { kind: 'none ticked', fact: 'signs' }] },
    ],
    [
      { signs: { 'any of': ['late'], 'at least': '2' } },
      { kind: 'all', of: [is('signs', 'late'), { kind: 'ticks', fact: 'signs', min: 2, of: ['late', 'bruise'] }] },
    ],
    [
      { 'any of': [{ 'all of': [{ danger: 'yes' }] }] },
      { kind: 'any', of: [{ kind: 'all', of: [is('danger', 'yes')] }] },
    ],
  ])('%j', (raw, condition) => {
    expect(compile(raw)).toStrictEqual({ condition, reports: [] });
  });
});

describe('a condition on what answers mean', () => {
  it.each<[unknown, unknown]>([
    [{ means: 'neglect' }, { kind: 'means', how: 'any', meanings: ['neglect'] }],
    [{ means: { 'all of': ['neglect', 'unborn'] } }, { kind: 'means', how: 'all', meanings: ['neglect', 'unborn'] }],
    [{ means: { 'none of': 'unborn' } }, { kind: 'means', how: 'none', meanings: ['unborn'] }],
    [{ means: { 'of kind': 'harm' } }, { kind: 'means', how: 'any', meanings: ['neglect', 'grooming'] }],
    [
      { means: { 'of kind': 'crime', 'none of': ['unborn'] } },
      {
        kind: 'all',
        of: [
          { kind: 'means', how: 'none', meanings: ['unborn'] },
          { kind: 'means', how: 'any', meanings: ['grooming'] },
        ],
      },
    ],
  ])('%j', (raw, condition) => {
    expect(compile(raw)).toEqual({ condition, reports: [] });
  });

  it.each([
    [
      { means: 'neglekt' },
      'means: no meaning is called "neglekt". Did you mean "neglect"? The meanings stand in national/meanings.yaml.',
    ],
    [
      { means: { 'of kind': 'harms' } },
      'means/of kind: "harms" is no kind of meaning. Did you mean "harm"? Use: harm, crime, who, care, circumstance, reader.',
    ],
    [{ means: {} }, 'means: "means" needs a meaning, or a block of: any of, all of, none of, of kind.'],
    [{ means: ['neglect'] }, 'means: "means" needs a meaning, or a block of: any of, all of, none of, of kind.'],
  ])('%j is refused', (raw, report) => {
    expect(compile(raw).reports).toEqual([report]);
  });
});
