/** Failures of the database. */

interface More {
  outcome?: string | undefined;
  todo?: string | undefined;
}

/** The database cannot be used now. The call that threw this has saved nothing and can be repeated. */
export class StoreUnavailable extends Error {
  override readonly name: string = 'StoreUnavailable';
  /** The database's own code, such as `SQLITE_FULL`. */
  readonly code: string;
  /** What an operator can do about this failure, if more is known than about any failure of the database. */
  readonly todo: string | undefined;

  constructor(
    code: string,
    unavailableReason: string,
    cause?: unknown,
    { outcome = 'Nothing was saved.', todo }: More = {},
  ) {
    super(`${unavailableReason} (${code}). ${outcome}`, { cause });
    this.code = code;
    this.todo = todo;
  }
}

/**
 * The connection was lost during a commit, and the database could not be asked afterwards: the data may or may not be
 * saved.
 */
export class OutcomeUnknown extends StoreUnavailable {
  override readonly name = 'OutcomeUnknown';

  constructor(code: string, unavailableReason: string, cause?: unknown) {
    super(code, unavailableReason, cause, { outcome: 'It is not known whether it was saved.' });
  }
}

/**
 * The database cannot be opened, and the server must not start. The message says what was found, what was expected and
 * what to do.
 */
export class StoreProblem extends Error {
  override readonly name = 'StoreProblem';
  readonly found: string;
  readonly todo: string;

  constructor(found: string, expected: string, todo: string, cause?: unknown) {
    super(`${found}\n  expected: ${expected}\n  to do:    ${todo}`, { cause });
    this.found = found;
    this.todo = todo;
  }
}

/** Somebody has changed a flow in the database. It is shown to nobody, because nobody has approved its advice. */
export class FlowChanged extends Error {
  override readonly name = 'FlowChanged';

  constructor(version: string) {
    super(
      `The flow that is kept as version ${version} is not the one that this version is a hash of: it was changed in the database. ` +
        'It is not shown. Run "npm run verify", and restore the row from a backup',
    );
  }
}

/** A newer server has migrated the database while this one was running. */
export function newerTables(place: string, done: number, newest: number): StoreUnavailable {
  return new StoreUnavailable(
    'newer',
    `A newer Front Door has brought the tables of ${place} to step ${done}, and this one knows ${newest}: install the newer version here too`,
  );
}

const ON_DISK = [
  'a SQLite database on a local disk with free space, used by one server',
  'free space, stop the other program, or restore the last backup; then start again',
] as const;
const ON_SERVER = [
  'a PostgreSQL server that runs, can be reached, and lets this program in',
  'look at the log of that server, and at DATABASE_URL; then try again',
] as const;

/** What came, what was expected, and what to do. */
export function describeUnavailable(failure: StoreUnavailable): string {
  return asProblem(failure, failure.message).message;
}

export function cannotOpen(failure: StoreUnavailable): StoreProblem {
  return asProblem(failure, `The database cannot be opened: ${failure.message}`);
}

function asProblem(failure: StoreUnavailable, found: string): StoreProblem {
  const [expected, todo] = failure.code.startsWith('SQLITE_') ? ON_DISK : ON_SERVER;
  return new StoreProblem(found, expected, failure.todo ?? todo, failure);
}
