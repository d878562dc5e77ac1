/**
 * Copies a whole database from SQLite to PostgreSQL or back, row by row, as it was at one instant. Both have the same
 * tables, so the chain, the checkpoints and the derived rows do not change.
 */
import { writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import type pg from 'pg';
import { syncToDisk, writeCopy } from './backup.ts';
import { CHECKED } from './checked-tables.ts';
import type { DeskTables } from './desk-tables.ts';
import { makeEmptyTables } from './empty-tables.ts';
import { StoreProblem } from './failure.ts';
import { migrate, NEWEST } from './migrations.ts';
import { copyRows } from './postgres-copy.ts';
import type { PostgresSession } from './postgres-session.ts';
import { analyzeWords, postgresDefinitions } from './postgres-sql.ts';
import { lexemesOf } from './postgres-words.ts';
import type { Database, Tables } from './tables.ts';

type Row = Record<string, unknown>;
type Table = keyof Tables;

/** Other tables refer to rows of these, so they are copied first. */
const FIRST: readonly Table[] = ['accounts', 'consultations', 'sessions', 'clients', 'looks'];
const TABLES: readonly Table[] = [
  ...FIRST,
  ...(Object.keys(CHECKED) as Table[]).filter((table) => !FIRST.includes(table)),
];
/** Tables whose triggers require an order of rows. */
const ORDER: Partial<Record<Table, string>> = { entries: 'seq', chain: 'position' };
/** The full-text table has more columns than were written to it. */
const COLUMNS: Partial<Record<Table, string>> = { desk_words: 'rowid, area, professional, agency, words' };
/**
 * Columns that the database numbers by itself, according to SQLite's schema. A number that was used is never used
 * again.
 */
const COUNTERS = `select name as "table", (select name from pragma_table_info(known.name) where pk = 1) as "column"
  from sqlite_schema as known where type = 'table' and sql like '%autoincrement%'`;
/** How many rows are fetched at a time, and how many are sent at a time. */
const ROWS_OUT = 1000;
const ROWS_IN = 2000;

export const columnsOf = (table: Table) => COLUMNS[table] ?? '*';
export const selectAll = (table: Table) =>
  `select ${columnsOf(table)} from ${table}${ORDER[table] === undefined ? '' : ` order by ${ORDER[table]}`}`;

export interface CopiedRows {
  rows: number;
}

/** From PostgreSQL into a new SQLite database. `beside`: what else is read at the same instant. */
export async function copyOut(client: pg.Client, toFile: string, beside?: () => Promise<void>): Promise<void> {
  await writeCopy(toFile, 'in PostgreSQL', async (partFile) => {
    await atOneInstant(client, async () => {
      await fillTables(partFile, (target) => copyAllOut(client, target));
      await beside?.();
    });
    syncToDisk(partFile);
  });
}

/**
 * What `work` reads is the state of this instant, however long it takes. Throws `StoreProblem` if the tables are of
 * another version.
 */
export async function atOneInstant<Result>(client: pg.Client, work: () => Promise<Result>): Promise<Result> {
  await client.query('begin isolation level repeatable read, read only');
  await refuseOtherTables(client);
  const result = await work();
  await client.query('commit');
  return result;
}

/**
 * Creates the tables of this version in an empty SQLite file and lets `fill` copy rows into them. Rows that break a rule
 * are copied, too: a check reports them.
 */
export async function fillTables(file: string, fill: (target: Sqlite.Database) => Promise<void>): Promise<void> {
  writeFileSync(file, await makeEmptyTables());
  const target = new Sqlite(file);
  try {
    // A caller that keeps the file syncs it once, at the end.
    target.pragma('synchronous = OFF');
    target.pragma('foreign_keys = OFF');
    // The times at which the migrations ran are copied, too.
    target.exec('begin; delete from migrations');
    await withoutTriggers(target, () => fill(target));
    target.exec('commit');
  } finally {
    target.close();
  }
}

/** The triggers would refuse lines that are not in order. */
async function withoutTriggers(target: Sqlite.Database, work: () => Promise<void>): Promise<void> {
  const triggers = target.prepare(`select name, sql from sqlite_schema where type = 'trigger'`).all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of triggers) target.exec(`drop trigger "${name}"`);
  await work();
  for (const { sql: text } of triggers) target.exec(text);
}

export async function copyAllOut(client: pg.Client, target: Sqlite.Database): Promise<void> {
  for (const table of TABLES) await copyRowsOut(client, target, table, selectAll(table));
  await copyCountersOut(client, target);
}

/** Throws `StoreProblem` if the tables are not there, or are of another version. */
export function refuseOtherTables(client: pg.Client): Promise<void> {
  return refuseOtherStep(() => stepOf(client));
}

/** 0 if there are no tables yet. */
async function stepOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query(`select to_regclass('migrations') is not null as made`);
  return rows[0].made ? Number((await client.query(NEWEST_STEP)).rows[0].step ?? 0) : 0;
}

const NEWEST_STEP = 'select max(number) as step from migrations';

async function refuseOtherStep(read: () => Promise<number>): Promise<void> {
  const step = await read();
  if (step === NEWEST) return;
  throw new StoreProblem(
    `The tables of the database are at step ${step}, and this version makes ${NEWEST}`,
    'a database of this version',
    'start the server once with it; if it was made by a newer version, use that one',
  );
}

