/** A request that cannot be answered, for a reason that is known: `site/errors.ts` makes the page of that problem of it. */
import type { ProblemKind } from '../../../views/site/problems.ts';

export class WebProblem extends Error {
  readonly problem: ProblemKind;
  readonly goOn: GoOn | undefined;
  /** What happened, where that is known more closely than by its kind. */
  readonly happened: string | undefined;

  constructor(problem: ProblemKind, goOn?: GoOn, happened?: string) {
    super(problem);
    this.problem = problem;
    this.goOn = goOn;
    this.happened = happened;
  }
}

/** Something is there, and the person may not reach it. They are told what they would be told if it were not there. */
export class OutOfReach extends WebProblem {
  constructor() {
    super('not found');
  }
}

/** Where the person can go on, if there is somewhere nearer than the start. */
export interface GoOn {
  href: string;
  words: string;
}
