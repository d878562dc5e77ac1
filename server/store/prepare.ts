/** Prepared queries: built and compiled by kysely once, since compiling costs more than running most of them. Afterwards only the values change. */
import type { Compilable, CompiledQuery } from 'kysely';
import type { Database } from './tables.ts';

/** A placeholder for a value that is bound when the query runs. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Runs the compiled query. */
export type Run = (text: string, values: readonly unknown[]) => unknown[] | Promise<unknown[]>;
const runs = new WeakMap<Database, Run>();

/** Implemented by the engine: runs a compiled query with its values. */
export function runBy(db: Database, run: Run): void {
  runs.set(db, run);
}

export type Prepared<Values, Row> = (on: Database, values: Values) => Promise<Row[]>;

export function prepare<Values extends object, Row>(
  db: Database,
  build: (db: Database, value: <Name extends keyof Values & string>(name: Name) => Values[Name]) => Compilable<Row>,
): Prepared<Values, Row> {
  // At its first run, not when the store opens: a start needs few of them.
  let compiled: CompiledQuery<Row> | undefined;
  return async (on, values) => {
    compiled ??= build(db, (name) => new Slot(name) as never).compile() as CompiledQuery<Row>;
    const parameters = compiled.parameters.map((item) =>
      item instanceof Slot ? values[item.name as keyof Values] : item,
    );
    const run = runs.get(on);
    if (run !== undefined) return run(compiled.sql, parameters) as Row[] | Promise<Row[]>;
    return (await on.executeQuery<Row>({ ...compiled, parameters })).rows;
  };
}
