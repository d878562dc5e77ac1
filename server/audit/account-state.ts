/**
 * The state of an account as digests. Each entry of an account contains the state after it, so that the chain covers
 * every password, second factor and role without containing any. The way of hashing must never change, because
 * databases keep these digests for years.
 */
import { hash } from 'node:crypto';

export const ACCOUNT_PARTS = ['person', 'password', 'app', 'passkeys', 'recovery codes', 'invitations'] as const;
export type AccountPart = (typeof ACCOUNT_PARTS)[number];
export type AccountState = Record<AccountPart, string>;

const DIGEST_LETTERS = 22;

/** The digest has 132 bits. */
export function digestOfState(content: unknown): string {
  return hash('sha256', JSON.stringify(content), 'base64url').slice(0, DIGEST_LETTERS);
}

export interface PersonRow {
  id: string;
  email: string;
  name: string;
  role: string;
  area: string;
  subject: string | null;
  made_at: string;
  joined_at: string | null;
  disabled_at: string | null;
}

export function digestOfPerson(row: PersonRow): string {
  const { id, email, name, role, area, subject, made_at, joined_at, disabled_at } = row;
  return digestOfState([id, email, name, role, area, subject, made_at, joined_at, disabled_at]);
}

/** The database holds a hash of the cookie's token; the chain holds a hash of that hash. */
export function digestOfSession(tokenHash: string): string {
  return digestOfState(['session', tokenHash]);
}
