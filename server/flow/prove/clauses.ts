/**
 * Describes, question by question, what all interviews that satisfy a formula have in common. Less precise than the formula, but readable.
 */
import { rulesOf } from '../question-types/question-types.ts';
import type { Answer } from '../walk/answer.ts';
import { ALWAYS, type Formula, NEVER } from './diagram.ts';
import type { FactFormulas, Variable } from './fact.ts';
import type { Interview } from './interview.ts';
import { canBe, nodesOf } from './paths.ts';

const MOST_NAMES = 8;

export function describeClauses(interview: Interview, formula: Formula): string[] {
  const read = new Set([...nodesOf(interview.diagrams, formula)].map((node) => interview.diagrams.variableOf(node)));
  const facts = [...interview.known.facts.values()].filter((fact) => fact.variables.some(({ id }) => read.has(id)));
  return facts.flatMap((fact) =>
    fact.choices === undefined
      ? describeTicks(interview, formula, fact, read)
      : describeChoices(interview, formula, fact),
  );
}

/** Such as `child_age is 0 to 12 or unknown`. Empty if every answer is possible. */
function describeChoices({ diagrams }: Interview, formula: Formula, fact: FactFormulas): string[] {
  const choices = fact.choices ?? [];
  const possible = choices
    .filter((choice) => diagrams.and(formula, choice.formula) !== NEVER)
    .map((choice) => choice.answer);
  if (possible.length === choices.length) return [];
  const words = rulesOf(fact.question).numeric ? describeNumbers(fact, possible) : shorten(possible.map(String));
  return [`${fact.question.id} is ${words.join(' or ')}`];
}

/** Each number in the list represents all numbers up to the next one. */
function describeNumbers(fact: FactFormulas, possible: Answer[]): string[] {
  const starts = (fact.choices ?? [])
    .map(({ answer }) => answer)
    .filter((answer) => typeof answer === 'number')
    .sort((a, b) => a - b);
  const words: string[] = [];
  for (let at = 0; at < starts.length; at++) {
    if (!possible.includes(starts[at] as number)) continue;
    const from = starts[at] as number;
    while (at + 1 < starts.length && possible.includes(starts[at + 1] as number)) at++;
    const next = starts[at + 1];
    const to = next === undefined ? fact.question.to : next - 1;
    words.push(to === undefined ? `${from} or more` : to === from ? `${from}` : `${from} to ${to}`);
  }
  return possible.includes('unknown') ? [...words, 'unknown'] : words;
}

function describeTicks(
  interview: Interview,
  formula: Formula,
  fact: FactFormulas,
  read: ReadonlySet<number>,
): string[] {
  const { diagrams } = interview;
  const own = fact.variables.filter(({ id }) => read.has(id));
  const ticked = own.filter(({ id }) => diagrams.implies(formula, diagrams.is(id)));
  const never = own.filter(({ id }) => diagrams.and(formula, diagrams.is(id)) === NEVER);
  const oneOf =
    ticked.length > 0
      ? []
      : findOneOf(
          interview,
          formula,
          own.filter((variable) => !never.includes(variable)),
        );
  const { id } = fact.question;
  if (never.length === fact.variables.length) return [`${id} is none`];
  return [
    ...(ticked.length > 0 ? [`${id} has ${shorten(valuesOf(ticked)).join(', ')}`] : []),
    ...(oneOf.length > 0 ? [`${id} has ${shorten(valuesOf(oneOf)).join(' or ')}`] : []),
    ...(never.length > 0 ? [`${id} has no ${shorten(valuesOf(never)).join(', ')}`] : []),
  ];
}

/** A small set of ticks of which every interview has at least one. Empty if there is no such set. */
function findOneOf({ diagrams }: Interview, formula: Formula, variables: Variable[]): Variable[] {
  const neverAll = (chosen: Variable[]) =>
    !canBe(diagrams, formula, new Map(chosen.map(({ id }) => [id, false])), ALWAYS);
  if (!neverAll(variables)) return [];
  let kept = variables;
  for (const variable of variables) {
    const without = kept.filter((other) => other !== variable);
    if (neverAll(without)) kept = without;
  }
  return kept;
}

function valuesOf(variables: Variable[]): string[] {
  return variables.map(({ value }) => value);
}

function shorten(words: string[]): string[] {
  return words.length <= MOST_NAMES
    ? words
    : [...words.slice(0, MOST_NAMES - 1), `${words.length - MOST_NAMES + 1} more`];
}
