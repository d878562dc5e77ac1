/** Statements of one SQLite connection: each is prepared once, for kysely and for the prepared queries of `prepare.ts`. */
import type Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { type Run, runBy } from './prepare.ts';
import type { Database, Tables } from './tables.ts';

export interface Connected {
  db: Database;
  run: Run;
  /** Whether the statement changes nothing. */
  onlyReads(text: string): boolean;
}

export function createConnected(connection: Sqlite.Database): Connected {
  const prepareOnce = keepStatements((text) => connection.prepare(text));
  const database = { prepare: prepareOnce as never, close: () => {} };
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  const runOnce = keepStatements((text) => createRunner(connection.prepare(text)));
  const run: Run = (text, values) => runOnce(text).run(values);
  runBy(db, run);
  return { db, run, onlyReads: (text) => runOnce(text).onlyReads };
}

/**
 * Has prepared queries of the reading connection run by the writing one while that has no transaction open: whenever something is committed, the
 * reading one forgets every page that it has read, and the writing one knows what it has changed itself. A statement that would change
 * something is refused by the reading one as before.
 */
export function readWhereKnown(reading: Connected, writing: Connected, isOpen: () => boolean): void {
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

/** Rows come as lists of values and become objects here: better-sqlite3 would set each property of each row from outside of V8. */
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
