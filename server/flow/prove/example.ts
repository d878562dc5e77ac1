/** Finds an interview that satisfies a formula: the one with the fewest answers that are not plain, and which of its answers matter. */

import type { EndStep } from '../flow.ts';
import type { Answer, Answers } from '../walk/answer.ts';
import { type Position, walk } from '../walk/walk.ts';
import { type Formula, NEVER } from './diagram.ts';
import type { FactFormulas } from './fact.ts';
import type { Interview } from './interview.ts';
import { type Assignment, canBe, lightest } from './paths.ts';

export interface Replay {
  /** The questions asked, in order, with their answers; can be used as a case. */
  answers: Answers;
  position: Position;
  end: EndStep;
}

export interface Example extends Replay {
  /** The questions whose answers are needed for the result. All other questions can have any answer. */
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

/** Replays the answers through the walk, which is independent of the formulas. */
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
 * Releases answers one by one, the last asked first, as long as the formula stays true whatever they are. `assignment` has the least
 * weight, so each of its answers that is not plain is needed.
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
