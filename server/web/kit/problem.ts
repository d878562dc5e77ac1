/** A request that cannot be answered for a known reason. `site/errors.ts` turns it into the page for that problem. */
import type { ProblemKind } from '../../../views/site/problems.ts';

export class WebProblem extends Error {
  readonly problem: ProblemKind;
  readonly goOn: NextPage | undefined;
  /** What happened, if it is known more exactly than by the kind. */
  readonly happened: string | undefined;

  constructor(problem: ProblemKind, goOn?: NextPage, happened?: string) {
    super(problem);
    this.problem = problem;
    this.goOn = goOn;
    this.happened = happened;
  }
}

/** The target exists, but the person may not reach it. They are told the same as if it did not exist. */
export class OutOfReach extends WebProblem {
  constructor() {
    super('not found');
  }
}

/** Where the person can continue, if that is nearer than the start page. */
export interface NextPage {
  href: string;
  words: string;
}
