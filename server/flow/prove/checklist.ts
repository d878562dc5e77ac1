/**
 * A checklist as formulas: one variable for each tick, and one for doubt, which can accompany ticks. With none of them true the answer is
 * "none of these".
 */
import type { OfFact, Question } from '../flow.ts';
import { ALWAYS, type Diagrams, type Formula, NEVER } from './diagram.ts';
import { addVariable, type FactFormulas } from './fact.ts';

export function createChecklist(diagrams: Diagrams, question: Question): FactFormulas {
  const doubt = addVariable(diagrams, question, 'unknown');
  const ticks = new Map(question.options.map(({ id }) => [id, addVariable(diagrams, question, id)]));
  const unknown = diagrams.is(doubt.id);
  const ticked = (option: string) => {
    const tick = ticks.get(option);
    return tick === undefined ? NEVER : diagrams.is(tick.id);
  };
  const has = (option: string) =>
    question.unknown.countsAs === option ? diagrams.or(ticked(option), unknown) : ticked(option);
  const anyTicked = diagrams.or(...[...ticks.keys()].map(ticked));
  const any = diagrams.or(...[...ticks.keys()].map(has));
  return {
    question,
    has,
    holds: (condition) => ticksHold(diagrams, condition, { has, unknown, any }),
    holdsAsAnswered: (condition) => ticksHold(diagrams, condition, { has: ticked, unknown, any: anyTicked }),
    unknown,
    // If something was ticked, it still has to be followed up. See `jumpOf` in walk.ts.
    jumps: diagrams.butNot(unknown, any),
    answerIn: (assignment) => {
      const given = [...ticks.values(), doubt].filter(({ id }) => assignment[id] === 1).map(({ value }) => value);
      return given.length > 0 ? given : ['none'];
    },
    variables: [doubt, ...ticks.values()],
    answers: 2n ** BigInt(ticks.size + 1),
  };
}

interface Ticks {
  has(option: string): Formula;
  unknown: Formula;
  any: Formula;
}

/**
 * Must agree with `holdsOfFact` in condition.ts. With doubt, anything not ticked may still be so, so `none of` and `at most` do not hold.
 */
function ticksHold(diagrams: Diagrams, condition: OfFact, { has, unknown, any }: Ticks): Formula {
  switch (condition.kind) {
    case 'unknown':
      return unknown;
    case 'none ticked':
      return diagrams.not(diagrams.or(unknown, any));
    case 'range':
      return NEVER;
    case 'is': {
      const named = condition.options.map(has);
      if (condition.how === 'any') return diagrams.or(...named);
      if (condition.how === 'all') return diagrams.and(...named);
      return diagrams.not(diagrams.or(unknown, ...named));
    }
    case 'ticks': {
      const named = condition.of.map(has);
      const enough = countsAtLeast(diagrams, named, condition.min ?? 0);
      if (condition.max === undefined) return enough;
      return diagrams.butNot(enough, diagrams.or(unknown, countsAtLeast(diagrams, named, condition.max + 1)));
    }
  }
}

/** True if at least `min` of the formulas are. The size grows with their number times `min`, not with the number of combinations. */
export function countsAtLeast(diagrams: Diagrams, formulas: readonly Formula[], min: number): Formula {
  // rows[n]: at least n of the formulas from this one to the last are true.
  let rows: Formula[] = [ALWAYS, ...Array.from({ length: Math.max(0, min) }, () => NEVER)];
  for (const formula of [...formulas].reverse())
    rows = rows.map((row, n) => (n === 0 ? ALWAYS : diagrams.choose(formula, rows[n - 1] as Formula, row)));
  return rows.at(-1) as Formula;
}
