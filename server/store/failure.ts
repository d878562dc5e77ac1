/** The ways in which the database lets the program down. */

/** The database cannot be used now. Nothing of the verb that threw this was acknowledged; it may be tried again. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  /** What the database itself said, such as `SQLITE_FULL`. */
  readonly code: string;

  constructor(code: string, unavailableReason: string, cause?: unknown) {
    super(`${unavailableReason} (${code}). Nothing was saved.`, { cause });
    this.code = code;
  }
}

/** The database cannot be opened: the server must not start. Says what came, what was expected and what to do. */
export class StoreProblem extends Error {
  override readonly name = 'StoreProblem';

  constructor(found: string, expected: string, todo: string, cause?: unknown) {
    super(`${found}\n  expected: ${expected}\n  to do:    ${todo}`, { cause });
  }
}

/** A flow in the database was changed: it is not shown to anybody, since what it advises is nobody's advice. */
export class FlowChanged extends Error {
  override readonly name = 'FlowChanged';

  constructor(version: string) {
    super(
      `The flow that is kept as version ${version} is not the one that this version is a hash of: it was changed in the database. ` +
        'It is not shown. Run "npm run verify", and restore the row from a backup',
    );
  }
}

export function cannotOpen(failure: StoreUnavailable): StoreProblem {
  return new StoreProblem(
    `The database cannot be opened: ${failure.message}`,
    'a SQLite database on a local disk with free space, used by one server',
    'free space, stop the other program, or restore the last backup; then start again',
    failure,
  );
}
