/** What a stored answer means, for every place that asks its question. */
import type { Option, Question } from '../flow.ts';
import { type Answer, isStillAnswer } from './answer.ts';
import { type Fact, meaningsOf, toFact } from './condition.ts';
import { oncePerAnswer } from './per-answer.ts';

export interface AnswerRead {
  fact: Fact;
  meanings: readonly string[];
  /**
   * The chosen option or the ticks, including the option that "I don't know" counts as, in the order of the question.
   */
  options: readonly Option[];
}

/** Undefined if the answer no longer fits the question. */
export const readStored = oncePerAnswer(read);

function read(question: Question, answer: Answer): AnswerRead | undefined {
  if (!isStillAnswer(question, answer)) return undefined;
  const fact = toFact(question, answer);
  const options = question.options.filter(({ id }) => fact.options.has(id));
  return { fact, meanings: meaningsOf(question, answer), options };
}
