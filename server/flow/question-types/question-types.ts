/** All question types. Any difference between types belongs in their rules; no other code switches on the type. */
import { CHOICE_RULES, CHOICE_TYPES, type ChoiceType } from './choice-types.ts';
import type { QuestionTypeRules } from './question-type.ts';
import { WRITTEN_RULES, WRITTEN_TYPES, type WrittenType } from './written-types.ts';

export const QUESTION_TYPES = [...CHOICE_TYPES, ...WRITTEN_TYPES] as const;
export type QuestionType = ChoiceType | WrittenType;

const RULES: Record<QuestionType, QuestionTypeRules> = { ...CHOICE_RULES, ...WRITTEN_RULES };

export function rulesOf({ type }: { type: QuestionType }): QuestionTypeRules {
  return RULES[type];
}
