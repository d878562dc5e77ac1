/** The expected ways in which a request cannot be answered; `errors.ts` makes a page of each. */
export const PROBLEMS = {
  'not found': 404,
  'not allowed': 403,
  'too large': 413,
  'wrong type': 415,
  'cross-site': 403,
  'out of step': 409,
} as const;

export type ProblemName = keyof typeof PROBLEMS;

export class WebProblem extends Error {
  readonly problem: ProblemName;

  constructor(problem: ProblemName) {
    super(problem);
    this.problem = problem;
  }
}
