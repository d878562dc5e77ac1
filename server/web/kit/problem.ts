/** A request that cannot be answered, for a reason that is known: `site/errors.ts` makes the page of that problem of it. */
import type { ProblemKind } from '../../../views/site/problems.ts';

export class WebProblem extends Error {
  readonly problem: ProblemKind;
  readonly goOn: GoOn | undefined;

  constructor(problem: ProblemKind, goOn?: GoOn) {
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
