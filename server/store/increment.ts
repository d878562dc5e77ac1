/**
 * Incremental backups: a SQLite file with just the rows that were written, changed or deleted since the previous
 * backup, and applying it to a copy of that backup. What was erased in between is erased in the copy as well, because
 * erasing changes and deletes rows like anything else.
 */
import Sqlite from 'better-sqlite3';
import type { Checkpoint } from '../audit/line.ts';
import { writeCopy } from './backup.ts';
import { forgetNotes, noteworthyTables, readNoted, readPosition, type StateAtBackup } from './changed-rows.ts';
import { StoreProblem } from './failure.ts';
import { describeColumns, quoted } from './noted-tables.ts';

export interface BackupIncrement {
  noted: StateAtBackup;
  /** Where the log ends in this backup. */
  log: Checkpoint;
  schema: number;
}

/** The rowid of each row in its own table, stored beside its columns. */
const ROW = '"increment row"';
/** Rows that were changed or deleted, whether they still exist or not. */
const MAKE_TOUCHED = `create table touched ("table" text not null, "row" integer not null, primary key ("table", "row")) without rowid`;
const FILL_TOUCHED = `insert into touched select distinct "table", "row" from source.changed_rows where seq <= ?`;
/** The full text has the rowids of the queue, and its rows are written and erased together with the queue's. */
const WORDS = { table: 'desk_words', follows: 'desk_lines', columns: 'area, professional, agency, words' };
/**
 * A name that none of our tables has. The table makes every file unique: two increments without changes would otherwise
 * have the same hash, and the hashes tell their order.
 */
const ABOUT = 'about_increment';
const NUMBERS = 'given_numbers';
/** Incremental backups of PostgreSQL know rows by their keys, in JSON. */
export const MAKE_TOUCHED_KEYS =
  'create table if not exists touched ("table" text not null, key text not null, primary key ("table", key)) without rowid';
export const MAKE_ABOUT = `create table ${ABOUT} (after text not null, number integer not null) strict`;
export const MAKE_NUMBERS = `create table ${NUMBERS} (name text not null, seq integer not null)`;

/**
 * Reads rows of a table by their rowids: only as many as there are changes. Parameters: the mark of the last backup.
 */
export function rowsOf(table: string): string[] {
  const rows = `insert into main."${table}" select rowid, * from source."${table}"`;
  return [
    `${rows} where rowid > ?`,
    `${rows} where rowid in (select "row" from main.touched where "table" = '${table}') and rowid <= ?`,
  ];
}

/** Writes the changes up to this instant while the server keeps running. `database`: attached as `source`. */
export async function writeIncrement(database: string, toFile: string): Promise<BackupIncrement> {
  let written: BackupIncrement | undefined;
  await writeCopy(toFile, database, async (partFile) => {
    const connection = new Sqlite(partFile);
    try {
      connection.prepare('attach ? as source').run(database);
      written = connection.transaction(() => copyChanges(connection))();
    } finally {
      connection.close();
    }
  });
  return written as BackupIncrement;
}

function copyChanges(connection: Sqlite.Database): BackupIncrement {
  // Read in the same transaction as everything else, so what is written in the meantime goes into the next increment.
  const [position, noted] = [readPosition(connection, 'source'), readNoted(connection, 'source')];
  if (position === undefined) throw notNoted(connection.name);
  connection.exec(MAKE_TOUCHED);
  connection.prepare(FILL_TOUCHED).run(noted.upTo);
  for (const table of noteworthyTables(connection, 'source')) {
    connection.exec(`create table main."${table}" as select rowid as ${ROW}, * from source."${table}" where 0`);
    for (const rows of rowsOf(table)) connection.prepare(rows).run(position.marks[table] ?? 0);
  }
  const { table, follows, columns } = WORDS;
  connection.exec(`create table main.${table} as select rowid as ${ROW}, ${columns} from source.${table}
    where rowid in (select ${ROW} from main.${follows})`);
  connection.exec(`create table main.${NUMBERS} as select name, seq from source.sqlite_sequence`);
  const log = (connection.prepare('select position, hash from source.chain order by position desc limit 1').get() ?? {
    position: 0,
    hash: '',
  }) as Checkpoint;
  const schema = Number(connection.prepare('select max(number) from source.migrations').pluck().get());
  connection.exec(MAKE_ABOUT);
  connection.prepare(`insert into ${ABOUT} values (?, ?)`).run(position.newest, position.increments + 1);
  return { noted, log, schema };
}

function notNoted(file: string): StoreProblem {
  return new StoreProblem(
    `${file}: the tables were changed while the increment was made`,
    'a database whose tables stay as they are',
    'run it again: it makes a whole backup then',
  );
}

/**
 * Applies increments to a copy of the backup that they follow, the oldest first. If it throws `StoreProblem`, the copy
 * is unusable.
 */
