/** Incremental backups of PostgreSQL: a SQLite file with just the rows that changed since the last backup, by their keys. */
import Sqlite from 'better-sqlite3';
import type pg from 'pg';
import type { Checkpoint } from '../audit/line.ts';
import type { BackupPosition } from './backing-up.ts';
import { writeCopy } from './backup.ts';
import { atOneInstant, copyRowsOut, givenNumbers, insertRows } from './copy-tables.ts';
import { StoreProblem } from './failure.ts';
import { MAKE_ABOUT, MAKE_NUMBERS, MAKE_TOUCHED_KEYS } from './increment.ts';
import { APPENDED, type NotedColumn, type NotedTable, notedTables, quoted } from './noted-tables.ts';
import { type PostgresStateAtBackup, readNoted, readPosition, readTouched } from './postgres-noted.ts';

export interface PostgresIncrement {
  noted: PostgresStateAtBackup;
  /** Where the log ends in this backup. */
  log: Checkpoint;
  schema: number;
}

/** Writes the changes up to this instant while the server keeps running. */
export async function writePostgresIncrement(client: pg.Client, toFile: string): Promise<PostgresIncrement> {
  let written: PostgresIncrement | undefined;
  await writeCopy(toFile, 'in PostgreSQL', async (partFile) => {
    const target = new Sqlite(partFile);
    try {
      target.exec('begin');
      written = await atOneInstant(client, () => copyChanges(client, target));
      target.exec('commit');
    } finally {
      target.close();
    }
  });
  return written as PostgresIncrement;
}

async function copyChanges(client: pg.Client, target: Sqlite.Database): Promise<PostgresIncrement> {
  const position = await readPosition(client);
  if (position === undefined)
    throw new StoreProblem(
      'The tables of the PostgreSQL database were changed while the increment was made',
      'a database whose tables stay as they are',
      'run it again: it makes a whole backup then',
    );
  const noted = await readNoted(client);
  // A changed row is read by its key, however many of them the planner expects.
  await client.query('set local enable_seqscan = off');
  const touched = await readTouched(client);
  target.exec(MAKE_TOUCHED_KEYS);
  for (const table of await notedTables()) {
    const keys = touched.get(table.table) ?? [];
    await copyTable(client, target, { ...table, keys, mark: position.marks[table.table] ?? 0 });
  }
  target.exec(MAKE_NUMBERS);
  const number = target.prepare('insert into given_numbers (name, seq) values (?, ?)');
  for (const { table, last } of await givenNumbers(client)) number.run(table, last);
  writeAbout(target, position);
  const line = await client.query<Checkpoint>('select position, hash from chain order by position desc limit 1');
  const { rows } = await client.query<{ step: number }>('select max(number) as step from migrations');
  return { noted, log: line.rows[0] ?? { position: 0, hash: '' }, schema: rows[0]?.step ?? 0 };
}

function writeAbout(target: Sqlite.Database, { newest, increments }: BackupPosition): void {
  target.exec(MAKE_ABOUT);
  target.prepare('insert into about_increment values (?, ?)').run(newest, increments + 1);
}

/** How many keys one query asks for. */
const AT_ONCE = 500;

interface ChangedTable extends NotedTable {
  /** Of rows that were changed, deleted or, unless the table is only appended to, added: each an array, in JSON. */
  keys: readonly string[];
  /** The highest number in the last backup, if the table is only appended to. */
  mark: number;
}

async function copyTable(
  client: pg.Client,
  target: Sqlite.Database,
  { table, columns, key, keys, mark }: ChangedTable,
): Promise<void> {
  target.exec(`create table "${table}" (${columns.map((column) => `${quoted(column)} ${column.type}`).join(', ')})`);
  const touch = target.prepare('insert into touched values (?, ?)');
  for (const one of keys) touch.run(table, one);
  const names = columns.map((column) => `kept.${quoted(column)}`).join(', ');
  const same = key.map((column, place) => `kept.${quoted(column)} = ${valueAt(column, place)}`).join(' and ');
  const counted = APPENDED[table];
  const old = counted === undefined ? '' : ` where kept.${counted} <= ${mark}`;
  const query = `select ${names} from json_array_elements($1::json) as noted(key) join ${table} as kept on ${same}${old}`;
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const some = keys.slice(from, from + AT_ONCE).map((one) => JSON.parse(one));
    insertRows(target, table, await client.query(query, [JSON.stringify(some)]));
  }
  if (counted !== undefined)
    await copyRowsOut(client, target, table, `select ${names} from ${table} as kept where kept.${counted} > ${mark}`);
}

const valueAt = ({ type }: NotedColumn, place: number) =>
  `(noted.key ->> ${place})${type === 'INTEGER' ? '::bigint' : ' collate "C"'}`;
