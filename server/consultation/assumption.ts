/** How Front Door treats "I don't know". This affects the result but is not the reader's answer, so it is always shown as an assumption. */
import type { Question } from '../flow/flow.ts';
import { rulesOf } from '../flow/question-types/question-types.ts';
import { type Answer, isUnknown, valuesOf } from '../flow/walk/answer.ts';

/** The assumed answer in the words of its option, or as a number with its unit. Undefined if nothing is assumed. */
export function assumedFor(question: Question, answer: Answer): string | undefined {
  const { countsAs } = question.unknown;
  if (countsAs === undefined || !isUnknown(answer)) return undefined;
  const rules = rulesOf(question);
  return rules.describe(question, rules.numeric ? Number(countsAs) : countsAs);
}

/** Whether the option was assumed because of "I don't know", rather than ticked beside it. */
export function isAssumed(question: Question, answer: Answer, option: string): boolean {
  return question.unknown.countsAs === option && isUnknown(answer) && !valuesOf(answer).includes(option);
}

/** `assumed`: the result of `assumedFor`. */
export function describeAssumption({ unknown: { label } }: Question, assumed: string): string {
  return `Front Door treats “${label}” here as “${assumed}”: its own assumption, not your answer`;
}