export function applyIncrement(copy: string, increment: string): void {
  const connection = new Sqlite(copy, { fileMustExist: true });
  try {
    connection.pragma('foreign_keys = OFF');
    connection.pragma('secure_delete = ON');
    connection.prepare('attach ? as increment').run(increment);
    connection.transaction(() => applyChanges(connection))();
  } catch (error) {
    throw new StoreProblem(
      `${increment} does not fit onto the backup before it: ${(error as Error).message}`,
      'the increments of one backup, in their order',
      'restore the backup before it, and keep this one for whoever looks into it',
      error,
    );
  } finally {
    connection.close();
  }
}

function applyChanges(connection: Sqlite.Database): void {
  // These triggers keep append-only rows from being changed, which an increment does where an erasure did it.
  const triggers = connection.prepare(`select name, sql from main.sqlite_schema where type = 'trigger'`).all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of triggers) connection.exec(`drop trigger main."${name}"`);
  if (isByKeys(connection)) applyByKeys(connection);
  else {
    for (const table of noteworthyTables(connection)) applyTable(connection, table);
    applyWords(connection);
  }
  connection.exec('delete from main.sqlite_sequence');
  connection.exec(`insert into main.sqlite_sequence (name, seq) select name, seq from increment.${NUMBERS}`);
  for (const { sql } of triggers) connection.exec(sql);
}

/** Whether it was made of PostgreSQL. */
function isByKeys(connection: Sqlite.Database): boolean {
  return (
    connection.prepare(`select 1 from pragma_table_info('touched', 'increment') where name = 'key'`).get() !== undefined
  );
}

/** The rows that are noted go, and those of them that are still there come again. */
function applyByKeys(connection: Sqlite.Database): void {
  const tables = connection
    .prepare(`select name from increment.sqlite_schema where type = 'table' and name not in ('touched', ?, ?)`)
    .pluck()
    .all(ABOUT, NUMBERS) as string[];
  for (const table of tables) {
    const { columns, key } = describeColumns(connection, table);
    const keys = key.map(quoted).join(', ');
    const touched = key.map((_, place) => `json_extract(key, '$[${place}]')`).join(', ');
    const gone = (rows: string) => connection.exec(`delete from main."${table}" where (${keys}) in (${rows})`);
    gone(`select ${touched} from increment.touched where "table" = '${table}'`);
    gone(`select ${keys} from increment."${table}"`);
    const names = columns.map(quoted).join(', ');
    connection.exec(`insert into main."${table}" (${names}) select ${names} from increment."${table}"`);
  }
}

function applyTable(connection: Sqlite.Database, table: string): void {
  for (const rows of [
    `select "row" from increment.touched where "table" = '${table}'`,
    `select ${ROW} from increment."${table}"`,
  ])
    connection.exec(`delete from main."${table}" where rowid in (${rows})`);
  const columns = connection.prepare('select name, type, pk from pragma_table_info(?)').all(table) as {
    name: string;
    type: string;
    pk: number;
  }[];
  const keys = columns.filter(({ pk }) => pk > 0);
  const isRowid = keys.length === 1 && keys[0]?.type.toLowerCase() === 'integer';
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  connection.exec(
    isRowid
      ? `insert into main."${table}" (${names}) select ${names} from increment."${table}"`
      : `insert into main."${table}" (rowid, ${names}) select ${ROW}, ${names} from increment."${table}"`,
  );
}

function applyWords(connection: Sqlite.Database): void {
  const { table, follows, columns } = WORDS;
  const gone = connection
    .prepare(`select "row" from increment.touched where "table" = ? union select ${ROW} from increment.${follows}`)
    .pluck()
    .all(follows);
  const remove = connection.prepare(`delete from main.${table} where rowid = ?`);
  for (const row of gone) remove.run(row);
  connection.exec(`insert into main.${table} (rowid, ${columns}) select ${ROW}, ${columns} from increment.${table}`);
}

/**
 * Prepares the copy for service: nothing that increments erased is left, not even in unused parts of pages, and nothing
 * that was recorded in the original database.
 */
export function finishCopy(copy: string, hasIncrements: boolean): void {
  const connection = new Sqlite(copy, { fileMustExist: true });
  try {
    connection.transaction(() => forgetNotes(connection))();
    if (!hasIncrements) return;
    const wrong = connection.pragma('foreign_key_check') as { table: string }[];
    if (wrong[0] !== undefined)
      throw new StoreProblem(
        `With its increments put in, rows of ${wrong[0].table} name others that are not there`,
        'the increments of one backup, each as it was written',
        'restore an earlier increment, and keep these for whoever looks into it',
      );
    connection.exec(`insert into desk_words(desk_words) values ('optimize')`);
    connection.exec('vacuum');
  } finally {
    connection.close();
  }
}
