/**
 * Every interview of a flow at once. An interview is settled by one answer to every question, asked or not, since a question is asked once
 * and nothing goes back up. So the ladder is gone down once, and for every step one formula says under which answers it is taken: the
 * same as `walk`, with formulas in the place of yes and no. Where paths meet again their formulas are joined, so their number does not matter.
 */
import { type Condition, type Flow, getPart, type Step } from '../flow.ts';
import { Descent } from './descent.ts';
import { ALWAYS, type Diagrams, type Formula, NODE_LIMIT, TooLarge } from './diagram.ts';
import type { Known } from './known.ts';
import type { Read } from './reads.ts';
import type { Unsettled } from './settled.ts';

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

export interface Interview {
  flow: Flow;
  diagrams: Diagrams;
  known: Known;
  visits: Visit[];
  unsettled: Unsettled[];
  /** Those who come to an end, and those who fall off the last step. */
  ended: Formula;
  fallsOff: Formula;
}

/** `conditions`: those of the rules, whose thresholds count too. Throws TooLarge when the proof has to be given up. */
export function runInterview(flow: Flow, conditions: readonly Condition[], limit: number = NODE_LIMIT): Interview {
  const descent = new Descent(flow, conditions, limit);
  try {
    const fallsOff = descent.runPart(getPart(flow, flow.id), ALWAYS);
    const { diagrams, known, visits, unsettled } = descent;
    for (const { step, taken } of visits) if (step.kind === 'advise') known.settleAdvice(step, taken);
    return { flow, diagrams, known, visits, unsettled, ended: diagrams.not(fallsOff), fallsOff };
  } catch (error) {
    const last = descent.visits.at(-1);
    if (error instanceof TooLarge)
      throw new TooLarge(`${error.message}, at step "${last?.step.id}" of flow "${last?.part}"`);
    throw error;
  }
}
