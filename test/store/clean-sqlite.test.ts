/** What is left in a SQLite file of rows that are gone, and that cleaning it leaves nothing and breaks nothing. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { cleanFile, createRandom, startChurn, wordsOnDisk } from './churn.ts';
import { makeFolder } from './temporary.ts';

function open(file: string): Sqlite.Database {
  const connection = new Sqlite(file);
  onTestFinished(() => void connection.close());
  return connection;
}

/** `npm run traces` does the same with as many rows as one likes. */
it('leaves nothing of rows that are gone, whatever was done before, and all of those that are there', async () => {
  const file = join(makeFolder(), 'churn.sqlite');
  const churn = startChurn(file, createRandom(2));
  onTestFinished(() => void churn.database.close());
  // A server that has pages in its memory from before.
  const reader = open(file);
  churn.go(1000);
  reader.prepare('select count(*), max(text) from notes').get();
  churn.database.pragma('wal_checkpoint(TRUNCATE)');
  expect(wordsOnDisk(file, churn.gone()).length).toBeGreaterThan(0);
  expect(await cleanFile(file)).toBe(true);
  expect(wordsOnDisk(file, churn.gone())).toEqual([]);
  // What the server writes after it does not bring back pages as they were.
  churn.go(200);
  churn.eraseMost();
  expect(await cleanFile(file)).toBe(true);
  expect(wordsOnDisk(file, churn.gone())).toEqual([]);
  expect(wordsOnDisk(file, churn.there())).toHaveLength(churn.there().length);
  expect(reader.pragma('integrity_check', { simple: true })).toBe('ok');
  churn.database.exec(`insert into words (words) values ('integrity-check')`);
}, 60_000);

it('overwrites the unused middle of a page, and says so when somebody reads an older state all the time', async () => {
  const file = join(makeFolder(), 'pages.sqlite');
  const database = open(file);
  database.pragma('journal_mode = WAL');
  // What goes stays where it was: so the middle of the page has it.
  database.pragma('secure_delete = OFF');
  database.exec(`create table others (text text); create table notes (text text);
    insert into notes values ('remaining'), ('vanishing'); delete from notes where text = 'vanishing'`);
  const reader = open(file);
  reader.exec('begin');
  reader.prepare('select * from notes').all();
  database.exec(`insert into others values ('elsewhere')`);
  expect(await cleanFile(file, 2)).toBe(false);
  reader.exec('commit');
  database.pragma('wal_checkpoint(TRUNCATE)');
  expect(wordsOnDisk(file, ['remaining', 'vanishing'])).toHaveLength(2);
  expect(await cleanFile(file)).toBe(true);
  expect(wordsOnDisk(file, ['remaining', 'vanishing'])).toEqual(['remaining']);
  expect(reader.prepare('select text from notes').pluck().all()).toEqual(['remaining']);
  expect(reader.pragma('integrity_check', { simple: true })).toBe('ok');
});
