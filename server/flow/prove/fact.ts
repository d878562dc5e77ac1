/** One question as yes/no variables. What can be asked of it while an interview is turned into formulas. */

import type { OfFact, Question } from '../flow.ts';
import type { Answer } from '../walk/answer.ts';
import type { Fact } from '../walk/condition.ts';
import type { Diagrams, Formula } from './diagram.ts';
import type { Assignment } from './paths.ts';

/** Every formula takes for granted that the question was asked. */
export interface FactFormulas {
  question: Question;
  /** The option is chosen or ticked, or "I don't know" counts as it. */
  has(option: string): Formula;
  holds(condition: OfFact): Formula;
  /** As `holds`, of the answer as it was given: without what "I don't know" counts as. */
  said(condition: OfFact): Formula;
  unknown: Formula;
  /** "I don't know", said in the way that leads to another step. */
  jumps: Formula;
  answerIn(assignment: Assignment): Answer;
  variables: Variable[];
  /** Undefined for a checklist: there each variable is a tick. */
  choices?: Choice[];
  /** How many answers can be told apart. */
  answers: bigint;
}

export interface Variable {
  id: number;
  /** Kept in the fingerprint: the question, and what a yes means. */
  name: string;
  /** An option, a number, or `unknown`. */
  value: string;
  /** What a yes costs in an example. */
  weight: number;
  /** How likely a yes is. All answers of a choice are equally likely, and so are ticked and not ticked. */
  chance: number;
}

export interface Choice {
  answer: Answer;
  fact: Fact;
  formula: Formula;
}

const WEIGHT = 1000;
/** A little more, so that of two examples the one with a real answer is shown. */
const WEIGHT_OF_DOUBT = 1001;

export function addVariable(diagrams: Diagrams, question: Question, value: string, chance = 0.5): Variable {
  const weight = value === 'unknown' ? WEIGHT_OF_DOUBT : WEIGHT;
  return { id: diagrams.addVariable(), name: `${question.id}=${value}`, value, weight, chance };
}
