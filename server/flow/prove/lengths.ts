/** How many questions an interview asks, over all possible interviews. */
import { type Formula, NEVER } from './diagram.ts';
import type { Interview } from './interview.ts';
import { shareOf } from './paths.ts';

export interface Lengths {
  shortest: number;
  /** Assumes that all combinations of answers are equally likely, which they are not in practice. */
  median: number;
  longest: number;
}

/** Throws TooLarge. */
export function lengthsOf(interview: Interview): Lengths {
  const { diagrams, known, ended } = interview;
  const chances: number[] = [];
  for (const { variables } of known.facts.values()) for (const { id, chance } of variables) chances[id] = chance;
  const shares = splitByLength(interview).map((formula) => shareOf(diagrams, diagrams.and(formula, ended), chances));
  const met = shares.flatMap((share, length) => (share > 0 ? [length] : []));
  const half = shares.reduce((sum, share) => sum + share, 0) / 2;
  let below = 0;
  const median = shares.findIndex((share) => {
    below += share;
    return below >= half;
  });
  return { shortest: met[0] ?? 0, median, longest: met.at(-1) ?? 0 };
}

/** At index n: the interviews that ask exactly n questions. Built up one question at a time. */
function splitByLength({ diagrams, known, ended }: Interview): Formula[] {
  let lengths = [ended];
  for (const question of known.facts.keys()) {
    const asked = known.asked.of(question);
    const stay = lengths.map((formula) => diagrams.butNot(formula, asked));
    const grow = lengths.map((formula) => diagrams.and(formula, asked));
    lengths = [...stay, NEVER].map((formula, length) => diagrams.or(formula, grow[length - 1] ?? NEVER));
  }
  return lengths;
}
