/** The possible answers to a question, before it is compiled. */
import { rulesOf, writtenOptions } from '../question-types/question-types.ts';
import type { QuestionFacts } from './compile-condition.ts';
import type { RawQuestion } from './content.ts';

export function questionFacts(raw: RawQuestion): QuestionFacts {
  return { type: raw.type, options: optionIds(raw) };
}

export function optionIds(raw: RawQuestion): string[] {
  const { fixedOptions } = rulesOf(raw);
  return fixedOptions === undefined ? writtenOptions(raw) : Object.keys(fixedOptions);
}
