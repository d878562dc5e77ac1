/** Rows of a statement, one by one. */
import type Sqlite from 'better-sqlite3';

/** Starts reading at the first row requested, because a connection with an open read cannot be closed. */
export function* iterateRows<Row>(statement: Sqlite.Statement, ...values: unknown[]): Generator<Row> {
  yield* statement.iterate(...values) as Iterable<Row>;
}
