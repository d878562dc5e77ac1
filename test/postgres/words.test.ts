/**
 * Words of the search in PostgreSQL: the list of all words is that of the rows, whatever happens to them, and a search
 * finds the same rows whether PostgreSQL expects many or few.
 */
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { createFindings } from '../../server/audit/findings.ts';
import type { Engine } from '../../server/store/engine.ts';
import { markedWords, toIndexed } from '../../server/store/index-words.ts';
import { migrate, NEWEST } from '../../server/store/migrations.ts';
import { openPostgres } from '../../server/store/postgres.ts';
import { analyzeWords } from '../../server/store/postgres-sql.ts';
import { checkPostgresWords } from '../../server/store/postgres-triggers.ts';
import { createEmpty, query, withAllRights } from './databases.ts';

async function open(upTo = NEWEST) {
  const url = await createEmpty();
  const engine = await openPostgres(url);
  onTestFinished(() => engine.close());
  await migrate(engine, { file: url, now: () => '2026-01-01T00:00:00.000Z', upTo });
  return { url, engine };
}

const put = (engine: Engine, rowid: number, words: string, area = 'bury') =>
  engine.write((db) =>
    engine.dialect.putWords(db, { rowid, ...toIndexed({ area, professional: 'May Day', agency: 'Elm', words }) }),
  );
const remove = (engine: Engine, ...rows: number[]) =>
  engine.write((db) => db.deleteFrom('desk_words').where('rowid', 'in', rows).execute());

/** Without the mark of the area and the column. */
const listed = async (url: string) =>
  (await query(url, `select word from desk_word_list where word like '___w%' order by 1`)).map(({ word }) =>
    String(word).slice(4),
  );

async function findings(url: string): Promise<string[]> {
  const found = createFindings();
  await checkPostgresWords(url, found);
  return found.list().flatMap(({ kind, first }) => first.map((where) => `${kind}: ${where}`));
}

async function rowsWith(engine: Engine, words: string, area = 'bury'): Promise<number[]> {
  const sought = await engine.dialect.lookUpWords(engine.reading, markedWords(area, 'words', words));
  const rows = engine.reading.selectFrom('desk_words').select('rowid').where(engine.dialect.hasWords(sought));
  return (await rows.orderBy('rowid').execute()).map(({ rowid }) => rowid);
}

it('lists a word for as long as a row has it', async () => {
  const { url, engine } = await open();
  await put(engine, 1, 'Zebulon phoned');
  await put(engine, 2, 'zebulon walked');
  expect(await listed(url)).toEqual(['phoned', 'walked', 'zebulon']);
  await put(engine, 2, 'zebulon ran');
  await put(engine, 2, 'zebulon ran');
  expect(await listed(url)).toEqual(['phoned', 'ran', 'zebulon']);
  await remove(engine, 1);
  expect(await listed(url)).toEqual(['ran', 'zebulon']);
  await put(engine, 3, 'ran', 'bolton');
  expect((await listed(url)).sort()).toEqual(['ran', 'ran', 'zebulon']);
  await remove(engine, 2, 3);
  expect(await query(url, 'select word from desk_word_list')).toEqual([]);
  expect(await findings(url)).toEqual([]);
});

it('two rows that go at once take a word with them that only they had', async () => {
  const { url, engine } = await open();
  for (const row of [1, 2, 3]) await put(engine, row, row === 3 ? 'other' : 'zanzibar other');
  await remove(engine, 1, 2);
  expect(await listed(url)).toEqual(['other']);
});

it('a transaction that is taken back leaves the list as it was', async () => {
  const { url, engine } = await open();
  await put(engine, 1, 'zebulon');
  const failing = engine.write(async (db) => {
    await engine.dialect.putWords(db, {
      rowid: 2,
      ...toIndexed({ area: 'bury', professional: '', agency: '', words: 'quixley' }),
    });
    await db.deleteFrom('desk_words').where('rowid', '=', 1).execute();
    throw new Error('taken back');
  });
  await expect(failing).rejects.toThrow('taken back');
  expect(await listed(url)).toEqual(['zebulon']);
});

it('the words that were there before are listed by the upgrade', async () => {
  const { url, engine } = await open(NEWEST - 1);
  const before = { ...toIndexed({ area: 'bury', professional: '', agency: '', words: 'zebulon phoned' }) };
  await engine.write((db) => engine.dialect.putWords(db, { rowid: 1, ...before }));
  await migrate(engine, { file: url, now: () => '2026-01-02T00:00:00.000Z' });
  expect([await listed(url), await rowsWith(engine, 'phon'), await findings(url)]).toEqual([
    ['phoned', 'zebulon'],
    [1],
    [],
  ]);
});

it('a word that somebody took out or put in is found, and cleaning makes the list anew', async () => {
  const { url, engine } = await open();
  await put(engine, 1, 'zebulon phoned');
  await query(
    withAllRights(url),
    `delete from desk_word_list where word like '%phoned'; insert into desk_word_list values ('aaaw')`,
  );
  expect(await findings(url)).toEqual([
    'word list changed: 1 words are missing',
    'word list changed: 1 words are in no consultation',
  ]);
  await engine.clean();
  expect([await findings(url), await rowsWith(engine, 'phon')]).toEqual([[], [1]]);
});

/** Words of a small language, in which many begin like others and some are in nearly every row. */
const WORDS = Array.from(
  { length: 60 },
  (_, index) => `${'phone school teacher zoë 0161 a ab'.split(' ')[index % 7]}${index < 7 ? '' : index.toString(36)}`,
);
const LONG = 'x'.repeat(600);

function rowsOfText(): Map<number, string> {
  const text = (row: number) =>
    [
      ...WORDS.filter((_, index) => (row * 7 + index * index) % (index + 2) === 0),
      row % 3 > 0 ? 'mother' : '',
      row === 77 ? LONG : '',
    ].join(' ');
  return new Map(Array.from({ length: 400 }, (_, row) => [row, text(row)]));
}

const SOUGHT = [
  'phone',
  'mother',
  'mother phone',
  'mother phonel zo',
  'a',
  'ab sch',
  'zoe',
  'teacherm',
  'nowhere',
  'mother nowhere',
  LONG,
  `${LONG} mother`,
  '0161 mother a',
];

it('finds the rows that have the words, whether PostgreSQL knows how many have them or not', async () => {
  const { url, engine } = await open();
  const texts = rowsOfText();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  for (const [row, text] of texts) await put(engine, row, text, row % 2 === 0 ? 'bury' : 'bolton');
  const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(' ');
  const expected = (sought: string) =>
    [...texts].flatMap(([row, text]) => {
      const has = (beginning: string) => fold(text).some((word) => word.startsWith(beginning));
      return row % 2 === 0 && fold(sought).every(has) ? [row] : [];
    });
  const all = async () =>
    Object.fromEntries(await Promise.all(SOUGHT.map(async (words) => [words, await rowsWith(engine, words)] as const)));
  const due = Object.fromEntries(SOUGHT.map((words) => [words, expected(words)]));
  expect(due.mother?.length).toBeGreaterThan(100);
  expect(due['mother phonel zo']?.length).toBeGreaterThan(0);
  expect(await all()).toEqual(due);
  await engine.write((db) => analyzeWords(db));
  expect(await all()).toEqual(due);
  // As if there were a million rows, of which few have any of the words; and as if nobody had counted.
  for (const rows of [1e6, 1, -1]) {
    await query(withAllRights(url), `update pg_class set reltuples = ${rows} where oid = 'desk_words'::regclass`);
    expect(await all()).toEqual(due);
  }
});
