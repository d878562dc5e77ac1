/**
 * Caches the latest walks. Each step of an interview asks twice where answers lead, before and after its own, and the
 * step before has asked for the first of these already. Only answers that decide something (choices and numbers) are
 * cached: they contain nobody's words, and are the same whoever gives them.
 */
import type { Flow, Question } from '../flow.ts';
import { rulesOf } from '../question-types/question-types.ts';
import type { Answer, Answers } from './answer.ts';
import { readStored } from './answer-read.ts';
import { type Position, walk } from './walk.ts';

/** For all flows together. */
const MOST_KEPT = 200;

/** Like `walk`. Callers must not change the position that they get. */
export function createWalkKeeper(): (flow: Flow, answers: Answers) => Position {
  const kept = new Map<string, { flow: Flow; position: Position }>();
  return (flow, answers) => {
    if (!areDeciding(flow, answers)) return walk(flow, answers);
    const key = `${flow.area.id}/${flow.id}/${JSON.stringify(answers)}`;
    const known = kept.get(key);
    const position = known?.flow === flow ? known.position : walk(flow, answers);
    // Moved to the end, so that the walk that nobody has asked for longest is dropped first.
    kept.delete(key);
    kept.set(key, { flow, position });
    const [oldest] = kept.size > MOST_KEPT ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    return position;
  };
}

function areDeciding({ questions }: Flow, answers: Answers): boolean {
  for (const id in answers) {
    const question = Object.hasOwn(questions, id) ? questions[id] : undefined;
    if (question === undefined || !isDeciding(question, answers[id] as Answer)) return false;
  }
  return true;
}

/** An answer that no longer fits the question may be text, typed when the question was of another type. */
function isDeciding(question: Question, answer: Answer): boolean {
  return rulesOf(question).decides && readStored(question, answer) !== undefined;
}
