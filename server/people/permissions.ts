/**
 * The roles, and who may do what: role × action × whose. This is the only place where permissions are defined: each route of the desk names
 * its action and is checked against this table, and a test tries every cell. An action missing under a role is not allowed.
 */
export const ROLES = [
  'duty worker',
  'operational manager',
  'specialist worker',
  'safeguarding lead',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

export function isRole(text: string | undefined): text is Role {
  return (ROLES as readonly (string | undefined)[]).includes(text);
}

/** `own`: their own account, or a consultation they have claimed. `area`: anything in their area. Nobody may act outside their area. */
export type PermissionScope = 'own' | 'area';

type Row = Partial<Record<Role, PermissionScope>>;

const DESK: Row = { 'duty worker': 'area', 'operational manager': 'area' };
const READERS: Row = { ...DESK, 'safeguarding lead': 'area' };
const CLAIMANT: Row = { 'duty worker': 'own', 'operational manager': 'area' };
const MANAGER: Row = { 'operational manager': 'area' };
const LEADERS: Row = { 'operational manager': 'area', 'safeguarding lead': 'area' };
const ADMINISTRATOR: Row = { administrator: 'area' };
const PATHWAY: Row = { 'specialist worker': 'area', 'operational manager': 'area' };
/** Complete by its type, because a new role that may not see its own account would be locked out of it. */
const ANY_ROLE: Record<Role, PermissionScope> = {
  'duty worker': 'own',
  'operational manager': 'own',
  'specialist worker': 'own',
  'safeguarding lead': 'own',
  administrator: 'own',
};

export const PERMISSIONS = {
  'account.see': ANY_ROLE,
  'account.change': ANY_ROLE,

  'people.see': ADMINISTRATOR,
  'people.invite': ADMINISTRATOR,
  'people.disable': ADMINISTRATOR,
  'people.change role': ADMINISTRATOR,
  'clients.see': ADMINISTRATOR,
  'clients.manage': ADMINISTRATOR,

  'queue.see': READERS,
  'consultation.see': READERS,
  'consultation.open': DESK,
  'consultation.claim': DESK,
  'consultation.hand back': CLAIMANT,
  'consultation.pass on': CLAIMANT,
  'consultation.reopen': DESK,
  /** Recording that somebody is away. */
  'absence.note': CLAIMANT,
  'consultation.escalate': DESK,
  'record.write': CLAIMANT,
  'record.correct': CLAIMANT,
  'outcome.record': CLAIMANT,
  'outcome.review': MANAGER,
  'outcome.countersign': DESK,
  'task.do': DESK,
  'record.export': READERS,
  'records.export': LEADERS,
  'search.use': READERS,
  'audit.see': LEADERS,
  'figures.see': LEADERS,
  /** Including small numbers: these managers answer for the records, and see the figures on their own screen. */
  'figures.see unhidden': MANAGER,
  'worked.see': LEADERS,
  'notifications.see': DESK,
  'notifications.retry': DESK,
  'erasure.see': LEADERS,
  'erasure.review': LEADERS,

  'pathway.see': { ...PATHWAY, 'safeguarding lead': 'area' },
  'pathway.open': { ...PATHWAY, 'duty worker': 'own' },
  'pathway.write': PATHWAY,
  /** Closing a pathway although no measurement shows that the risk has come down. */
  'pathway.overrule': MANAGER,
  /** Readers' reports about telephone numbers. */
  'numbers.see': { 'safeguarding lead': 'area' },
  'numbers.settle': { 'safeguarding lead': 'area' },
} satisfies Record<string, Row>;

export type Action = keyof typeof PERMISSIONS;

/** What the action is done to. `by`: id of the person it belongs to, if any. */
export interface Target {
  area: string;
  by?: string | undefined;
}

/** Who acts: a person who is signed in. */
interface Actor {
  id: string;
  role: Role;
  /** Id of an area, such as `bury`. */
  area: string;
}

export function findScope(role: Role, action: Action): PermissionScope | undefined {
  const row: Row = PERMISSIONS[action];
  return row[role];
}

/** Whether this person may perform the action on the target. */
export function isAllowed(person: Actor, action: Action, target: Target): boolean {
  const scope = findScope(person.role, action);
  if (scope === undefined || target.area !== person.area) return false;
  return scope === 'area' || target.by === person.id;
}
