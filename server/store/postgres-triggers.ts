/**
 * What of PostgreSQL is checked in the database itself, and not in a copy. Compares its triggers, tables and indexes
 * with those that this version's migrations create in an empty
 * schema, which is then rolled back. `check-triggers.ts` does the same for SQLite.
 */
import type pg from 'pg';
import type { Findings } from '../audit/findings.ts';
import { compareShapes, type SchemaShapes, type SqlByName } from './compare-shapes.ts';
import { migrate } from './migrations.ts';
import { placeOf } from './postgres.ts';
import { asUnavailable } from './postgres-failure.ts';
import { isNoting, makeNoting } from './postgres-noted.ts';
import { openSession, type PostgresSession } from './postgres-session.ts';
import { postgresDefinitions } from './postgres-sql.ts';
import { checkWordList } from './postgres-word-list.ts';

const PATIENCE_MS = 10_000;
/** With the text of its function, and whether it is enabled. */
const TRIGGERS = `select tgname as name, concat_ws(' ', tgenabled, pg_get_triggerdef(pg_trigger.oid, true), prosrc) as text from pg_trigger
  join pg_class on pg_class.oid = tgrelid join pg_proc on pg_proc.oid = tgfoid
  where not tgisinternal and relnamespace = current_schema()::regnamespace`;

/**
 * Tables with their columns, indexes, views, and what can hide rows (rules and row policies). `commit_marks` belongs to
 * the writer.
 */
const SHAPES = `select case relkind when 'i' then 'index ' when 'v' then 'view ' else 'table ' end || relname as name,
    concat_ws(' ', relkind, relrowsecurity, relforcerowsecurity, case when relkind = 'i' then pg_get_indexdef(oid, 0, true) end,
      case when relkind <> 'i' then (select string_agg(attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull, ', ' order by attname)
        from pg_attribute where attrelid = pg_class.oid and attnum > 0 and not attisdropped) end) as text
    from pg_class where relnamespace = current_schema()::regnamespace and relname not in ('commit_marks', 'commit_marks_pkey') and relkind in ('r', 'p', 'v', 'm', 'f', 'i')
  union all select 'rule ' || rulename || ' on ' || tablename, '' from pg_rules where schemaname = current_schema() and rulename <> '_RETURN'
  union all select 'policy ' || policyname || ' on ' || tablename, '' from pg_policies where schemaname = current_schema()`;

export function checkPostgresTriggers(url: string, findings: Findings): Promise<void> {
  return withSession(url, async ({ client, db }) => {
    const [there, notes] = [await readShapes(client), await isNoting(client)];
    await client.query('begin; create schema front_door_check; set local search_path = front_door_check');
    const made = { write: (work: (on: typeof db) => Promise<unknown>) => work(db), definitions: postgresDefinitions };
    await migrate(made as Parameters<typeof migrate>[0], { file: placeOf(url), now: () => '' });
    // Where increments are made of the database, all that notes changes has to be there, too.
    if (notes) await makeNoting(client);
    const due = await readShapes(client);
    await client.query('rollback');
    compareShapes(there, due, findings);
  });
}

/** Whether the list of words is that of the words of the search: it is in PostgreSQL alone. */
export function checkPostgresWords(url: string, findings: Findings): Promise<void> {
  return withSession(url, ({ client }) => checkWordList(client, findings));
}

async function withSession(url: string, work: (session: PostgresSession) => Promise<void>): Promise<void> {
  try {
    const session = await openSession({ url, patienceMs: PATIENCE_MS });
    try {
      await work(session);
    } finally {
      await session.client.end();
    }
  } catch (error) {
    throw asUnavailable(placeOf(url), error);
  }
}

async function readShapes(client: pg.Client): Promise<SchemaShapes> {
  return { triggers: await readTexts(client, TRIGGERS), shapes: await readTexts(client, SHAPES) };
}

async function readTexts(client: pg.Client, query: string): Promise<SqlByName> {
  const { rows } = await client.query<{ name: string; text: string }>(query);
  return new Map(rows.map(({ name, text }) => [name, text.replace(/\s+/g, ' ')]));
}
