/**
 * Results that were described lately. A consultation's result is asked for again and again: by its page, the sheet for the telephone, the record,
 * the files and the desk. The same answers in the same version come to the same result on the same day, so it is one object for all of them, and
 * what pages show of it is rendered once. It holds nobody's words and nothing that names a consultation. The public's conversations leave no
 * trace, and are not among them.
 */
import type { Flow } from '../flow/flow.ts';
import { rulesOf } from '../flow/question-types/question-types.ts';
import type { Answers } from '../flow/walk/answer.ts';
import { readStored } from '../flow/walk/answer-read.ts';
import type { Position } from '../flow/walk/walk.ts';
import { describeResult, type Result } from './result.ts';

/** Of all flows together. */
const MOST_KEPT = 40;

export type ResultKeeper = typeof describeResult;

/** Describes results and keeps the newest. `position` must be where the answers lead in the flow. */
export function createResultKeeper(): ResultKeeper {
  const kept = new Map<string, { flow: Flow; result: Result }>();
  return (reached, days) => {
    const key = keyOf(reached, [days.opened, days.today]);
    const known = kept.get(key);
    const result = known?.flow === reached.flow ? known.result : describeResult(reached, days);
    // Moved to the end: what nobody has asked for longest goes first.
    kept.delete(key);
    kept.set(key, { flow: reached.flow, result });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return result;
  };
}

function keyOf({ flow, answers }: { flow: Flow; position: Position; answers: Answers }, days: string[]): string {
  const told = Object.entries(answers).map(([id, answer]) => {
    const question = Object.hasOwn(flow.questions, id) ? flow.questions[id] : undefined;
    if (question === undefined) return [id];
    // Of a text or a date it matters only whether it was given, and still fits.
    return rulesOf(question).decides ? [id, answer] : [id, readStored(question, answer)?.fact.unknown ?? null];
  });
  return JSON.stringify([flow.area.id, flow.id, days, told]);
}
