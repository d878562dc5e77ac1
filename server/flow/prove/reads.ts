/** The facts that a condition reads, and in which interviews they were asked. */

import type { Condition } from '../flow.ts';
import { readsOf } from '../walk/condition.ts';
import type { Formula } from './diagram.ts';
import type { Known } from './known.ts';

export interface Read {
  fact: string;
  asked: Formula;
  notAsked: Formula;
  /** Read under a `none of` over conditions, which holds if the fact is not known. */
  inNoneOf: boolean;
}

export function readsAt(known: Known, condition: Condition | undefined, here: Formula): Read[] {
  const inNoneOf = new Set(noneOfsIn(condition).flatMap((part) => readsOf(part).facts));
  return [...new Set(readsOf(condition).facts)].map((fact) => ({
    fact,
    asked: known.diagrams.and(here, known.asked.of(fact)),
    notAsked: known.diagrams.butNot(here, known.asked.of(fact)),
    inNoneOf: inNoneOf.has(fact),
  }));
}

function noneOfsIn(condition: Condition | undefined): Condition[] {
  if (condition === undefined || !('of' in condition) || condition.kind === 'ticks') return [];
  return condition.kind === 'no' ? [condition] : condition.of.flatMap(noneOfsIn);
}
