/**
 * Checks that a definite answer never leads to less help than "I don't know" to the same question. With all other
 * answers the same, it must not lead to a lower level, a weaker word about the police or a later time, unless the
 * author gives a reason (`weaker than doubt because`).
 *
 * Only answers with a meaning are compared. For an answer without one the author has already given a reason; a plain
 * "no" says that it is not so, and a number does not answer whether there is harm.
 */
import type { Flow, Question } from '../flow.ts';
import { isHarm } from '../language-words.ts';
import { rulesOf } from '../question-types/question-types.ts';
import { type Formula, NEVER } from './diagram.ts';
import type { Choice, FactFormulas } from './fact.ts';
import type { Interview } from './interview.ts';
import { nodesOf, restrict } from './paths.ts';
import { type Measure, measuresOf, showWeakening, timeMeasure, type Values, type Weakening } from './strength.ts';

export interface Definite {
  /** Answers that lead to less help than doubt without a reason. At most one for each question and measure. */
  timid: Weakening[];
  /** The reasons that some answer needs here, such as `agreement given`. */
  reasonsUsed: string[];
}

export function findTimidAnswers(interview: Interview): Definite {
  const facts = [...interview.known.facts.values()].filter(({ question }) => !rulesOf(question).numeric);
  const timid: Weakening[] = [];
  const reasonsUsed = new Set<string>();
  for (const measure of [...measuresOf(interview), timeMeasure(interview)])
    for (const fact of facts) {
      const found = findTimid(interview, fact, measure, (answer) => reasonsUsed.add(`${fact.question.id} ${answer}`));
      if (found !== undefined) timid.push(found);
    }
  return { timid, reasonsUsed: [...reasonsUsed] };
}

/** Weaker answers that do have a reason are reported to `excused`. */
function findTimid(
  interview: Interview,
  { question, choices = [], variables }: FactFormulas,
  measure: Measure,
  excused: (answer: string) => void,
): Weakening | undefined {
  const { diagrams, ended } = interview;
  const own = new Set(variables.map(({ id }) => id));
  const reads = (threshold: Formula) =>
    [...nodesOf(diagrams, threshold)].some((node) => own.has(diagrams.variableOf(node)));
  const valuesOf = (answer: string): Values => new Map(variables.map(({ id, value }) => [id, value === answer]));
  const compared = choices.filter((choice) => isCompared(interview.flow, question, choice));
  const doubt = valuesOf('unknown');
  for (const threshold of measure.thresholds.filter(reads))
    for (const { answer } of compared) {
      const values = valuesOf(String(answer));
      const strong = diagrams.and(ended, restrict(diagrams, threshold, doubt));
      const weaker = diagrams.butNot(strong, restrict(diagrams, threshold, values));
      if (weaker === NEVER) continue;
      if (isExcused(question, String(answer))) excused(String(answer));
      else return showWeakening(interview, { question: question.id, measure, weaker, values: [doubt, values] });
    }
  return undefined;
}

function isExcused({ weakerThanDoubt = [] }: Question, answer: string): boolean {
  return weakerThanDoubt.some(({ option }) => option === answer);
}

function isCompared(flow: Flow, question: Question, { answer, fact }: Choice): boolean {
  if (fact.unknown) return false;
  const kinds = (question.means ?? [])
    .filter(({ when }) => when.kind === 'is' && when.how === 'any' && when.options.includes(String(answer)))
    .flatMap(({ meaning }) => flow.meanings?.[meaning]?.kind ?? []);
  return answer === 'no' ? kinds.some(isHarm) : kinds.length > 0;
}