/** Copies the rows of a query that returns the columns of the table. */
export async function copyRowsOut(
  client: pg.Client,
  target: Sqlite.Database,
  table: Table,
  query: string,
): Promise<void> {
  await client.query(`declare copying no scroll cursor for ${query}`);
  for (;;) {
    const fetched = await client.query<Row>(`fetch ${ROWS_OUT} from copying`);
    if (fetched.rows.length === 0) break;
    insertRows(target, table, fetched);
  }
  await client.query('close copying');
}

export function insertRows(target: Sqlite.Database, table: Table, { rows, fields }: pg.QueryResult<Row>): void {
  const names = fields.map(({ name }) => name);
  const columns = names.map((name) => `"${name}"`);
  const insert = target.prepare(`insert into ${table} (${columns}) values (${names.map(() => '?')})`);
  for (const row of rows) insert.run(...names.map((name) => row[name]));
}

function countersIn(database: Sqlite.Database): { table: string; column: string }[] {
  return database.prepare(COUNTERS).all() as { table: string; column: string }[];
}

async function copyCountersOut(client: pg.Client, target: Sqlite.Database): Promise<void> {
  for (const { table, last } of await givenNumbers(client)) {
    target.prepare('delete from sqlite_sequence where name = ?').run(table);
    target.prepare('insert into sqlite_sequence (name, seq) values (?, ?)').run(table, last);
  }
}

/** The last number that each table that counts its rows has given to one. */
export async function givenNumbers(client: pg.Client): Promise<{ table: string; last: number }[]> {
  const given: { table: string; last: number }[] = [];
  const empty = new Sqlite(await makeEmptyTables());
  const counters = countersIn(empty);
  empty.close();
  for (const { table, column } of counters) {
    const { rows } = await client.query<{ name: string }>(
      `select pg_get_serial_sequence('${table}', '${column}') as name`,
    );
    const { last_value: last, is_called: used } = (
      await client.query<{ last_value: number; is_called: boolean }>(
        `select last_value, is_called from ${rows[0]?.name}`,
      )
    ).rows[0] as { last_value: number; is_called: boolean };
    if (used) given.push({ table, last });
  }
  return given;
}

/**
 * From a SQLite database into an empty PostgreSQL database, in the one transaction of the session: all of it or
 * nothing.
 */
export async function copyIn(fromFile: string, { db, client }: PostgresSession): Promise<CopiedRows> {
  const source = new Sqlite(fromFile, { readonly: true, fileMustExist: true });
  try {
    source.exec('begin');
    await refuseOtherStep(async () => source.prepare(NEWEST_STEP).pluck().get() as number);
    await refuseFilled(db);
    await makeTablesIn(db);
    // The copy is checked before and after, so these triggers need not check each row again; that would take most of
    // the time.
    const ordered = Object.keys(ORDER);
    for (const table of ordered) await client.query(`alter table ${table} disable trigger ${table}_in_order`);
    let rows = 0;
    for (const table of TABLES) rows += await copyTableIn(source, client, table);
    for (const table of ordered) await client.query(`alter table ${table} enable trigger ${table}_in_order`);
    await copyCountersIn(source, db);
    await analyzeWords(db);
    return { rows };
  } finally {
    source.close();
  }
}

/** The tables are made empty: not even the list of migrations has rows. */
async function makeTablesIn(db: Database): Promise<void> {
  const engine = {
    write: <Result>(work: (db: Database) => Promise<Result>) => work(db),
    definitions: postgresDefinitions,
  };
  await migrate(engine, { file: 'PostgreSQL', now: () => new Date().toISOString() });
  await db.deleteFrom('migrations').execute();
}

async function refuseFilled(db: Database): Promise<void> {
  const { rows } = await sql<{ filled: boolean }>`select to_regclass('migrations') is not null as filled`.execute(db);
  if (rows[0]?.filled)
    throw new StoreProblem(
      'There are tables of Front Door in the PostgreSQL database already. Nothing was changed',
      'an empty database',
      'make a new database, and give it in DATABASE_URL',
    );
}

async function copyTableIn(source: Sqlite.Database, client: pg.Client, table: Table): Promise<number> {
  let [batch, count]: [Row[], number] = [[], 0];
  const flush = async () => {
    await copyInto(client, table, batch);
    count += batch.length;
    batch = [];
  };
  for (const row of source.prepare(selectAll(table)).iterate() as Iterable<Row>)
    if (batch.push(row) >= ROWS_IN) await flush();
  await flush();
  return count;
}

/** Copies the rows as SQLite has them. PostgreSQL also keeps the words of the search in a column of its own. */
export function copyInto(client: pg.Client, table: Table, rows: readonly Row[]): Promise<void> {
  if (table !== 'desk_words') return copyRows(client, table, rows);
  const words = rows as unknown as readonly DeskTables['desk_words'][];
  return copyRows(
    client,
    table,
    words.map((row) => ({ ...row, marked: lexemesOf(row) })),
  );
}

async function copyCountersIn(source: Sqlite.Database, db: Database): Promise<void> {
  const last = source.prepare('select seq from sqlite_sequence where name = ?').pluck();
  for (const { table, column } of countersIn(source)) {
    const seq = last.get(table) as number | undefined;
    if (seq !== undefined && seq > 0)
      await sql`select setval(pg_get_serial_sequence(${table}, ${column}), ${seq})`.execute(db);
  }
}
