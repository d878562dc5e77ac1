/**
 * Walks that were asked for lately. Each step of an interview asks twice where answers lead: before its own and after it, and the step before has
 * asked the same already. Only answers that decide are kept, ticks and numbers: they are nobody's words, and the same whoever gives them.
 */
import type { Flow, Question } from '../flow.ts';
import { rulesOf } from '../question-types/question-types.ts';
import type { Answer, Answers } from './answer.ts';
import { readStored } from './answer-read.ts';
import { type Position, walk } from './walk.ts';

/** Of all flows together. */
const MOST_KEPT = 200;

/** As `walk`; whoever gets a position must not change it. */
export function createWalkKeeper(): (flow: Flow, answers: Answers) => Position {
  const kept = new Map<string, { flow: Flow; position: Position }>();
  return (flow, answers) => {
    if (!areDeciding(flow, answers)) return walk(flow, answers);
    const key = `${flow.area.id}/${flow.id}/${JSON.stringify(answers)}`;
    const known = kept.get(key);
    const position = known?.flow === flow ? known.position : walk(flow, answers);
    // Moved to the end: what nobody has asked for longest goes first.
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

/** What no longer fits the question may be words that were typed when it was another. */
function isDeciding(question: Question, answer: Answer): boolean {
  return rulesOf(question).decides && readStored(question, answer) !== undefined;
}
