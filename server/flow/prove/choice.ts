/** A question with one answer (a choice, a number, a date, text) as formulas. */

import type { Question } from '../flow.ts';
import type { Answer } from '../walk/answer.ts';
import { type Fact, holds, toFact, toSaidFact } from '../walk/condition.ts';
import { type Diagrams, type Formula, NEVER } from './diagram.ts';
import { addVariable, type Choice, type FactFormulas, type Variable } from './fact.ts';

/** `known`: the answers to tell apart, the plainest (no, the first option, the smallest number) first; "I don't know" comes on top. */
export function createChoice(diagrams: Diagrams, question: Question, known: readonly Answer[]): FactFormulas {
  const [plain, ...others] = known;
  if (plain === undefined) throw new Error(`question ${question.id} has no answer`);
  const answers = [...others, 'unknown', plain];
  const variables = answers
    .slice(0, -1)
    .map((answer, index) => addVariable(diagrams, question, String(answer), 1 / (answers.length - index)));
  const choices = choicesOf(diagrams, question, answers, variables);
  // What a condition says of an answer is not written down a second time: it is asked of `holds`, which the walk asks too.
  const where = (test: (fact: Fact) => boolean) =>
    diagrams.or(...choices.filter((choice) => test(choice.fact)).map((choice) => choice.formula));
  const unknown = where((fact) => fact.unknown);
  return {
    question,
    has: (option) => where((fact) => fact.options.has(option)),
    holds: (condition) =>
      where((fact) => holds(condition, { facts: new Map([[question.id, fact]]), level: 0, stands: {} })),
    said: (condition) =>
      diagrams.or(
        ...choices
          .filter(({ answer }) => {
            const facts = new Map([[question.id, toSaidFact(question, answer)]]);
            return holds(condition, { facts, level: 0, stands: {} });
          })
          .map(({ formula }) => formula),
      ),
    unknown,
    jumps: unknown,
    answerIn: (assignment) => answers[variables.findIndex(({ id }) => assignment[id] === 1)] ?? plain,
    variables,
    choices,
    answers: BigInt(answers.length),
  };
}

/**
 * The answers stand in a row, and a variable for each says "none of the earlier ones, but this one". The last, the plain answer, needs no
 * variable. So every combination of the variables is one answer, and none has to be ruled out.
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
