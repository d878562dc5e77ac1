/**
 * A debt, a taxi, a neighbour at night, violence at home, a picture, a friend: a reader who ticks one of these reads
 * words about it without unfolding anything.
 */
import { expect, it } from 'vitest';
import { realLibrary } from '../web/app.ts';
import { type ShownResult, shownResults } from './shown-results.ts';

const cases = realLibrary.areas.get('national')?.cases;
const results = [...shownResults(realLibrary, { readers: ['public', 'child'] })];

/** The ticks in the case behind a result, from all questions. */
function ticksOf({ name }: ShownResult): string[] {
  const found = cases?.get(name.split(' ')[1] ?? '');
  return Object.values(found?.answers ?? {}).flatMap((given) => (Array.isArray(given) ? given.map(String) : []));
}

/** The words below the first box. */
function ownWordsOf({ html }: ShownResult): string[] {
  const section = /<section class="fd-own-words".*?<\/section>/s.exec(html)?.[0] ?? '';
  return [...section.matchAll(/<p>(.*?)<\/p>/gs)].map(([, words]) => words ?? '');
}

it.each([
  ['public', 'debt'],
  ['public', 'taxi'],
  ['public', 'night'],
  ['public', 'home_violence'],
  ['public', 'pictures'],
  ['child', 'owe'],
  ['child', 'car'],
  ['child', 'home'],
  ['child', 'picture'],
  ['child', 'friend'],
] as const)('a reader who ticks it reads words about it (%s, %s)', (reader, tick) => {
  const own = results.filter((result) => result.reader === reader);
  const ticked = own.filter((result) => ticksOf(result).includes(tick));
  const others = own.filter((result) => !ticksOf(result).includes(tick));
  const elsewhere = new Set(others.flatMap((result) => [...ownWordsOf(result), ...result.lines]));
  const isAboutIt = (words: string) => !elsewhere.has(words);
  const deaf = ticked.filter((result) => ![...ownWordsOf(result), ...result.lines].some(isAboutIt));
  expect(ticked.length).toBeGreaterThan(0);
  // Somebody who ticks several things may read about another one first.
  expect(deaf.filter((result) => ticksOf(result).length === 1).map(({ name }) => name)).toEqual([]);
});

it('shows no more than fits, the most dangerous first', () => {
  const most = results.filter((result) => ownWordsOf(result).length > 2);
  expect(most.map(({ name }) => name)).toEqual([]);
  const both = results.find(({ name }) => name.endsWith(' child_marriage_and_a_picture'));
  expect(both && ownWordsOf(both)[0]).toContain('No one may make you marry');
});
