/** Two connections to one SQLite file: which of them runs a query may make no difference except in time. */
import { beforeEach, expect, it } from 'vitest';
import type { Happening } from '../../server/consultation/entry.ts';
import type { Engine } from '../../server/store/engine.ts';
import { type PreparedQuery, prepare } from '../../server/store/prepare.ts';
import { openSqlite } from '../../server/store/sqlite.ts';
import { openStore } from '../../server/store/store.ts';
import { createClock, makeFile, openConsultation, openRaw, openTemporary } from './temporary.ts';

interface Session {
  token: string;
}

const AT = '2026-11-22T09:00:00.000Z';

let engine: Engine;
let sessions: PreparedQuery<object, Session>;

beforeEach(async () => {
  const file = makeFile();
  await (await openStore({ file, clock: createClock() })).close();
  engine = openSqlite(file);
  sessions = prepare(engine.reading, (db) => db.selectFrom('sessions').select('token_hash as token'));
  return () => engine.close();
});

const read = () => engine.read((db) => sessions(db, {}));

function write(token: string, meanwhile: () => Promise<unknown> = async () => {}) {
  return engine.write(async (db) => {
    await db.insertInto('sessions').values({ token_hash: token, created_at: AT, seen_at: AT }).execute();
    return meanwhile();
  });
}

it('a query sees what was committed, and nothing of an open transaction', async () => {
  await write('first');
  expect(await read()).toEqual([{ token: 'first' }]);
  expect(await write('second', read)).toEqual([{ token: 'first' }]);
  expect(await read()).toEqual([{ token: 'first' }, { token: 'second' }]);
});

it('a query that would change something is refused, whether a transaction is open or not', async () => {
  await write('first');
  const remove = prepare<object, unknown>(engine.reading, (db) => db.deleteFrom('sessions'));
  const tryToRemove = () =>
    engine
      .read((db) => remove(db, {}))
      .then(
        () => 'done',
        (error: Error) => error.message,
      );
  expect(await tryToRemove()).toMatch(/may not be written to/);
  expect(await write('second', tryToRemove)).toMatch(/may not be written to/);
  expect(await read()).toHaveLength(2);
});

const asked: Happening = {
  kind: 'handed over',
  question: 'He has a new phone',
  reach: '0161 496 0001',
  urgent: 'no',
  deadlines: [],
};

it('an entry without a word leaves the index as it is, and one with a word that is gone takes it out', async () => {
  const store = await openTemporary();
  const { id } = await openConsultation(store, { area: 'bury', version: 'v1', also: [asked] });
  const raw = openRaw(store.file);
  const segments = () => raw.prepare('select count(*), sum(length(block)) from desk_words_data').raw().get();
  const before = segments();
  await store.log.decide(id, () => [{ kind: 'claimed' }], 'duty worker');
  expect(segments()).toEqual(before);
  await store.log.decide(id, () => [{ kind: 'noted', text: 'Rang back' }], 'duty worker');
  expect(segments()).not.toEqual(before);
  raw.exec(`update desk_words set words = replace(words, 'phone', 'hotel')`);
  await store.log.decide(id, () => [{ kind: 'noted', text: 'And again' }], 'duty worker');
  const find = async (words: string) => (await store.queueRows.search('bury', { words }, 10)).length;
  expect([await find('hotel'), await find('phone'), await find('rang again')]).toEqual([0, 1, 1]);
});
