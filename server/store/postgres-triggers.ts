/**
 * The triggers of PostgreSQL that refuse changes, as `check-triggers.ts` does it for SQLite: compared with those that the steps of this version make
 * in an empty schema, which is undone.
 */
import type pg from 'pg';
import type { Findings } from '../audit/findings.ts';
import { migrate } from './migrations.ts';
import { placeOf } from './postgres.ts';
import { asUnavailable } from './postgres-failure.ts';
import { openSession } from './postgres-session.ts';
import { postgresDefinitions } from './postgres-sql.ts';

const PATIENCE_MS = 10_000;
/** With the text of its function, and whether it is switched on. */
const TRIGGERS = `select tgname as name, concat_ws(' ', tgenabled, pg_get_triggerdef(pg_trigger.oid, true), prosrc) as text from pg_trigger
  join pg_class on pg_class.oid = tgrelid join pg_proc on pg_proc.oid = tgfoid
  where not tgisinternal and relnamespace = current_schema()::regnamespace`;

type Texts = Map<string, string>;

export async function checkPostgresTriggers(url: string, findings: Findings): Promise<void> {
  try {
    const { client, db } = await openSession({ url, patienceMs: PATIENCE_MS });
    try {
      const there = await readTriggers(client);
      await client.query('begin; create schema front_door_check; set local search_path = front_door_check');
      const made = { write: (work: (on: typeof db) => Promise<unknown>) => work(db), definitions: postgresDefinitions };
      await migrate(made as Parameters<typeof migrate>[0], { file: placeOf(url), now: () => '' });
      const due = await readTriggers(client);
      await client.query('rollback');
      for (const [name, text] of due) if (there.get(name) !== text) findings.add('trigger gone', `trigger ${name}`);
      for (const name of there.keys()) if (!due.has(name)) findings.add('trigger planted', `trigger ${name}`);
    } finally {
      await client.end();
    }
  } catch (error) {
    throw asUnavailable(placeOf(url), error);
  }
}

async function readTriggers(client: pg.Client): Promise<Texts> {
  const { rows } = await client.query<{ name: string; text: string }>(TRIGGERS);
  return new Map(rows.map(({ name, text }) => [name, text.replace(/\s+/g, ' ')]));
}
