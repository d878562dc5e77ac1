/** The expected ways in which a request cannot be answered; `errors.ts` makes a page of each. */
export const PROBLEMS = {
  'not found': 404,
  'not allowed': 403,
  'too large': 413,
  'wrong type': 415,
  'cross-site': 403,
  'out of step': 409,
  withdrawn: 409,
} as const;

export type ProblemName = keyof typeof PROBLEMS;

export class WebProblem extends Error {
  readonly problem: ProblemName;
  readonly goOn: GoOn | undefined;

  constructor(problem: ProblemName, goOn?: GoOn) {
    super(problem);
    this.problem = problem;
    this.goOn = goOn;
  }
}

/** Where the person can go on, if there is somewhere nearer than the start. */
export interface GoOn {
  href: string;
  words: string;
}
