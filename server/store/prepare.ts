/**
 * Prepared queries. kysely builds and compiles each once, since compiling costs more than running most of them;
 * afterwards only the values change.
 */
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
export type RunQuery = (text: string, values: readonly unknown[]) => unknown[] | Promise<unknown[]>;

const RUN = Symbol('run');
type Runs = Database & { [RUN]?: RunQuery };

/** Implemented by the engine: runs a compiled query with its values. */
export function runBy(db: Database, run: RunQuery): void {
  (db as Runs)[RUN] = run;
}

export type PreparedQuery<Values, Row> = (on: Database, values: Values) => Promise<Row[]>;

export function prepare<Values extends object, Row>(
  db: Database,
  build: (db: Database, value: <Name extends keyof Values & string>(name: Name) => Values[Name]) => Compilable<Row>,
): PreparedQuery<Values, Row> {
  // Compiled at its first run, because a start needs only few of the queries.
  let compiled: CompiledQuery<Row> | undefined;
  let bind: (values: Values) => unknown[] = () => [];
  return async (on, values) => {
    if (compiled === undefined) {
      compiled = build(db, (name) => new Slot(name) as never).compile() as CompiledQuery<Row>;
      bind = createBinder(compiled.parameters);
    }
    const parameters = bind(values);
    const run = (on as Runs)[RUN];
    if (run !== undefined) return run(compiled.sql, parameters) as Row[] | Promise<Row[]>;
    return (await on.executeQuery<Row>({ ...compiled, parameters })).rows;
  };
}

/** Returns a function that puts the values into their slots. */
function createBinder<Values extends object>(parameters: readonly unknown[]): (values: Values) => unknown[] {
  const names = parameters.map((item) => (item instanceof Slot ? (item.name as keyof Values) : undefined));
  return (values) => {
    const bound = parameters.slice();
    for (let index = 0; index < names.length; index++) {
      const name = names[index];
      if (name !== undefined) bound[index] = values[name];
    }
    return bound;
  };
}
