import type { Role } from './permissions.ts';

/** A person who works at the duty desk or in the specialist team of one area. Nobody sees another area's consultations. */
export interface Person {
  id: string;
  name: string;
  role: Role;
  /** Id of an area, such as `bury`. */
  area: string;
}

/** Copies only these four fields, leaving out how the person signs in. */
export function toPerson({ id, name, role, area }: Person): Person {
  return { id, name, role, area };
}
