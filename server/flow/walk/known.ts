import { type Flow, getQuestion } from '../flow.ts';
import { type Known, toFact } from './condition.ts';
import type { Position } from './walk.ts';

/** What is known at a position, to evaluate conditions that are not part of the flow. */
export function knownAt(flow: Flow, { turns, standing, means }: Position): Known {
  const facts = new Map(
    turns.map(({ question, answer }) => [question, toFact(getQuestion(flow, question), answer)] as const),
  );
  return { facts, level: standing.level, strongest: standing, means: new Set(means) };
}
