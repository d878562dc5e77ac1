/** What the flows of an area can refer to: the area's own content, then the national content. */

import { didYouMean, type Message } from '../problem.ts';
import type { Content, FlowContent } from './content.ts';
import type { RawFloor } from './schema.ts';

const TABLES = {
  sources: 'source',
  contacts: 'contact',
  next: 'next step',
  record: 'record line',
  definitions: 'definition',
  questions: 'question',
  flows: 'flow',
  meanings: 'meaning',
} as const;
export type Table = keyof typeof TABLES;

export interface Scope {
  own: Content;
  national?: Content;
}

/** A placeholder for the front door of the area in which the flow is opened. */
export const FRONT_DOOR = 'front_door';

/** The contact that a national id stands for in this area: its replacement from `own contacts`, if it has one. */
export function resolveContact(scope: Scope, id: string): string {
  return ownContactsOf(scope.own)[id] ?? id;
}

/** National contact → the area's own contact, including the front door. */
export function ownContactsOf({ area }: Content): Record<string, string> {
  if (area === undefined) return {};
  return { ...area.value['own contacts'], [FRONT_DOOR]: area.value['front door'] };
}

export function findIn<T extends Table>(
  scope: Scope,
  table: T,
  id: string,
): NonNullable<ReturnType<Content[T]['get']>> | undefined {
  const found = scope.own[table].get(id) ?? scope.national?.[table].get(id);
  return found as NonNullable<ReturnType<Content[T]['get']>> | undefined;
}

const NO_FLOOR: RawFloor = { floor: {}, 'one of': {}, 'every main door hears': [], 'first asked': [] };

/** The national floor. Areas have no floor of their own. */
export function floorOf({ own, national }: Scope): RawFloor {
  return (national ?? own).floor?.value ?? NO_FLOOR;
}

export function knownIn(scope: Scope, table: Table): string[] {
  return [...scope.own[table].keys(), ...(scope.national?.[table].keys() ?? [])];
}

export function describeMissing(scope: Scope, table: Table, id: string): Message {
  const known = knownIn(scope, table);
  const files = { next: 'timetable.yaml', flows: 'a file of its name' } as Partial<Record<Table, string>>;
  if (table === 'meanings')
    return {
      missing: `no meaning is called "${id}".${didYouMean(id, known)} The meanings stand in national/meanings.yaml.`,
    };
  const where = files[table] ?? `${table}.yaml`;
  const message = `no ${TABLES[table]} is called "${id}".${didYouMean(id, known)} Write it in ${where}, of the area or of national.`;
  return { missing: message };
}

/**
 * The flow and all flows it calls, directly or not, each once and in order of the first call. Safe if flows call each other in a circle.
 */
export function calledFrom(scope: Scope, flow: FlowContent): FlowContent[] {
  const seen = new Map<string, FlowContent>([[flow.id, flow]]);
  for (const current of seen.values())
    for (const step of current.steps) {
      const called = step.kind === 'call' ? findIn(scope, 'flows', step.id) : undefined;
      if (called !== undefined) seen.set(called.id, called);
    }
  return [...seen.values()];
}
