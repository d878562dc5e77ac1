/** A question with one answer (a choice, a number, a date, text) as formulas. */

import type { Question } from '../flow.ts';
import type { Answer } from '../walk/answer.ts';
import { type Fact, holds, toFact } from '../walk/condition.ts';
import { type Diagrams, type Formula, NEVER } from './diagram.ts';
import { addVariable, type Choice, type FactFormulas, type Variable } from './fact.ts';

/** Whole numbers at which some condition begins, or ceases, to hold. */
export type Cuts = ReadonlySet<number>;

export function createChoice(diagrams: Diagrams, question: Question, cuts: Cuts): FactFormulas {
  const answers = orderedAnswers(question, cuts);
  const plain = answers.at(-1) as Answer;
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

/** One of each kind that some condition can tell apart; "I don't know", and last the plain answer: `no`, the first option, the smallest number. */
function orderedAnswers(question: Question, cuts: Cuts): Answer[] {
  const [plain, ...others] = knownAnswers(question, cuts);
  if (plain === undefined) throw new Error(`question ${question.id} has no answer`);
  return [...others, 'unknown', plain];
}

function knownAnswers(question: Question, cuts: Cuts): Answer[] {
  switch (question.type) {
    case 'yes or no':
      return ['no', 'yes'];
    case 'number': {
      const [from, to] = [question.from ?? 0, question.to ?? 999_999_999];
      return [from, ...[...cuts].filter((cut) => cut > from && cut <= to).sort((a, b) => a - b)];
    }
    case 'date':
      return [dateWithin(question)];
    case 'short text':
    case 'long text':
      return ['Text'];
    default:
      return question.options.map((option) => option.id);
  }
}

/** No condition reads the day, so any that may be entered will do. */
function dateWithin({ notBefore, notAfter }: Question): string {
  const day = [notBefore, notAfter].find((bound) => bound !== undefined && bound !== 'today');
  return day ?? (notBefore === 'today' ? '2999-12-31' : '2000-01-01');
}
