/** One question as yes/no variables, and the formulas that can be derived from them. */

import type { OfFact, Question } from '../flow.ts';
import type { Answer } from '../walk/answer.ts';
import type { Fact } from '../walk/condition.ts';
import type { Diagrams, Formula } from './diagram.ts';
import type { Assignment } from './paths.ts';

/** Every formula assumes that the question was asked. */
export interface FactFormulas {
  question: Question;
  /** The option is chosen or ticked, or "I don't know" counts as it. */
  has(option: string): Formula;
  holds(condition: OfFact): Formula;
  /** Like `holds`, for the answer exactly as given: without the option that "I don't know" counts as. */
  holdsAsAnswered(condition: OfFact): Formula;
  unknown: Formula;
  /** The "I don't know" answers that jump to another step. */
  jumps: Formula;
  answerIn(assignment: Assignment): Answer;
  variables: Variable[];
  /** Undefined for a checklist, where each variable is a tick. */
  choices?: Choice[];
  /** Number of answers that can be distinguished. */
  answers: bigint;
}

export interface Variable {
  id: number;
  /** Used in fingerprints: the question, and what "true" means. */
  name: string;
  /** An option id, a number, or `unknown`. */
  value: string;
  /** The cost of "true" when looking for the simplest example. */
  weight: number;
  /** Probability of "true". All answers of a choice are equally likely; a tick has one half. */
  chance: number;
}

export interface Choice {
  answer: Answer;
  fact: Fact;
  formula: Formula;
}

const WEIGHT = 1000;
/** Slightly higher, so that an example with a known answer is preferred. */
const WEIGHT_OF_DOUBT = 1001;

export function addVariable(diagrams: Diagrams, question: Question, value: string, chance = 0.5): Variable {
  const weight = value === 'unknown' ? WEIGHT_OF_DOUBT : WEIGHT;
  return { id: diagrams.addVariable(), name: `${question.id}=${value}`, value, weight, chance };
}
