/** Maps the claims of an organisation's sign-in to a role and an area here. Nothing is guessed: without a role there is no access. */
import { isRole, ROLES, type Role } from './permissions.ts';

export interface ClaimRules {
  /** Names of the two claims, such as `roles` and `area`. */
  roleClaim: string;
  areaClaim: string;
  /** The organisation's name for a role → our role. */
  roles: ReadonlyMap<string, Role>;
  areas: ReadonlyMap<string, string>;
}

/** Someone with several roles gets the one with the lowest rank: working on consultations comes before managing accounts. */
const RANK: Record<Role, number> = {
  'operational manager': 1,
  'duty worker': 2,
  'specialist worker': 3,
  'safeguarding lead': 4,
  administrator: 5,
};
const BY_RANK = [...ROLES].sort((one, other) => RANK[one] - RANK[other]);

export function readClaims(
  claims: Record<string, unknown>,
  rules: ClaimRules,
): { role: Role; area: string } | { refused: 'no role' | 'unknown area' } {
  const roles = textsOf(claims[rules.roleClaim]).map(
    (text) => rules.roles.get(text) ?? (isRole(text) ? text : undefined),
  );
  const areas = new Set(textsOf(claims[rules.areaClaim]).map((text) => rules.areas.get(text)));
  areas.delete(undefined);
  const role = BY_RANK.find((one) => roles.includes(one));
  const [area] = areas;
  if (role === undefined) return { refused: 'no role' };
  return area === undefined || areas.size > 1 ? { refused: 'unknown area' } : { role, area };
}

function textsOf(claim: unknown): string[] {
  return [claim].flat().filter((text): text is string => typeof text === 'string');
}
