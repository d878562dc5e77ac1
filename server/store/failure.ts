/** Failures of the database. */

/** The database cannot be used now. The call that threw this has saved nothing and can be repeated. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  /** What the database itself said, such as `SQLITE_FULL`. */
  readonly code: string;

  constructor(code: string, unavailableReason: string, cause?: unknown) {
    super(`${unavailableReason} (${code}). Nothing was saved.`, { cause });
    this.code = code;
  }
}

/** The database cannot be opened, and the server must not start. The message says what came, what was expected and what to do. */
export class StoreProblem extends Error {
  override readonly name = 'StoreProblem';

  constructor(found: string, expected: string, todo: string, cause?: unknown) {
    super(`${found}\n  expected: ${expected}\n  to do:    ${todo}`, { cause });
  }
}

/** A flow in the database was tampered with. It is shown to nobody, since nobody has approved what it advises. */
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
