/**
 * Which rows of a PostgreSQL database were changed or deleted since the last backup, as `changed-rows.ts` has it for
 * SQLite. Triggers note the key of each row, in the transaction that changes it, whichever program that is. Only
 * databases of which increments are made have these triggers. No note holds a name: it would outlive an erasure.
 *
 * New rows of tables whose rows are counted and only appended need no note: their numbers are above the highest one in
 * the last backup. The next backup is a whole one if a migration ran since, or if one of the triggers was dropped, made
 * anew or switched off.
 */
import type pg from 'pg';
import type { BackupPosition } from './backing-up.ts';
import { APPENDED, type NotedTable, notedTables, quoted } from './noted-tables.ts';

const NOTES = 'changed_rows';
const POSITION = 'backup_position';

const MAKE_TABLES = `
  create table if not exists ${NOTES} (seq bigint generated always as identity primary key,
    "table" text not null, key text not null, writer xid8 not null default pg_current_xact_id());
  create table if not exists ${POSITION} (id bigint primary key check (id = 1), state text not null, newest text not null,
    increments bigint not null, marks text not null)`;

/** Statements that make what notes the changes of one table. They can be repeated. */
function notingOf({ table, key }: NotedTable): string[] {
  const note = (from: string) =>
    `insert into ${NOTES} ("table", key) select '${table}', json_build_array(${key.map(quoted)})::text from ${from}`;
  const events: [event: string, rows: string, body: string][] = [
    ['delete', 'old table as gone', note('gone')],
    [
      'update',
      'old table as gone new table as come',
      `${note('gone')} union ${note('come').replace(/^.*? select/, 'select')}`,
    ],
  ];
  if (APPENDED[table] === undefined) events.push(['insert', 'new table as come', note('come')]);
  return events.flatMap(([event, rows, body]) => [
    `create or replace function ${table}_note_${event}() returns trigger language plpgsql as $$ begin ${body}; return null; end $$`,
    `create or replace trigger ${table}_${event}_noted after ${event} on ${table} referencing ${rows} for each statement execute function ${table}_note_${event}()`,
  ]);
}

/** In a transaction of its own, while nobody writes. */
export async function makeNoting(client: pg.Client): Promise<void> {
  await client.query(MAKE_TABLES);
  for (const table of await notedTables()) await client.query(notingOf(table).join('; '));
}

const IS_NOTING = `select to_regclass('${POSITION}') is not null as noting`;

export async function isNoting(client: pg.Client): Promise<boolean> {
  return (await client.query<{ noting: boolean }>(IS_NOTING)).rows[0]?.noting === true;
}

/** Changes whenever a trigger is dropped, made, switched off or on, or a migration has run. */
const STATE = `select concat_ws(' ', (select max(number) from migrations), count(*),
    md5(string_agg(concat_ws(' ', pg_trigger.oid, pg_trigger.xmin, tgenabled), ',' order by pg_trigger.oid))) as state
  from pg_trigger join pg_class on pg_class.oid = tgrelid
  where relnamespace = current_schema()::regnamespace and tgname like '%\\_noted'`;

/** Where the tables stand in the transaction that reads them. */
export interface PostgresStateAtBackup {
  state: string;
  /** Table → its highest number, of tables that are only appended. */
  marks: Record<string, number>;
  /** Which transactions had ended: what they noted is in the backup. */
  seen: string;
}

export async function readNoted(client: pg.Client): Promise<PostgresStateAtBackup> {
  const [found] = (
    await client.query<{ state: string; seen: string }>(
      `select state, pg_current_snapshot()::text as seen from (${STATE}) as stands`,
    )
  ).rows;
  const marks: Record<string, number> = {};
  for (const [table, column] of Object.entries(APPENDED)) {
    const { rows } = await client.query<{ last: number }>(`select coalesce(max(${column}), 0) as last from ${table}`);
    marks[table] = rows[0]?.last ?? 0;
  }
  return { state: found?.state ?? '', seen: found?.seen ?? '', marks };
}

/** Table → the keys of its rows that are noted, each an array in JSON. */
export async function readTouched(client: pg.Client): Promise<Map<string, string[]>> {
  const touched = new Map<string, string[]>();
  const { rows } = await client.query<{ table: string; key: string }>(`select distinct "table", key from ${NOTES}`);
  for (const { table, key } of rows) {
    const keys = touched.get(table) ?? [];
    keys.push(key);
    touched.set(table, keys);
  }
  return touched;
}

/** Undefined if the next backup has to be a whole one. */
export async function readPosition(
  client: pg.Client,
): Promise<(BackupPosition & Pick<PostgresStateAtBackup, 'marks'>) | undefined> {
  if (!(await isNoting(client))) return undefined;
  const { rows } = await client.query<BackupPosition & { state: string; marks: string }>(`select * from ${POSITION}`);
  const [row] = rows;
  if (row === undefined || row.state !== (await readNoted(client)).state) return undefined;
  return { newest: row.newest, increments: row.increments, marks: JSON.parse(row.marks) };
}

/** After a backup is on the disk, what it contains need not be noted any more. */
export async function acknowledgePostgresBackup(
  client: pg.Client,
  noted: PostgresStateAtBackup,
  { newest, increments }: BackupPosition,
): Promise<void> {
  await client.query(`delete from ${NOTES} where pg_visible_in_snapshot(writer, $1::pg_snapshot)`, [noted.seen]);
  await client.query(
    `insert into ${POSITION} values (1, $1, $2, $3, $4) on conflict (id) do update
      set state = excluded.state, newest = excluded.newest, increments = excluded.increments, marks = excluded.marks`,
    [noted.state, newest, increments, JSON.stringify(noted.marks)],
  );
}
