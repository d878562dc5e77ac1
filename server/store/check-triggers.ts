/**
 * Checks the triggers that keep append-only tables unchanged. Somebody who removed one may have changed lines and
 * recomputed the chain, so a trigger that is missing or differs from this version's is reported. The same goes for a
 * migration that this version does not have, and for any other table, index or view: a view in place of a table can
 * show anything, and an index can leave rows out.
 */
import Sqlite from 'better-sqlite3';
import type { Findings } from '../audit/findings.ts';
import { isNoting, madeForNoting } from './changed-rows.ts';
import { compareShapes } from './compare-shapes.ts';
import { makeEmptyTables } from './empty-tables.ts';

type Texts = Map<string, string>;

/** What the migrations create in an empty database. */
interface Made {
  triggers: Texts;
  shapes: Texts;
  steps: string[];
}

function readTriggers(connection: Sqlite.Database): Texts {
  const rows = connection.prepare(`select name, sql from sqlite_schema where type = 'trigger'`).raw().all();
  return new Map((rows as [string, string][]).map(([name, text]) => [name, text.replace(/\s+/g, ' ')]));
}

/** Tables, indexes and views. SQLite's internal ones have no SQL, or only hold statistics for its query planner. */
const SHAPES = `select type || ' ' || name, sql from sqlite_schema
  where type <> 'trigger' and sql is not null and name not like 'sqlite\\_%' escape '\\'`;

/** Spaces and quotes differ between the SQLite versions that altered a table. */
const bare = (text: string) => text.replace(/[\s"]+/g, '');

function readShapes(connection: Sqlite.Database): Texts {
  const rows = connection.prepare(SHAPES).raw().all() as [string, string][];
  return new Map(rows.map(([name, text]) => [name, bare(text)]));
}

/** Where incremental backups are made, everything that records changes has to exist as well: see `changed-rows.ts`. */
function addForNoting(real: Sqlite.Database, { triggers, shapes }: Made): void {
  if (!isNoting(real)) return;
  const made = madeForNoting(real);
  for (const [name, text] of made.triggers) triggers.set(name, text.replace(/\s+/g, ' '));
  for (const [name, text] of made.tables) shapes.set(`table ${name}`, bare(text));
}

function readSteps(connection: Sqlite.Database): string[] {
  return connection.prepare(`select number || ', ' || name from migrations order by number`).pluck().all() as string[];
}

async function readMade(): Promise<Made> {
  const connection = new Sqlite(await makeEmptyTables());
  try {
    return { triggers: readTriggers(connection), shapes: readShapes(connection), steps: readSteps(connection) };
  } finally {
    connection.close();
  }
}

export async function checkTriggers(real: Sqlite.Database, findings: Findings): Promise<void> {
  const made = await readMade();
  addForNoting(real, made);
  compareShapes({ triggers: readTriggers(real), shapes: readShapes(real) }, made, findings);
  const [steps, done] = [made.steps, readSteps(real)];
  for (const step of steps) if (!done.includes(step)) findings.add('step changed', `step ${step}`);
  for (const step of done) if (!steps.includes(step)) findings.add('step changed', `step ${step}`);
}

const MOST_FAULTS = 20;

/**
 * Whether the file is internally consistent: finds a damaged page, and an index or full text that lacks or invents rows
 * of its table.
 */
export function checkWhole(real: Sqlite.Database, findings: Findings): void {
  const faults = real.pragma(`integrity_check(${MOST_FAULTS})`) as { integrity_check: string }[];
  for (const { integrity_check: fault } of faults) if (fault !== 'ok') findings.add('file damaged', fault);
}
