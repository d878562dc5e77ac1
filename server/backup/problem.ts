/** A backup cannot be made or used: what came, what was expected, and what to do. */
export class BackupProblem extends Error {
  constructor(found: string, expected: string, todo: string) {
    super(`${found}\n  expected: ${expected}\n  to do:    ${todo}`);
  }
}
