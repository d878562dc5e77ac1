/** Where in the files a step of a flow is written. */
import { problemIn } from '../language/read.ts';
import type { Problem } from '../problem.ts';
import { NATIONAL } from '../words.ts';
import type { ReadLibrary } from './library.ts';

/** A step of a part, as the flows of the area see it: the part is the area's own, or else national. Without a step: the part itself. */
export interface StepPlace {
  area: string;
  part: string;
  step?: string;
}

/** At the step's condition if it has one. Undefined if no file has the part. */
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
