/**
 * Where an area is stricter than the national flows, from its `stricter.yaml`: a higher level, an earlier time, or a
 * stronger word at a step of a national flow. `check/stricter.ts` refuses anything weaker.
 */

import type { FlowContent } from './content.ts';
import type { RawStricter } from './schema.ts';
import type { Scope } from './scope.ts';

type Step = FlowContent['steps'][number];

/**
 * The step as it applies in this area. An area's own flows are never changed, because they can be as strict as they
 * need to be.
 */
export function tightened(scope: Scope, flow: FlowContent, step: Step): Step {
  const own = scope.own.flows.has(flow.id) ? undefined : scope.own.stricter.get(flow.id)?.value[step.id];
  if (own === undefined || (step.kind !== 'end' && step.kind !== 'advise')) return step;
  const value = { ...step.value, ...strictWords(own), cite: [...step.value.cite, ...own.cite] };
  return { ...step, value } as Step;
}

/** The words that replace the step's own, without the reason and the source. */
export function strictWords({ why: _why, cite: _cite, ...words }: RawStricter): Record<string, string | number> {
  return Object.fromEntries(Object.entries(words).flatMap(([key, word]) => (word === undefined ? [] : [[key, word]])));
}
