/**
 * What is the same for everybody who gives an answer. A choice or a number comes to the same each time, so what is worked out of it is kept for
 * each question object, which never changes. Of texts and dates nothing is kept: they are somebody's words.
 */
import type { Question } from '../flow.ts';
import { rulesOf } from '../question-types/question-types.ts';
import type { Answer } from './answer.ts';

/** Of one question; a checklist has more combinations of ticks than anybody will ever give. */
const MOST_KEPT = 64;

/** `make` may read nothing but the question and the answer. What is undefined is not kept. */
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

/** Undefined for what somebody typed in words. */
function keyOf(question: Question, answer: Answer): string | number | undefined {
  const { several, numeric, decides } = rulesOf(question);
  if (Array.isArray(answer)) return several ? answer.join('\n') : undefined;
  return (typeof answer === 'number' && numeric) || (typeof answer === 'string' && decides) ? answer : undefined;
}
