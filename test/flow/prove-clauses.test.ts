/** What all interviews covered by a formula have in common, in words. */
import { expect, it } from 'vitest';
import type { Condition } from '../../server/flow/flow.ts';
import { describeClauses } from '../../server/flow/prove/clauses.ts';
import { ALWAYS } from '../../server/flow/prove/diagram.ts';
import { runInterview } from '../../server/flow/prove/interview.ts';
import { advise, all, ask, end, flow, is, option, part, question } from './prove-flows.ts';

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
const range = (min?: number, max?: number): Condition => ({
  kind: 'range',
  fact: 'age',
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
});
const any = (...of: Condition[]): Condition => ({ kind: 'any', of });
const no = (...of: Condition[]): Condition => ({ kind: 'no', of });
const ticks = (fact: string, min: number): Condition => ({ kind: 'ticks', fact, min, of: LETTERS });
const unknown = (fact: string): Condition => ({ kind: 'unknown', fact });

const checklist = (id: string, letters: string[]) =>
  question(id, 'several of', { options: letters.map((letter) => option(letter)), none: 'None' });
/** The ages are cut at 3, 5, 10 and 18. */
const CUTS = [range(3, 4), range(10, 17)].map((when, at) => advise(`cut_${at}`, { when }));

function clauses(condition: Condition, to: { to?: number } = { to: 18 }): string[] {
  const questions = [
    question('age', 'number', { from: 0, ...to }),
    question('pick', 'one of', { options: LETTERS.map((letter) => option(letter)) }),
    checklist('many', LETTERS),
    checklist('few', ['a', 'b']),
  ];
  const steps = [...questions.map(({ id }) => ask(id)), ...CUTS, end('last')];
  const { diagrams, known, ...interview } = runInterview(flow([part('main', steps)], questions), [condition]);
  return describeClauses({ diagrams, known, ...interview }, known.holds(condition, ALWAYS));
}

it.each<[string, Condition, string[]]>([
  ['nothing', all(), []],
  ['one number', range(18, 18), ['age is 18']],
  ['a stretch', range(3, 4), ['age is 3 to 4']],
  ['two stretches beside each other', range(3, 9), ['age is 3 to 9']],
  ['from the first', range(undefined, 4), ['age is 0 to 4']],
  ['to the last', range(10), ['age is 10 to 18']],
  ['two stretches apart', any(range(3, 4), range(10, 17)), ['age is 3 to 4 or 10 to 17']],
  ['three stretches', any(range(0, 2), range(5, 9), range(18)), ['age is 0 to 2 or 5 to 9 or 18']],
  ['a stretch or unknown', any(range(3, 4), unknown('age')), ['age is 3 to 4 or unknown']],
  ['unknown', unknown('age'), ['age is unknown']],
  ['known', no(unknown('age')), ['age is 0 to 18']],
  ['an option', is('pick', 'b'), ['pick is b']],
  ['eight options', is('pick', ...LETTERS.slice(1)), ['pick is b or c or d or e or f or g or h or i']],
  ['nine answers', no(is('pick', 'a')), ['pick is b or c or d or e or f or g or h or 2 more']],
  ['a tick', is('few', 'b'), ['few has b']],
  ['two ticks', all(is('few', 'a'), is('few', 'b')), ['few has a, b']],
  ['one of two ticks', any(is('few', 'a'), is('few', 'b')), ['few has a or b']],
  ['doubt', unknown('few'), ['few has unknown']],
  ['a tick without doubt', all(is('few', 'a'), no(unknown('few'))), ['few has a', 'few has no unknown']],
  ['a tick and not another', all(is('few', 'a'), no(is('few', 'b'))), ['few has a', 'few has no b']],
  ['no tick', no(is('few', 'a'), is('few', 'b')), ['few has no a, b']],
  ['none', { kind: 'none ticked', fact: 'few' }, ['few is none']],
  ['many ticks', all(...LETTERS.map((letter) => is('many', letter))), ['many has a, b, c, d, e, f, g, 2 more']],
  ['eight ticks', all(...LETTERS.slice(1).map((letter) => is('many', letter))), ['many has b, c, d, e, f, g, h, i']],
  ['one of many', ticks('many', 1), ['many has a or b or c or d or e or f or g or 2 more']],
  ['two of many', ticks('many', 2), ['many has b or c or d or e or f or g or h or i']],
  ['one of two questions', any(is('few', 'a'), is('pick', 'b')), []],
  ['two questions', all(is('few', 'a'), is('pick', 'b')), ['pick is b', 'few has a']],
  [
    'one of two ticks, and not a third',
    all(any(is('many', 'a'), is('many', 'b')), no(is('many', 'c'))),
    ['many has a or b', 'many has no c'],
  ],
])('%s', (_name, condition, expected) => {
  expect(clauses(condition)).toEqual(expected);
});

it('numbers without an upper bound', () => {
  expect(clauses(range(18), {})).toEqual(['age is 18 or more']);
  expect(clauses(range(3, 4), {})).toEqual(['age is 3 to 4']);
});
