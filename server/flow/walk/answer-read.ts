/**
 * What a stored answer comes to wherever its question is asked: whether it still fits, its fact, its meanings and its options. A choice or a
 * number comes to the same for everybody, so it is read once for each question object, which never changes. Texts and dates are read each
 * time: they are somebody's words, and are not kept here.
 */
import type { Option, Question } from '../flow.ts';
import { rulesOf } from '../question-types/question-types.ts';
import { type Answer, isStillAnswer } from './answer.ts';
import { type Fact, meaningsOf, toFact } from './condition.ts';

export interface AnswerRead {
  fact: Fact;
  meanings: readonly string[];
  /** The chosen option or the ticks, with the option that "I don't know" counts as, in the order of the question. */
  options: readonly Option[];
}

/** Undefined if the answer no longer fits the question. */
type Read = AnswerRead | undefined;

/** Of one question; a checklist has more combinations of ticks than anybody will ever give. */
const MOST_KEPT = 64;

const known = new WeakMap<Question, Map<string | number, Read>>();

export function readStored(question: Question, answer: Answer): Read {
  const key = keyOf(question, answer);
  if (key === undefined) return read(question, answer);
  const reads = known.get(question) ?? new Map<string | number, Read>();
  if (reads.has(key)) return reads.get(key);
  const found = read(question, answer);
  if (found !== undefined && reads.size < MOST_KEPT) reads.set(key, found);
  known.set(question, reads);
  return found;
}

/** Undefined for what somebody typed in words. */
function keyOf(question: Question, answer: Answer): string | number | undefined {
  const { several, numeric, decides } = rulesOf(question);
  if (Array.isArray(answer)) return several ? answer.join('\n') : undefined;
  return (typeof answer === 'number' && numeric) || (typeof answer === 'string' && decides) ? answer : undefined;
}

function read(question: Question, answer: Answer): Read {
  if (!isStillAnswer(question, answer)) return undefined;
  const fact = toFact(question, answer);
  const options = question.options.filter(({ id }) => fact.options.has(id));
  return { fact, meanings: meaningsOf(question, answer), options };
}
