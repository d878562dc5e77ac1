/**
 * Checks that more harm never leads to less help: one more tick in a checklist with levels or protective marks, or a higher option of an
 * `order: rising` question, must not lower the level or a protective word (about the police) at the end.
 *
 * A checklist without such marks (who lives with the child, what help is in place) has no order. Neither have yes and no, since which of
 * them is worse depends on the question; `doubt.ts` checks those. `order exceptions` names options that may lower the result.
 */
import type { Question } from '../flow.ts';
import { rulesOf } from '../question-types/question-types.ts';
import { type Diagrams, type Formula, NEVER } from './diagram.ts';
import type { FactFormulas } from './fact.ts';
import type { Interview } from './interview.ts';
import { nodesOf, restrict } from './paths.ts';
import { MEASURED, type Measure, measuresOf, showWeakening, type Values, type Weakening } from './strength.ts';

/** At most one for each question and measure, which is enough to start looking. */
export function findFalls(interview: Interview): Weakening[] {
  const facts = [...interview.known.facts.values()].filter(({ question }) => isOrdered(question));
  return measuresOf(interview).flatMap((measure) => facts.flatMap((fact) => findFall(interview, fact, measure) ?? []));
}

function isOrdered(question: Question): boolean {
  const marked = question.options.some((option) => MEASURED.some((topic) => option[topic] !== undefined));
  return question.rising || (rulesOf(question).several && marked);
}

function findFall(interview: Interview, fact: FactFormulas, measure: Measure): Weakening | undefined {
  const { diagrams } = interview;
  for (const threshold of measure.thresholds) {
    const steps = fact.choices === undefined ? ticksThatLower(diagrams, fact, threshold) : stepsUp(fact);
    for (const [lesser, greater] of steps) {
      const weaker = diagrams.butNot(restrict(diagrams, threshold, lesser), restrict(diagrams, threshold, greater));
      if (weaker !== NEVER)
        return showWeakening(interview, { question: fact.question.id, measure, weaker, values: [lesser, greater] });
    }
  }
  return undefined;
}

/** Each option with the next higher one, without those that may lower the result. */
function stepsUp(fact: FactFormulas): [Values, Values][] {
  const values = withoutExceptions(fact.question).map(
    (option) => new Map(fact.variables.map(({ id, value }) => [id, value === option])),
  );
  return values.slice(1).map((greater, index) => [values[index] as Values, greater]);
}

/**
 * Every node of a formula can be reached. So a tick can lower the result exactly if some node that tests it is true for "no" where it is
 * not for "yes".
 */
function ticksThatLower(diagrams: Diagrams, fact: FactFormulas, threshold: Formula): [Values, Values][] {
  const options = withoutExceptions(fact.question);
  const ticks = new Set(fact.variables.filter(({ value }) => options.includes(value)).map(({ id }) => id));
  const nodes = [...nodesOf(diagrams, threshold)].filter((node) => ticks.has(diagrams.variableOf(node)));
  const lowering = nodes.filter((node) => !diagrams.implies(diagrams.lowOf(node), diagrams.highOf(node)));
  const found = new Set(lowering.map((node) => diagrams.variableOf(node)));
  return [...found].sort((a, b) => a - b).map((tick) => [new Map([[tick, false]]), new Map([[tick, true]])]);
}

function withoutExceptions(question: Question): string[] {
  const exceptions = question.exceptions.map((exception) => exception.option);
  return question.options.map((option) => option.id).filter((option) => !exceptions.includes(option));
}
