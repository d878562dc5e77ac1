/** A backup cannot be made or used. The message says what was found, what was expected, and what to do. */
export class BackupProblem extends Error {
  constructor(found: string, expected: string, todo: string) {
    super(`${found}\n  expected: ${expected}\n  to do:    ${todo}`);
  }
}

/** An error of the operating system, such as a disk that is full. */
export function isOfTheDisk(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && /^E[A-Z0-9]+$/.test(String(error.code)) && 'syscall' in error;
}
