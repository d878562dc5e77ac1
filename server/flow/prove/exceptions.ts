/** Exceptions to the floor that nothing needs any more: the rule holds at the door all the same. */
import type { LibraryArea } from '../check/library.ts';
import type { Problem } from '../problem.ts';
import { prove } from './prove.ts';

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

function holdsAt({ floor, flows }: LibraryArea, id: string, door: string): boolean {
  const rule = floor?.rules.find((one) => one.id === id);
  const flow = flows.get(door);
  if (rule === undefined || flow === undefined) return false;
  return prove(flow, [rule]).rules.every(({ result }) => result === 'holds' || result === 'vacuous');
}
