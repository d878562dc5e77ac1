/** An account: how somebody gets in, and what happened to it. */
import type { Person, Role } from './person.ts';

export interface Account extends Person {
  email: string;
  /** Null until the person has joined, and for those who sign in with their organisation. */
  passwordHash: string | null;
  /** Sealed. */
  totpSecret: string | null;
  /** The last step whose code was used. */
  totpStep: number | null;
  subject: string | null;
  joinedAt: string | null;
  disabledAt: string | null;
}

/**
 * What happened to an account. Each is kept with who did it and when, and with the state that it left behind (see `audit/account-state.ts`).
 * `session`: digest of the session that began, ended or went on.
 */
export type AccountHappening =
  | { kind: 'invited'; email: string; name: string; role: Role; area: string }
  | { kind: 'invited again' }
  | { kind: 'joined'; session: string }
  | { kind: 'came from the organisation'; role: Role; area: string }
  | { kind: 'role changed'; from: Role; to: Role; area: string }
  | { kind: 'name changed'; name: string }
  | { kind: 'disabled' }
  | { kind: 'enabled' }
  | { kind: 'password changed' | 'authenticator app set up' | 'authenticator app replaced'; session: string }
  | { kind: 'passkey added'; name: string }
  | { kind: 'passkey removed'; name: string }
  | { kind: 'recovery codes made' }
  | { kind: 'recovery code used' }
  | { kind: 'signed in' | 'signed out'; session: string }
  /** At an upgrade, for accounts from before states were noted. */
  | { kind: 'state noted' };

/** As it is kept and compared; undefined when it can be no address. */
export function parseEmail(typed: string): string | undefined {
  const email = typed.normalize('NFKC').trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) && email.length <= 200 ? email : undefined;
}
