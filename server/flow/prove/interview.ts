/**
 * All interviews of a flow at once. Each question is asked only once and no step leads back up, so one answer to every
 * question, asked or not, determines an interview. The ladder is therefore walked once, as in `walk`, and a formula for
 * each step gives the answers that reach it. Where paths meet again, their formulas are combined, so the number of
 * paths does not matter.
 */
import { type Condition, type Flow, getPart } from '../flow.ts';
import { Descent } from './descent.ts';
import { ALWAYS, type Diagrams, type Formula, NODE_LIMIT, TooLarge } from './diagram.ts';
import type { Known } from './known.ts';
import { type ResultLine, settleLines } from './lines.ts';
import type { Unsettled } from './settled-topics.ts';
import type { Visit } from './visit.ts';

export interface Interview {
  flow: Flow;
  diagrams: Diagrams;
  known: Known;
  visits: Visit[];
  /** Every line that can come out at the end, with the formula for when it does. */
  lines: ResultLine[];
  unsettled: Unsettled[];
  /** The interviews that reach an end. */
  ended: Formula;
  /** The interviews that run off the last step. */
  fallsOff: Formula;
}

/** `conditions` are those of the rules, whose numeric limits matter too. Throws TooLarge if the proof is given up. */
export function runInterview(flow: Flow, conditions: readonly Condition[], limit: number = NODE_LIMIT): Interview {
  const descent = new Descent(flow, conditions, limit);
  try {
    const fallsOff = descent.runPart(getPart(flow, flow.id), ALWAYS);
    const { diagrams, known, visits, unsettled } = descent;
    const ended = diagrams.not(fallsOff);
    const lines = settleLines(flow, known, visits, ended);
    return { flow, diagrams, known, visits, lines, unsettled, ended, fallsOff };
  } catch (error) {
    const last = descent.visits.at(-1);
    if (error instanceof TooLarge)
      throw new TooLarge(`${error.message}, at step "${last?.step.id}" of flow "${last?.part}"`);
    throw error;
  }
}
