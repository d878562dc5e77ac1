/**
 * Caches the results that were described last. A consultation's result is needed again and again: for its page, the
 * telephone sheet, the record, the files and the desk. The same answers in the same version give the same result on the
 * same day, so all of them share one object, and what pages show of it is rendered once. The cache contains nobody's
 * words and nothing that identifies a consultation. The public's conversations leave no trace and are not cached.
 */
import type { Flow } from '../flow/flow.ts';
import { rulesOf } from '../flow/question-types/question-types.ts';
import type { Answers } from '../flow/walk/answer.ts';
import { readStored } from '../flow/walk/answer-read.ts';
import type { Position } from '../flow/walk/walk.ts';
import { describeResult, type Result } from './result.ts';

/** For all flows together. */
const MOST_KEPT = 40;

export type ResultKeeper = typeof describeResult;

/** Describes results and keeps the newest. `position` has to be where the answers lead in the flow. */
export function createResultKeeper(): ResultKeeper {
  const kept = new Map<string, { flow: Flow; result: Result }>();
  return (reached, days) => {
    const key = keyOf(reached, [days.opened, days.today]);
    const known = kept.get(key);
    const result = known?.flow === reached.flow ? known.result : describeResult(reached, days);
    // Moved to the end, so that the result that nobody has asked for longest is dropped first.
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
    // For a text or a date, the result depends only on whether it was given and is still valid.
    return rulesOf(question).decides ? [id, answer] : [id, readStored(question, answer)?.fact.unknown ?? null];
  });
  return JSON.stringify([flow.area.id, flow.id, days, told]);
}
