/** An interview that shows what a formula says: the shortest that there is, and which of its answers matter. */

import type { EndStep } from '../flow.ts';
import type { Answer, Answers } from '../walk/answer.ts';
import { type Position, walk } from '../walk/walk.ts';
import { type Formula, NEVER } from './diagram.ts';
import type { FactFormulas } from './fact.ts';
import type { Interview } from './interview.ts';
import { type Assignment, canBe, lightest } from './paths.ts';

export interface Replay {
  /** What is asked, in order of asking: fit to be kept as a case. */
  answers: Answers;
  position: Position;
  end: EndStep;
}

export interface Example extends Replay {
  /** The questions whose answers bring it about. To all others any answer will do. */
  matters: string[];
}

/** The example with the fewest answers that are not plain (no, none of these, the first option). Throws if the formula is never true. */
export function exampleOf(interview: Interview, formula: Formula): Example {
  const assignment = findLightest(interview, formula);
  const replayed = replay(interview, assignment);
  const mattering = questionsThatMatter(interview, formula, assignment);
  return { ...replayed, matters: Object.keys(replayed.answers).filter((question) => mattering.includes(question)) };
}

export function findLightest(interview: Interview, formula: Formula): Assignment {
  const weights: number[] = [];
  for (const { variables } of interview.known.facts.values())
    for (const { id, weight } of variables) weights[id] = weight;
  const assignment = lightest(interview.diagrams, formula, weights);
  if (assignment === undefined) throw new Error(`no interview of ${interview.flow.id} shows what never happens`);
  return assignment;
}

/** Through the walk itself, which knows nothing of formulas. */
export function replay({ flow, known }: Interview, assignment: Assignment): Replay {
  const all = [...known.facts.values()].map((fact) => [fact.question.id, fact.answerIn(assignment)] as const);
  const position = walk(flow, Object.fromEntries(all));
  if (position.at.kind !== 'end')
    throw new Error(`the prover disagrees with the walk of ${flow.id}: it never asked "${position.at.question.id}"`);
  const answers: Record<string, Answer> = {};
  for (const { question, answer } of position.turns) answers[question] = answer;
  return { answers, position, end: position.at.end };
}

/**
 * Answers are let go one by one, the last asked first, as long as the formula stays true whatever they are. `assignment` is the lightest, so
 * each of its answers that is not plain is needed.
 */
export function questionsThatMatter(
  { diagrams, known }: Interview,
  formula: Formula,
  assignment: Assignment,
): string[] {
  const facts = [...known.facts.values()].reverse();
  const kept = new Map(facts.flatMap((fact) => fact.variables.map(({ id }) => [id, assignment[id] === 1] as const)));
  const isFree = (fact: FactFormulas) => {
    for (const { id } of fact.variables) kept.delete(id);
    if (!canBe(diagrams, formula, kept, NEVER)) return true;
    for (const { id } of fact.variables) kept.set(id, assignment[id] === 1);
    return false;
  };
  return facts.filter((fact) => !isFree(fact)).map((fact) => fact.question.id);
}
