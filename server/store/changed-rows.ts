/**
 * Which rows were changed or deleted since the last backup, so that an incremental backup reads and contains only
 * these. Triggers record each change in its own transaction, whichever program makes it. They exist only where
 * incremental backups are made, so nobody else pays for them. This is for SQLite; for PostgreSQL see `postgres-noted.ts`.
 *
 * A row is identified by its rowid. New rows are not recorded: their rowids are higher than any in the last backup, or
 * reuse the rowid of a row that was deleted since, and that deletion is recorded. A `vacuum` may renumber rows, and a
 * migration makes tables without these triggers. Both change SQLite's schema version, and then the next backup is a
 * full one.
 */
import Sqlite from 'better-sqlite3';
import { StoreProblem } from './failure.ts';

/** Table → its highest rowid, for tables that are copied row by row; see `noteworthyTables`. */
export type HighestRowids = Record<string, number>;

/** The state of the tables when a backup was started. */
export interface StateAtBackup {
  schema: number;
  marks: HighestRowids;
  /** Number of the newest recorded change. */
  upTo: number;
}

/** Where the last backup ended, and the next one continues. */
interface Position {
  /** SHA-256 of the newest backup, as in its description. */
  newest: string;
  /** How many increments follow the last full backup. */
  increments: number;
  marks: HighestRowids;
}

const NOTES = 'changed_rows';
const POSITION = 'backup_position';
/**
 * In the spelling in which SQLite stores it (it puts the first words in capitals), since `npm run verify` compares the
 * texts.
 */
const TABLES: Record<string, string> = {
  [NOTES]: `CREATE TABLE ${NOTES} (seq integer primary key autoincrement, "table" text not null, "row" integer not null) strict`,
  [POSITION]: `CREATE TABLE ${POSITION} (id integer primary key check (id = 1), schema integer not null, newest text not null,
    increments integer not null, marks text not null) strict`,
};

const LISTED = `select name from pragma_table_list where type = 'table' and schema = ?
  and name not like 'sqlite\\_%' escape '\\' and name not in ('${NOTES}', '${POSITION}') order by name`;

/**
 * Tables that are copied row by row. Left out are those in which SQLite keeps its full-text index, which changes
 * together with the rows of the queue. `schema`: the name under which the database is attached.
 */
export function noteworthyTables(connection: Sqlite.Database, schema = 'main'): string[] {
  return connection.prepare(LISTED).pluck().all(schema) as string[];
}

/** Name → SQL of the triggers that record the changes of a table's rows. */
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

/** Everything that is created outside the migrations to record changes: name → SQL. */
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

/** A server holds the write lock for some milliseconds only, so this is plenty. */
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

/** Where the tables stand now. `schema`: the name under which the database is attached. */
export function readNoted(connection: Sqlite.Database, schema = 'main'): StateAtBackup {
  const last = (table: string) =>
    Number(connection.prepare(`select max(rowid) from ${schema}."${table}"`).pluck().get() ?? 0);
  return {
    schema: Number(connection.pragma(`${schema}.schema_version`, { simple: true })),
    marks: Object.fromEntries(noteworthyTables(connection, schema).map((table) => [table, last(table)])),
    upTo: last(NOTES),
  };
}

/**
 * Run before a full backup begins: from now on, changes are recorded. Those since the previous backup stay recorded
 * until the new one is complete. Undefined if nobody makes increments and `begin` is false.
 */
export function noteChanges(file: string, begin: boolean): StateAtBackup | undefined {
  // Looked up without taking the write lock, since most installations make no increments.
  if (!begin && !lookInto(file, isNoting)) return undefined;
  return change(file, (connection) => {
    makeMissing(connection);
    return readNoted(connection);
  });
}

/** Undefined if the file cannot be read; copying it reports why. */
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

/** Run once a backup is on the disk: forgets the changes that it contains. */
export function acknowledgeBackup(
  file: string,
  { schema, marks, upTo }: StateAtBackup,
  { newest, increments }: Omit<Position, 'marks'>,
): void {
  change(file, (connection) => {
    connection.prepare(`delete from ${NOTES} where seq <= ?`).run(upTo);
    connection
      .prepare(`insert or replace into ${POSITION} values (1, ?, ?, ?, ?)`)
      .run(schema, newest, increments, JSON.stringify(marks));
  });
}

/**
 * Where the next increment continues. Undefined if the next backup has to be a full one; that one reports what is
 * wrong, if anything is.
 */
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

/** Run in a copy that goes into service: the changes that were recorded in the other database do not apply to it. */
export function forgetNotes(connection: Sqlite.Database): void {
  if (!isNoting(connection)) return;
  const { tables, triggers } = madeForNoting(connection);
  for (const name of triggers.keys()) connection.exec(`drop trigger if exists ${name}`);
  for (const name of tables.keys()) connection.exec(`drop table if exists ${name}`);
}
