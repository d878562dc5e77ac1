/**
 * Which rows were changed or deleted since the last backup, so that the next one holds these alone, and reads no others. Triggers note them in the
 * transaction that changes them, whichever program that is. SQLite only, and only where increments are made: whoever makes none pays nothing.
 *
 * A row is known by its rowid. New rows need no note: their rowids are above the highest of the last backup, or were given free by a row that was
 * deleted since, which is noted. A `vacuum` may number rows anew, and a migration makes tables without triggers; both change the version of the
 * schema that SQLite counts, and then the next backup is a whole one.
 */
import Sqlite from 'better-sqlite3';
import { StoreProblem } from './failure.ts';

/** Table → its highest rowid. Tables that are copied by rows, see `noteworthyTables`. */
export type Marks = Record<string, number>;

/** Where the tables stood when a backup began to be made. */
export interface Noted {
  schema: number;
  marks: Marks;
  /** The newest note. */
  upTo: number;
}

/** What the last backup left: where the next one goes on. */
interface Position {
  /** SHA-256 of the newest backup, as its description has it. */
  newest: string;
  /** How many increments there are since the whole one. */
  increments: number;
  marks: Marks;
}

const NOTES = 'changed_rows';
const POSITION = 'backup_position';
/** As SQLite keeps their texts, in which the first words are always in capitals: `npm run verify` compares them. */
const TABLES: Record<string, string> = {
  [NOTES]: `CREATE TABLE ${NOTES} (seq integer primary key autoincrement, "table" text not null, "row" integer not null) strict`,
  [POSITION]: `CREATE TABLE ${POSITION} (id integer primary key check (id = 1), schema integer not null, newest text not null,
    increments integer not null, marks text not null) strict`,
};

const LISTED = `select name from pragma_table_list where type = 'table' and schema = ?
  and name not like 'sqlite\\_%' escape '\\' and name not in ('${NOTES}', '${POSITION}') order by name`;

/** Tables that are copied by rows; not those in which SQLite keeps its full text, which changes with the rows of the queue. `schema`: under which the database is attached. */
export function noteworthyTables(connection: Sqlite.Database, schema = 'main'): string[] {
  return connection.prepare(LISTED).pluck().all(schema) as string[];
}

/** Name → text of the triggers that note what happens to the rows of a table. */
function triggersOf(table: string): [string, string][] {
  const note = (row: string) => `insert into ${NOTES} ("table", "row") select '${table}', ${row}`;
  const [updated, deleted] = [`${table}_update_noted`, `${table}_delete_noted`];
  return [
    [
      updated,
      `CREATE TRIGGER ${updated} after update on ${table} begin ${note('old.rowid')}; ${note('new.rowid')} where new.rowid <> old.rowid; end`,
    ],
    [deleted, `CREATE TRIGGER ${deleted} after delete on ${table} begin ${note('old.rowid')}; end`],
  ];
}

/** All that is made beside the migrations where changes are noted: name → text. */
export function madeForNoting(connection: Sqlite.Database): {
  tables: Map<string, string>;
  triggers: Map<string, string>;
} {
  return {
    tables: new Map(Object.entries(TABLES)),
    triggers: new Map(noteworthyTables(connection).flatMap(triggersOf)),
  };
}

export function isNoting(connection: Sqlite.Database, schema = 'main'): boolean {
  return connection.prepare(`select 1 from ${schema}.sqlite_schema where name = '${POSITION}'`).get() !== undefined;
}

function makeMissing(connection: Sqlite.Database): void {
  const { tables, triggers } = madeForNoting(connection);
  const there = new Set(connection.prepare('select name from sqlite_schema').pluck().all());
  for (const [name, text] of [...tables, ...triggers]) if (!there.has(name)) connection.exec(text);
}

/** The lock is short, and a server that writes lets go of it within milliseconds. */
const PATIENCE_MS = 10_000;

function change<Result>(file: string, work: (connection: Sqlite.Database) => Result): Result {
  const connection = new Sqlite(file, { fileMustExist: true, timeout: PATIENCE_MS });
  try {
    connection.pragma('secure_delete = ON');
    return connection.transaction(() => work(connection)).immediate();
  } catch (error) {
    throw new StoreProblem(
      `No backup was made: ${(error as Error).message}`,
      `a database ${file} that is whole, and that this program may write to: what the next increment has to hold is noted in it`,
      'look at the permissions and at the disk, then try again',
      error,
    );
  } finally {
    connection.close();
  }
}

/** Where the tables stand now. `schema`: under which the database is attached. */
export function readNoted(connection: Sqlite.Database, schema = 'main'): Noted {
  const last = (table: string) =>
    Number(connection.prepare(`select max(rowid) from ${schema}."${table}"`).pluck().get() ?? 0);
  return {
    schema: Number(connection.pragma(`${schema}.schema_version`, { simple: true })),
    marks: Object.fromEntries(noteworthyTables(connection, schema).map((table) => [table, last(table)])),
    upTo: last(NOTES),
  };
}

/**
 * Before a whole backup begins: from now on changes are noted. Those of the backup before stay noted until this one is there. Undefined where
 * nobody makes increments, unless told to begin.
 */
export function noteChanges(file: string, begin: boolean): Noted | undefined {
  // Without a lock on writing: most installations make no increments.
  if (!begin && !lookInto(file, isNoting)) return undefined;
  return change(file, (connection) => {
    makeMissing(connection);
    return readNoted(connection);
  });
}

/** Undefined for a file that cannot be read: whoever copies it says why. */
function lookInto<Result>(file: string, look: (connection: Sqlite.Database) => Result): Result | undefined {
  let connection: Sqlite.Database | undefined;
  try {
    connection = new Sqlite(file, { readonly: true, fileMustExist: true });
    return look(connection);
  } catch {
    return undefined;
  } finally {
    connection?.close();
  }
}

/** After a backup is on the disk: what it holds need not be noted any more. */
export function acknowledgeBackup(
  file: string,
  { schema, marks, upTo }: Noted,
  { newest, increments }: Omit<Position, 'marks'>,
): void {
  change(file, (connection) => {
    connection.prepare(`delete from ${NOTES} where seq <= ?`).run(upTo);
    connection
      .prepare(`insert or replace into ${POSITION} values (1, ?, ?, ?, ?)`)
      .run(schema, newest, increments, JSON.stringify(marks));
  });
}

/** Where the next increment goes on. Undefined where the next backup has to be a whole one, which then says what is wrong, if anything is. */
export function positionOf(file: string): Position | undefined {
  return lookInto(file, (connection) => readPosition(connection));
}

/** Undefined where the next backup has to be a whole one. */
export function readPosition(connection: Sqlite.Database, schema = 'main'): Position | undefined {
  if (!isNoting(connection, schema)) return undefined;
  const row = connection.prepare(`select * from ${schema}.${POSITION}`).get() as
    | { schema: number; newest: string; increments: number; marks: string }
    | undefined;
  if (row === undefined || row.schema !== connection.pragma(`${schema}.schema_version`, { simple: true }))
    return undefined;
  return { newest: row.newest, increments: row.increments, marks: JSON.parse(row.marks) };
}

/** In a copy that goes into service: what was noted in the other database says nothing about this one. */
export function forgetNotes(connection: Sqlite.Database): void {
  if (!isNoting(connection)) return;
  const { tables, triggers } = madeForNoting(connection);
  for (const name of triggers.keys()) connection.exec(`drop trigger if exists ${name}`);
  for (const name of tables.keys()) connection.exec(`drop table if exists ${name}`);
}
