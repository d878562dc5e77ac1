/**
 * What the engine's tests use of vitest and no more, so that a test file can be loaded again within a few milliseconds.
 * Anything else that a test asks for is missing, which stops the first run. That run also shows that vitest's tests are
 * the same here, because all have to pass.
 */
export { expect } from 'vitest';

export type Run = (...given: unknown[]) => unknown;

let runs: (() => unknown)[] = [];
let last: Run[] = [];

/** Collects the tests that a file declares while it loads, and its clean-up functions. */
export function collect(read: () => void): { runs: (() => unknown)[]; last: Run[] } {
  runs = [];
  last = [];
  read();
  return { runs, last };
}

export const describe = Object.assign(describeOne, { each: each(describeOne) });
export const it = Object.assign(itOne, { each: each(itOne) });
export const test = it;

export function afterAll(body: Run): void {
  last.push(body);
}

/** Options, such as a timeout, come before the body. */
type Settings = [body: Run] | [settings: object, body: Run];

function describeOne(_title: string, ...given: Settings): void {
  (given.at(-1) as Run)();
}

function itOne(_title: string, ...given: Settings): void {
  const body = given.at(-1) as Run;
  runs.push(() => body());
}

function each(declare: (title: string, body: Run) => void) {
  return (rows: readonly unknown[]) => (title: string, body: Run) => {
    for (const row of rows) declare(title, () => (Array.isArray(row) ? body(...row) : body(row)));
  };
}
