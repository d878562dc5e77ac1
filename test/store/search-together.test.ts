/**
 * A search with several criteria finds what each of them finds alone, whichever of them the database looks up first: a
 * reference, a child, what few consultations have, or words that many have.
 */
import { expect, it } from 'vitest';
import type { SearchCriteria } from '../../server/store/search-criteria.ts';
import { checkpointFiles, type Store } from '../../server/store/store.ts';
import { desksOf, fill, keepFlows, openTarget, UNTIL } from '../bench/fill/fill.ts';
import { childOf, word } from '../bench/fill/invented.ts';
import { loadReal } from '../real-content.ts';
import { someOf } from '../short-form.ts';
import { databaseOf, makeFile, openAt } from './temporary.ts';

/** So many that some criteria are met by more than are looked up one by one, in each of three areas. */
const CONSULTATIONS = 900;
const ALL = 5000;
const FIRST = 10;

async function openFilled(): Promise<Store> {
  const file = makeFile();
  const place = { file, databaseUrl: await databaseOf(file) };
  const options = { file, clock: () => UNTIL };
  const desks = desksOf(loadReal());
  const made = await openAt(options);
  await keepFlows(made, desks);
  await made.close();
  const size = { consultations: CONSULTATIONS, open: 60, until: UNTIL };
  await fill(await openTarget(place), desks, checkpointFiles(file), size);
  return openAt(options);
}

it('finds what each of its criteria finds alone, the newest first', async () => {
  const store = await openFilled();
  const search = (criteria: SearchCriteria, most = ALL) => store.queueRows.search('bury', criteria, most);
  const every = await search({ words: 'phone' });
  const [one, middle] = [every.at(-1), every[Math.floor(every.length / 2)]];
  expect(every.length).toBeGreaterThan(200);
  const alone: SearchCriteria[] = [
    { words: 'phone' },
    { words: word(97) },
    { words: `${word(97).slice(0, 4)}` },
    { words: 'nowhere' },
    { professional: 'smith' },
    { agency: 'elm' },
    { reference: one?.reference ?? '' },
    { child: one?.child ?? '' },
    { child: childOf(4).slice(0, 1) },
    { child: 'Nobody' },
    { worker: 'Worker 3' },
    { worker: 'Nobody' },
    { level: 4 },
    { outcome: 'advice_only' },
    { outcome: 'early_help' },
    { state: 'open' },
    { state: 'closed' },
    { worked: true },
    { from: middle?.askedAt ?? '' },
    { before: middle?.askedAt ?? '' },
  ];
  const found = new Map<SearchCriteria, Set<string>>();
  for (const criteria of alone) found.set(criteria, new Set((await search(criteria)).map((row) => row.consultation)));
  expect([...found.values()].filter((ids) => ids.size > 200).length).toBeGreaterThan(2);
  expect([...found.values()].filter((ids) => ids.size > 0 && ids.size <= 200).length).toBeGreaterThan(5);
  const newest = (await search({ from: '2000-01-01' })).map((row) => row.consultation);
  const pairs = [...found].flatMap((first, index) => [...found].slice(index + 1).map((second) => ({ first, second })));
  const wrong: unknown[] = [];
  let some = 0;
  for (const { first, second } of someOf(pairs)) {
    const together = { ...first[0], ...second[0] };
    // Two of a kind are not asked for together.
    if (Object.keys(together).length < 2) continue;
    const due = newest.filter((id) => first[1].has(id) && second[1].has(id));
    if (due.length > 0) some++;
    const ids = (await search(together)).map((row) => row.consultation);
    const page = (await search(together, FIRST)).map((row) => row.consultation);
    const isRight = String(ids) === String(due) && String(page) === String(due.slice(0, FIRST + 1));
    if (!isRight) wrong.push([together, ids.length, due.length]);
  }
  expect(wrong).toEqual([]);
  expect(some).toBeGreaterThan(10);
  await store.close();
}, 120_000);
