/**
 * Checks that "I don't know" never leads to less help than the known answer that leads to the least. For a choice it is
 * compared with every known answer, for a checklist with the same ticks without doubt. Also finds questions whose "I
 * don't know" no safety rule and no case covers.
 */

import type { Rule } from '../check/safety.ts';
import type { Answers } from '../walk/answer.ts';
import { isUnknown } from '../walk/answer.ts';
import { readsOf } from '../walk/condition.ts';
import { NEVER } from './diagram.ts';
import type { FactFormulas } from './fact.ts';
import type { Interview } from './interview.ts';
import { nodesOf, restrict } from './paths.ts';
import { type Measure, measuresOf, showWeakening, type Values, type Weakening } from './strength.ts';

/** At most one for each question and measure. */
export function findRiskyDoubts(interview: Interview): Weakening[] {
  const facts = [...interview.known.facts.values()];
  return measuresOf(interview).flatMap((measure) =>
    facts.flatMap((fact) => findRiskyDoubt(interview, fact, measure) ?? []),
  );
}

function findRiskyDoubt(interview: Interview, fact: FactFormulas, measure: Measure): Weakening | undefined {
  const { diagrams } = interview;
  const doubt = valuesOfDoubt(fact);
  const sure =
    fact.choices === undefined ? [new Map([...doubt.keys()].map((id) => [id, false]))] : valuesOfChoices(fact);
  const variables = new Set(fact.variables.map(({ id }) => id));
  for (const threshold of measure.thresholds) {
    if (![...nodesOf(diagrams, threshold)].some((node) => variables.has(diagrams.variableOf(node)))) continue;
    const whatever = diagrams.and(...sure.map((values) => restrict(diagrams, threshold, values)));
    const weaker = diagrams.butNot(whatever, restrict(diagrams, threshold, doubt));
    const last = sure.at(-1) as Values;
    if (weaker !== NEVER)
      return showWeakening(interview, { question: fact.question.id, measure, weaker, values: [last, doubt] });
  }
  return undefined;
}

/** For a checklist, only the doubt changes, with any ticks. */
function valuesOfDoubt(fact: FactFormulas): Values {
  const own = fact.choices === undefined ? fact.variables.filter(({ value }) => value === 'unknown') : fact.variables;
  return new Map(own.map(({ id, value }) => [id, value === 'unknown']));
}

/** The plain answer comes last. */
function valuesOfChoices(fact: FactFormulas): Values[] {
  const known = (fact.choices ?? []).filter((choice) => !choice.fact.unknown);
  return known.map(({ answer }) => new Map(fact.variables.map(({ id, value }) => [id, value === String(answer)])));
}

/** Questions with an "I don't know" that no rule and no case covers. */
export function findUnwatchedDoubts(interview: Interview, rules: readonly Rule[], cases: readonly Answers[]): string[] {
  const inCases = cases.flatMap((answers) =>
    Object.keys(answers).filter((question) => isUnknown(answers[question] ?? '')),
  );
  // A question with a usual answer decides nothing by itself; it only leaves out lines.
  const questions = [...interview.known.facts]
    .filter(([, { question }]) => question.usual === undefined)
    .map(([id]) => id);
  return questions.filter(
    (question) => !inCases.includes(question) && !rules.some((rule) => looksAt(interview, rule, question)),
  );
}

/** Whether the rule reads the question, and applies to some interview that answers it with "I don't know". */
function looksAt({ diagrams, known, ended }: Interview, rule: Rule, question: string): boolean {
  if (!readsOf(rule.whenever).facts.includes(question)) return false;
  const doubt = known.facts.get(question)?.unknown ?? NEVER;
  return diagrams.and(ended, known.asked.of(question), doubt, known.holds(rule.whenever, ended)) !== NEVER;
}
