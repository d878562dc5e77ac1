/** A step, met on one way to it. */
import type { Step } from '../flow.ts';
import type { Formula } from './diagram.ts';
import type { Read } from './reads.ts';

/** A step, met on one way to it: a flow that is called twice is met twice. */
export interface Visit {
  part: string;
  step: Step;
  /** Those who come to its `when`; of them and all others, those for whom it holds; those who take the step, jumped to or not. */
  here: Formula;
  meets: Formula;
  taken: Formula;
  /** Where those who took it go: to the next step, or to the one that "I don't know" leads to. The others leave the flow here. */
  on: Formula;
  jumps: Formula;
  reads: Read[];
  /** The same flow's steps above it, as they were met on this way. */
  above: readonly Visit[];
}
