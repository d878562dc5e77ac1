/** Where in the files a step of a flow is written. */
import { problemIn } from '../language/read.ts';
import { NATIONAL } from '../national.ts';
import type { Problem } from '../problem.ts';
import type { ReadLibrary } from './library.ts';

/**
 * A step of a part, as the area's flows see it: the part is the area's own or else national. If there is no step, the
 * part itself is meant.
 */
export interface StepPlace {
  area: string;
  part: string;
  step?: string;
}

/** The position of the step's condition, if it has one. Undefined if no file has the part. */
export function problemAtStep(
  { areas }: ReadLibrary,
  { area, part, step }: StepPlace,
  message: string,
  kind: Problem['kind'],
): Problem | undefined {
  const [flow] = [area, NATIONAL].flatMap((folder) => areas.get(folder)?.content.flows.get(part) ?? []);
  if (flow === undefined) return undefined;
  const found = flow.steps.find(({ id }) => id === step);
  const path = found?.path ?? [];
  return problemIn(flow.document, found?.value.when === undefined ? path : [...path, 'when'], message, kind);
}
