/**
 * What an area does more strictly than the national flows, from its `stricter.yaml`: at a step of a national flow a higher level, an earlier
 * time, or a stronger word. `check/stricter.ts` refuses whatever is weaker.
 */

import type { FlowContent } from './content.ts';
import type { RawStricter } from './schema.ts';
import type { Scope } from './scope.ts';

type Step = FlowContent['steps'][number];

/** The step as this area has it. An area's own flows say themselves how strict they are. */
export function tightened(scope: Scope, flow: FlowContent, step: Step): Step {
  const own = scope.own.flows.has(flow.id) ? undefined : scope.own.stricter.get(flow.id)?.value[step.id];
  if (own === undefined || (step.kind !== 'end' && step.kind !== 'advise')) return step;
  const value = { ...step.value, ...strictWords(own), cite: [...step.value.cite, ...own.cite] };
  return { ...step, value } as Step;
}

/** What is laid over the step, without the reason and the source. */
export function strictWords({ why: _why, cite: _cite, ...words }: RawStricter): Record<string, string | number> {
  return Object.fromEntries(Object.entries(words).flatMap(([key, word]) => (word === undefined ? [] : [[key, word]])));
}
