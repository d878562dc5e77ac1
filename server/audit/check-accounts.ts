/**
 * Compares accounts with their entries: with the last recorded state, and with what the entries say about role, area
 * and so on.
 */
import { ACCOUNT_PARTS, type AccountState, digestOfSession } from './account-state.ts';
import type { Findings } from './findings.ts';

export interface AccountEntryRow {
  account: string;
  by: string;
  kind: string;
  body: string;
}

export interface AccountNow {
  id: string;
  email: string;
  name: string;
  role: string;
  area: string;
  joined: boolean;
  disabled: boolean;
  state: AccountState;
}

/** A session that has not ended. */
export interface OpenSession {
  account: string;
  tokenHash: string;
}

export interface AccountsRead {
  /** In the order in which they were written. */
  entries: Iterable<AccountEntryRow>;
  now: Iterable<AccountNow>;
  sessions: Iterable<OpenSession>;
}

type Told = Partial<Pick<AccountNow, 'email' | 'name' | 'role' | 'area'>> & { joined: boolean; disabled: boolean };

interface Replayed {
  told: Told;
  sessions: Set<string>;
  state?: AccountState;
}

export function checkAccounts({ entries, now, sessions }: AccountsRead, findings: Findings): void {
  const known = new Map<string, Replayed>();
  for (const entry of entries) apply(known, entry);
  const there = new Set<string>();
  for (const account of now) {
    there.add(account.id);
    const replayed = known.get(account.id);
    if (replayed === undefined) findings.add('account planted', `account ${account.id}`);
    else {
      const changed = changedParts(account, replayed);
      if (changed.length > 0) findings.add('account changed', `account ${account.id}: ${changed.join(', ')}`);
    }
  }
  for (const id of known.keys()) if (!there.has(id)) findings.add('account deleted', `account ${id}`);
  for (const { account, tokenHash } of sessions)
    if (!known.get(account)?.sessions.has(digestOfSession(tokenHash)))
      findings.add('session planted', `a session of account ${account}`);
}

/** The first entry of an account has to say that it was created; otherwise the account was inserted by hand. */
function apply(known: Map<string, Replayed>, { account, kind, body }: AccountEntryRow): void {
  const { state, session, sessions, ...rest } = readBody(body);
  if (kind === 'invited') known.set(account, begin({ ...rest, joined: false }));
  if (kind === 'came from the organisation') known.set(account, begin({ ...rest, joined: true }));
  const replayed = known.get(account);
  if (replayed === undefined) return;
  if (kind === 'joined') replayed.told.joined = true;
  if (kind === 'disabled' || kind === 'enabled') replayed.told.disabled = kind === 'disabled';
  if (kind === 'name changed') replayed.told.name = rest.name;
  if (kind === 'role changed') Object.assign(replayed.told, { role: rest.to, area: rest.area });
  applySession(replayed.sessions, kind, session);
  for (const one of sessions ?? []) replayed.sessions.add(one);
  if (state !== undefined) replayed.state = state;
}

/**
 * What each event of an account does to its sessions: ends all of them, or all except the one in which it happened. A
 * test keeps the list complete.
 */
export const SESSIONS_ENDED_BY = {
  invited: 'none',
  'invited again': 'none',
  joined: 'all',
  'came from the organisation': 'none',
  'role changed': 'all',
  'name changed': 'none',
  disabled: 'all',
  away: 'none',
  back: 'none',
  enabled: 'none',
  'password changed': 'others',
  'authenticator app set up': 'others',
  'authenticator app replaced': 'others',
  'passkey added': 'none',
  'passkey removed': 'none',
  'recovery codes made': 'none',
  'recovery code used': 'none',
  'signed in': 'none',
  'signed out': 'none',
  'state noted': 'none',
} as const satisfies Record<string, 'all' | 'others' | 'none'>;

function applySession(sessions: Set<string>, kind: string, session: string | undefined): void {
  const goesOn = session !== undefined && sessions.has(session);
  const ends = SESSIONS_ENDED_BY[kind as keyof typeof SESSIONS_ENDED_BY] ?? 'none';
  if (ends !== 'none') sessions.clear();
  if (session === undefined) return;
  if (kind === 'signed out') sessions.delete(session);
  if (kind === 'signed in' || kind === 'joined' || (ends === 'others' && goesOn)) sessions.add(session);
}

interface Body {
  state?: AccountState;
  session?: string;
  sessions?: string[];
  email?: string;
  name?: string;
  role?: string;
  to?: string;
  area?: string;
}

/** An entry that cannot be read is reported elsewhere. */
function readBody(body: string): Body {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

function begin({ email, name, role, area, joined }: Body & { joined: boolean }): Replayed {
  const told: Told = { joined, disabled: false };
  for (const [key, value] of Object.entries({ email, name, role, area }))
    if (value !== undefined) Object.assign(told, { [key]: value });
  return { told, sessions: new Set() };
}

function changedParts(account: AccountNow, { told, state }: Replayed): string[] {
  const facts = Object.entries(told).filter(([name, value]) => account[name as keyof Told] !== value);
  const parts = ACCOUNT_PARTS.filter((part) => state !== undefined && state[part] !== account.state[part]);
  return [...facts.map(([name]) => name), ...parts.filter((part) => part !== 'person' || facts.length === 0)];
}
