/**
 * Statements of one SQLite connection. Each is prepared once, for kysely and for the prepared queries of `prepare.ts`.
 */
import type Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { type RunQuery, runBy } from './prepare.ts';
import type { Database, Tables } from './tables.ts';

export interface ConnectedDatabase {
  db: Database;
  run: RunQuery;
  /** Whether the statement changes nothing. */
  onlyReads(text: string): boolean;
}

export function createConnected(connection: Sqlite.Database): ConnectedDatabase {
  const prepareOnce = keepStatements((text) => connection.prepare(text));
  const database = { prepare: prepareOnce as never, close: () => {} };
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  const runOnce = keepStatements((text) => createRunner(connection.prepare(text)));
  const run: RunQuery = (text, values) => runOnce(text).run(values);
  runBy(db, run);
  return { db, run, onlyReads: (text) => runOnce(text).onlyReads };
}

/**
 * Lets the writing connection run prepared queries of the reading one while no transaction is open. After every commit,
 * the reading connection drops all its cached pages, while the writing one knows what it changed itself. The reading
 * connection still refuses statements that would change something.
 */
export function readWhereKnown(reading: ConnectedDatabase, writing: ConnectedDatabase, isOpen: () => boolean): void {
  runBy(reading.db, (text, values) => (isOpen() || !writing.onlyReads(text) ? reading : writing).run(text, values));
}

function keepStatements<Kept>(make: (text: string) => Kept): (text: string) => Kept {
  const kept = new Map<string, Kept>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    kept.set(text, made);
    return made;
  };
}

interface Runner {
  onlyReads: boolean;
  run(values: readonly unknown[]): unknown[];
}

/**
 * Rows are fetched as arrays and turned into objects here, because better-sqlite3 would set each property from outside
 * V8, which is slower.
 */
function createRunner(statement: Sqlite.Statement): Runner {
  const { readonly: onlyReads } = statement;
  if (!statement.reader)
    return {
      onlyReads,
      run(values) {
        statement.run(...values);
        return [];
      },
    };
  const names = statement.columns().map(({ name }) => name);
  statement.raw(true);
  return { onlyReads, run: (values) => (statement.all(...values) as unknown[][]).map((row) => toObject(names, row)) };
}

function toObject(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let index = 0; index < names.length; index++) row[names[index] as string] = values[index];
  return row;
}
