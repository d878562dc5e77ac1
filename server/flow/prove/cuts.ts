/** Finds the numbers at which conditions change. Between two cuts no condition can tell the numbers apart. */
import type { Condition, Flow, Line } from '../flow.ts';

/** By question: the first number of each range that some condition distinguishes from the range before. */
export function findCuts(flow: Flow, conditions: readonly Condition[]): Map<string, Set<number>> {
  const steps = Object.values(flow.parts).flatMap((part) => part.steps);
  const meant = Object.values(flow.questions).flatMap(({ means }) => (means ?? []).map(({ when }) => when));
  const lines = [...steps, ...[flow.next, flow.record, flow.contacts].flatMap((table): Line[] => Object.values(table))];
  const onlyWith = lines.flatMap((line) => ('onlyWith' in line && line.onlyWith !== undefined ? [line.onlyWith] : []));
  const when = steps.flatMap((step) => step.when ?? []);
  const all = [...conditions, ...meant, ...onlyWith, ...when].flatMap(leavesOf);
  const cuts = new Map<string, Set<number>>();
  for (const condition of all) {
    if (!('fact' in condition)) continue;
    const known = cuts.get(condition.fact) ?? new Set();
    for (const number of startsIn(condition)) known.add(number);
    cuts.set(condition.fact, known);
  }
  return cuts;
}

function leavesOf(condition: Condition): Condition[] {
  return 'of' in condition && condition.kind !== 'ticks' ? condition.of.flatMap(leavesOf) : [condition];
}

function startsIn(condition: Condition): number[] {
  if (condition.kind === 'is')
    return condition.options
      .map(Number)
      .filter(Number.isInteger)
      .flatMap((value) => [value, value + 1]);
  if (condition.kind !== 'range') return [];
  return [
    ...(condition.min === undefined ? [] : [condition.min]),
    ...(condition.max === undefined ? [] : [condition.max + 1]),
  ];
}
