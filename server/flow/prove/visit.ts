import type { Step } from '../flow.ts';
import type { Formula } from './diagram.ts';
import type { Read } from './reads.ts';

/** One visit to a step. A flow that is called twice has two visits to each of its steps. */
export interface Visit {
  part: string;
  step: Step;
  /** The interviews that reach the step without a jump to it. */
  here: Formula;
  /** The interviews for which its `when` holds; only meaningful within `here`. */
  meets: Formula;
  /** The interviews that take the step, including by a jump to it. */
  taken: Formula;
  /** The interviews that took it and go on to the next step. Those neither here nor in `jumps` leave the flow. */
  on: Formula;
  /** The interviews that took it and jump from it because of "I don't know". */
  jumps: Formula;
  reads: Read[];
  /** Earlier visits to the steps above, in the same call of the flow. */
  above: readonly Visit[];
}
