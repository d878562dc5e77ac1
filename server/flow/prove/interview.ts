/**
 * Every interview of a flow at once. An interview is settled by one answer to every question, asked or not, since a question is asked once
 * and nothing goes back up. So the ladder is gone down once, and for every step one formula says under which answers it is taken: the
 * same as `walk`, with formulas in the place of yes and no. Where paths meet again their formulas are joined, so their number does not matter.
 */
import { type Condition, type Flow, getPart } from '../flow.ts';
import { Descent } from './descent.ts';
import { ALWAYS, type Diagrams, type Formula, NODE_LIMIT, TooLarge } from './diagram.ts';
import type { Known } from './known.ts';
import { type SaidLine, settleLines } from './lines.ts';
import type { Unsettled } from './settled.ts';
import type { Visit } from './visit.ts';

export interface Interview {
  flow: Flow;
  diagrams: Diagrams;
  known: Known;
  visits: Visit[];
  /** Everything that can be said at the end, and under which answers it is. */
  lines: SaidLine[];
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
