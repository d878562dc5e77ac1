import { expect, it } from 'vitest';
import { type Entry, type Happening, isRefusal } from '../../server/consultation/entry.ts';
import type { Desk } from '../../server/flow/desk.ts';
import { NEVER_ASKED } from '../../server/store/may-be-erased.ts';
import type { Store } from '../../server/store/store.ts';
import { answered, createClock, openAt, openConsultation, openTemporary } from './temporary.ts';

async function add({ log }: Store, id: string, ...happenings: Happening[]) {
  let seen: readonly Entry[] = [];
  const decided = await log.decide(
    id,
    (entries) => {
      seen = entries;
      return happenings;
    },
    'professional',
  );
  if (isRefusal(decided)) throw new Error(decided.message);
  return { seen, after: decided.entries };
}

/** Two processes on the same database. */
async function openTwo() {
  const clock = createClock();
  const first = await openTemporary({ clock });
  return { first, second: await openAt({ file: first.file, clock }), clock };
}

it('the next answer uses the entries that the one before cached', async () => {
  const store = await openTemporary();
  const { id } = await openConsultation(store);
  const { after } = await add(store, id, answered('a', ['one', 'two']));
  const { seen } = await add(store, id, answered('b', 12));
  expect(seen).toBe(after);
  expect(await store.log.read(id)).toEqual((await add(store, id)).seen);
});

it('somebody’s words and names are read from the database each time', async () => {
  const store = await openTemporary();
  for (const words of [
    { kind: 'noted', text: 'mine' },
    { kind: 'child named', known: 'yes', name: 'Sam' },
    answered('why', 'It was at home'),
    answered('several', ['one', 'in words of their own']),
  ] as const) {
    const { id } = await openConsultation(store);
    const { after } = await add(store, id, words as Happening);
    const { seen } = await add(store, id);
    expect(seen).not.toBe(after);
    expect(seen).toEqual(after);
  }
});

it('what another server has added is seen by the next answer', async () => {
  const { first, second } = await openTwo();
  const { id } = await openConsultation(first);
  await add(first, id, answered('a'));
  await add(second, id, answered('b'), { kind: 'noted', text: 'from there' });
  const { seen } = await add(first, id, answered('c'));
  expect(seen.slice(1).map(({ what }) => what)).toEqual([
    answered('a'),
    answered('b'),
    { kind: 'noted', text: 'from there' },
  ]);
  expect((await add(second, id)).seen).toEqual(await first.log.read(id));
  await second.close();
});

it('the next answer does not see what another server has erased', async () => {
  const { first, second, clock } = await openTwo();
  const { id } = await openConsultation(first);
  await add(first, id, answered('a'));
  clock.pass(400 * 24 * 60);
  const desk = { retention: { neverAsked: '1 year' } } as Desk;
  expect(await second.erasing.erase('bury', NEVER_ASKED, [id], desk)).toMatchObject({ consultations: 1 });
  await expect(add(first, id, answered('b'))).rejects.toThrow('There is no such consultation');
  await second.close();
});

it('what was rolled back is never used', async () => {
  const store = await openTemporary();
  const { id } = await openConsultation(store);
  await add(store, id, answered('a'));
  const circle: { kind: 'noted'; text: string; self?: unknown } = { kind: 'noted', text: 'x' };
  circle.self = circle;
  await expect(add(store, id, answered('b'), circle)).rejects.toThrow('circular');
  const { seen } = await add(store, id, answered('c'));
  expect(seen.map(({ what }) => what).slice(1)).toEqual([answered('a')]);
  expect((await add(store, id)).seen).toEqual(await store.log.read(id));
});
