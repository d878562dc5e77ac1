/** An account: how somebody signs in, and the events in its history. */

import type { Role } from './permissions.ts';
import type { Person } from './person.ts';

export interface Account extends Person {
  email: string;
  /** Null until the person accepts the invitation, and for people who sign in through their organisation. */
  passwordHash: string | null;
  /** Encrypted: see `seal.ts`. */
  totpSecret: string | null;
  /** Time step of the last code used, so that no code is accepted twice. */
  totpStep: number | null;
  subject: string | null;
  joinedAt: string | null;
  disabledAt: string | null;
}

/**
 * An event in the history of an account. Each is stored with who did it, when, and the resulting state (see `audit/account-state.ts`).
 * `session`: digest of the session that began, ended or was extended.
 */
export type AccountHappening =
  | { kind: 'invited'; email: string; name: string; role: Role; area: string }
  | { kind: 'invited again' }
  | { kind: 'joined'; session: string }
  | { kind: 'came from the organisation'; role: Role; area: string }
  | { kind: 'role changed'; from: Role; to: Role; area: string }
  | { kind: 'name changed'; name: string }
  | { kind: 'disabled' }
  /** First and last day, both included. */
  | { kind: 'away'; from: string; until: string }
  | { kind: 'back' }
  | { kind: 'enabled' }
  | { kind: 'password changed' | 'authenticator app set up' | 'authenticator app replaced'; session: string }
  | { kind: 'passkey added'; name: string }
  | { kind: 'passkey removed'; name: string }
  | { kind: 'recovery codes made' }
  | { kind: 'recovery code used' }
  /** `factor`: the second factor; missing in entries from before it was recorded. */
  | { kind: 'signed in'; session: string; factor?: 'totp' | 'passkey' | 'recovery code' | 'organisation' }
  | { kind: 'signed out'; session: string }
  /** Written at an upgrade, for accounts from before states were recorded. */
  | { kind: 'state noted' };

/** The address as it is stored and compared, or undefined if it is not an e-mail address. */
export function parseEmail(typed: string): string | undefined {
  const email = typed.normalize('NFKC').trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) && email.length <= 200 ? email : undefined;
}
