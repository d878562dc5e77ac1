/** A person who works at the duty desk or in the specialist team of one area. Nobody sees another area's consultations. */
export const ROLES = [
  'duty worker',
  'operational manager',
  'specialist worker',
  'safeguarding lead',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

export interface Person {
  id: string;
  name: string;
  role: Role;
  /** Id of an area, such as `bury`. */
  area: string;
}

export function isRole(text: string | undefined): text is Role {
  return (ROLES as readonly (string | undefined)[]).includes(text);
}

/** Copies only these four fields, leaving out how the person signs in. */
export function toPerson({ id, name, role, area }: Person): Person {
  return { id, name, role, area };
}
