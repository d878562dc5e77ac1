/**
 * Caches what is the same for everybody who gives a certain answer. What is computed from a choice or a number is kept
 * with the question object, which never changes. Nothing is kept for texts and dates, because they are somebody's
 * words.
 */
import type { Question } from '../flow.ts';
import { rulesOf } from '../question-types/question-types.ts';
import type { Answer } from './answer.ts';

/** For one question. A checklist has more combinations of ticks than anybody will ever give. */
const MOST_KEPT = 64;

/** `make` may use only the question and the answer. An undefined result is not kept. */
export function oncePerAnswer<Made>(make: (question: Question, answer: Answer) => Made) {
  const known = new WeakMap<Question, Map<string | number, Made>>();
  return (question: Question, answer: Answer): Made => {
    const key = keyOf(question, answer);
    if (key === undefined) return make(question, answer);
    const ofQuestion = known.get(question) ?? new Map<string | number, Made>();
    const found = ofQuestion.get(key) ?? make(question, answer);
    if (found !== undefined && ofQuestion.size < MOST_KEPT) ofQuestion.set(key, found);
    known.set(question, ofQuestion);
    return found;
  };
}

/** Undefined for an answer that somebody typed in words. */
function keyOf(question: Question, answer: Answer): string | number | undefined {
  const { several, numeric, decides } = rulesOf(question);
  if (Array.isArray(answer)) return several ? answer.join('\n') : undefined;
  return (typeof answer === 'number' && numeric) || (typeof answer === 'string' && decides) ? answer : undefined;
}
