/** A question with one answer (a choice, a number, a date, a text) as formulas. */

import type { OfFact, Question } from '../flow.ts';
import type { Answer } from '../walk/answer.ts';
import { type Fact, holds, toFact, toFactAsAnswered } from '../walk/condition.ts';
import { type Diagrams, type Formula, NEVER } from './diagram.ts';
import { addVariable, type Choice, type FactFormulas, type Variable } from './fact.ts';

/** `known`: the answers to distinguish, the plainest (no, the first option, the smallest number) first. "I don't know" is added here. */
export function createChoice(diagrams: Diagrams, question: Question, known: readonly Answer[]): FactFormulas {
  const [plain, ...others] = known;
  if (plain === undefined) throw new Error(`question ${question.id} has no answer`);
  const answers = [...others, 'unknown', plain];
  const variables = answers
    .slice(0, -1)
    .map((answer, index) => addVariable(diagrams, question, String(answer), 1 / (answers.length - index)));
  const choices = choicesOf(diagrams, question, answers, variables);
  // Conditions are evaluated by `holds`, which the walk uses too, so that they are interpreted in one place only.
  const where = (test: (fact: Fact, answer: Answer) => boolean) =>
    diagrams.or(...choices.filter(({ fact, answer }) => test(fact, answer)).map(({ formula }) => formula));
  const factHolds = (condition: OfFact, fact: Fact) =>
    holds(condition, { facts: new Map([[question.id, fact]]), level: 0, strongest: {} });
  const unknown = where((fact) => fact.unknown);
  return {
    question,
    has: (option) => where((fact) => fact.options.has(option)),
    holds: (condition) => where((fact) => factHolds(condition, fact)),
    holdsAsAnswered: (condition) => where((_fact, answer) => factHolds(condition, toFactAsAnswered(question, answer))),
    unknown,
    jumps: unknown,
    answerIn: (assignment) => answers[variables.findIndex(({ id }) => assignment[id] === 1)] ?? plain,
    variables,
    choices,
    answers: BigInt(answers.length),
  };
}

/**
 * Each answer but the last has a variable that means "none of the earlier answers, but this one". The last, the plain answer, is left when
 * no variable is true. So every combination of the variables is exactly one answer, and none has to be excluded.
 */
function choicesOf(diagrams: Diagrams, question: Question, answers: Answer[], variables: Variable[]): Choice[] {
  let earlier: Formula = NEVER;
  return answers.map((answer, index) => {
    const variable = variables[index];
    const formula = variable === undefined ? diagrams.not(earlier) : diagrams.butNot(diagrams.is(variable.id), earlier);
    earlier = diagrams.or(earlier, formula);
    return { answer, fact: toFact(question, answer), formula };
  });
}
