/** What the guidance takes "I don't know" for. It steers the result and is nobody's answer, so wherever it shows it is said to be assumed. */
import type { Question } from '../flow/flow.ts';
import { rulesOf } from '../flow/question-types/question-types.ts';
import { type Answer, isUnknown } from '../flow/walk/answer.ts';

/** In the words of the option, or the number with its unit. Undefined where nothing is assumed. */
export function assumedFor(question: Question, answer: Answer): string | undefined {
  const { countsAs } = question.unknown;
  if (countsAs === undefined || !isUnknown(answer)) return undefined;
  const rules = rulesOf(question);
  return rules.describe(question, rules.numeric ? Number(countsAs) : countsAs);
}

/** Whether it was assumed, and not ticked beside the doubt, that the option is so. */
export function isAssumed(question: Question, answer: Answer, option: string): boolean {
  return question.unknown.countsAs === option && isUnknown(answer) && ![answer].flat().map(String).includes(option);
}

/** `assumed`: as `assumedFor` gives it. */
export function describeAssumption({ unknown: { label } }: Question, assumed: string): string {
  return `The guidance treats “${label}” here as “${assumed}”: an assumption, not your answer`;
}
