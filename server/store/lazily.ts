/** Rows of a statement, one by one. */
import type Sqlite from 'better-sqlite3';

/** Begins to read when it is asked: a connection that still reads cannot be closed. */
export function* lazily<Row>(statement: Sqlite.Statement, ...values: unknown[]): Generator<Row> {
  yield* statement.iterate(...values) as Iterable<Row>;
}
