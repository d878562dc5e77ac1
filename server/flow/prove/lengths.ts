/** How many questions an interview asks: over every interview that there can be, not over examples. */
import { type Formula, NEVER } from './diagram.ts';
import type { Interview } from './interview.ts';
import { shareOf } from './paths.ts';

export interface Lengths {
  shortest: number;
  /** Of all combinations of answers, each as likely as the next; people answer otherwise. */
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

/** At [n]: under which answers exactly n questions are asked. Question by question, each length grows by one where it is asked. */
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
