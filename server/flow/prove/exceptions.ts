/** Finds exceptions to the floor, and reasons for answers that are weaker than doubt, that are no longer needed. */
import type { LibraryArea, ReadArea } from '../check/library.ts';
import { problemIn } from '../language/read.ts';
import type { Problem } from '../problem.ts';
import { type Proof, prove } from './prove.ts';

export function findIdleExceptions(areas: readonly LibraryArea[]): Problem[] {
  return areas.flatMap((area) =>
    (area.floor?.exceptions ?? []).flatMap(({ rule, doors, at }) => {
      const idle = doors.filter((door) => holdsAt(area, rule, door));
      if (idle.length === 0) return [];
      const message = `the exception from "${rule}" is no longer needed at: ${idle.join(', ')}. The rule holds there. Take the exception out, or that door out of it.`;
      return [{ ...at, message, kind: 'error' as const }];
    }),
  );
}

/** Reasons why an answer may lead to less help than "I don't know", although it does so at no door. */
export function findIdleReasons(areas: readonly ReadArea[], proofs: readonly Proof[]): Problem[] {
  if (proofs.some(({ floor }) => floor === undefined)) return [];
  const used = new Set(proofs.flatMap(({ floor }) => floor?.definite.reasonsUsed ?? []));
  return areas.flatMap(({ content }) =>
    [...content.questions.values()].flatMap(({ id, document, path, value }) =>
      (value['weaker than doubt because'] ?? []).flatMap(({ option }, index) => {
        if (used.has(`${id} ${option}`)) return [];
        const message = `"${option}" leads to no less than "I don't know" at any door. Take the reason out.`;
        return [problemIn(document, [...path, 'weaker than doubt because', index], message)];
      }),
    ),
  );
}

function holdsAt({ floor, flows }: LibraryArea, id: string, door: string): boolean {
  const rule = floor?.rules.find((one) => one.id === id);
  const flow = flows.get(door);
  if (rule === undefined || flow === undefined) return false;
  return prove(flow, [rule]).rules.every(({ result }) => result === 'holds' || result === 'vacuous');
}
