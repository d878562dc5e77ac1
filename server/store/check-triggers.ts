/**
 * The triggers that refuse changes of what is only ever appended. Whoever took one away may have changed lines since, and made the chain fit; so
 * one that is missing or other than this version makes it is a finding of its own. So is a step of the tables that is not one of this version.
 */
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Findings } from '../audit/findings.ts';
import type { Engine } from './engine.ts';
import { migrate } from './migrations.ts';
import type { Tables } from './tables.ts';

type Texts = Map<string, string>;

/** What the steps of `migrations.ts` make in an empty database. */
interface Made {
  triggers: Texts;
  steps: string[];
}

function readTriggers(connection: Sqlite.Database): Texts {
  const rows = connection.prepare(`select name, sql from sqlite_schema where type = 'trigger'`).raw().all();
  return new Map((rows as [string, string][]).map(([name, text]) => [name, text.replace(/\s+/g, ' ')]));
}

function readSteps(connection: Sqlite.Database): string[] {
  return connection.prepare(`select number || ', ' || name from migrations order by number`).pluck().all() as string[];
}

async function makeEmpty(definitions: Engine['definitions']): Promise<Made> {
  const connection = new Sqlite(':memory:');
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) });
  try {
    await migrate({ write: (work) => work(db), definitions }, { file: ':memory:', now: () => '' });
    return { triggers: readTriggers(connection), steps: readSteps(connection) };
  } finally {
    await db.destroy();
  }
}

export async function checkTriggers(
  real: Sqlite.Database,
  definitions: Engine['definitions'],
  findings: Findings,
): Promise<void> {
  const { triggers: due, steps } = await makeEmpty(definitions);
  const [there, done] = [readTriggers(real), readSteps(real)];
  for (const [name, text] of due) if (there.get(name) !== text) findings.add('trigger gone', `trigger ${name}`);
  for (const name of there.keys()) if (!due.has(name)) findings.add('trigger planted', `trigger ${name}`);
  for (const step of steps) if (!done.includes(step)) findings.add('step changed', `step ${step}`);
  for (const step of done) if (!steps.includes(step)) findings.add('step changed', `step ${step}`);
}
