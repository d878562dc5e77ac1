/** Reads the present state of an account as digests, in the form in which its entries record it. */
import { type AccountState, digestOfPerson, digestOfState } from '../audit/account-state.ts';
import type { Chain } from './chain.ts';
import type { Database } from './tables.ts';

/** Undefined if there is no such account. */
export async function readAccountState(db: Database, id: string): Promise<AccountState | undefined> {
  const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  return digestAccount({
    account: row,
    passkeys: await db.selectFrom('passkeys').selectAll().where('account', '=', id).execute(),
    recoveryCodes: await db.selectFrom('recovery_codes').selectAll().where('account', '=', id).execute(),
    invitations: await db.selectFrom('invitations').selectAll().where('account', '=', id).execute(),
  });
}

export interface AccountRows {
  account: Parameters<typeof digestOfPerson>[0] & {
    password_hash: string | null;
    totp_secret: string | null;
    totp_step: number | null;
  };
  passkeys: { id: string; public_key: string; counter: number; transports: string; name: string; added_at: string }[];
  recoveryCodes: { hash: string; made_at: string; used_at: string | null }[];
  invitations: { hash: string; made_at: string; expires_at: string; ended_at: string | null }[];
}

export function digestAccount({ account, passkeys, recoveryCodes, invitations }: AccountRows): AccountState {
  const sorted = (rows: (string | number | null)[][]) => rows.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  const keys = passkeys.map((key) => [key.id, key.public_key, key.counter, key.transports, key.name, key.added_at]);
  return {
    person: digestOfPerson(account),
    password: digestOfState(account.password_hash),
    app: digestOfState([account.totp_secret, account.totp_step]),
    passkeys: digestOfState(sorted(keys)),
    'recovery codes': digestOfState(sorted(recoveryCodes.map((code) => [code.hash, code.made_at, code.used_at]))),
    invitations: digestOfState(sorted(invitations.map((one) => [one.hash, one.made_at, one.expires_at, one.ended_at]))),
  };
}

/**
 * Whether the account is in the state that its newest entry recorded, and that entry is ours. If not, somebody has
 * changed the database, and the account cannot sign in.
 */
export async function isAsNoted(db: Database, id: string, { isOurs }: Pick<Chain, 'isOurs'>): Promise<boolean> {
  const last = await db
    .selectFrom('account_entries')
    .selectAll()
    .where('account', '=', id)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return false;
  const { seq, account, at, by, kind, body } = last;
  if (!(await isOurs(db, { source: 'account_entries', seq, facts: [account, at, by, kind], body }))) return false;
  const now = await readAccountState(db, id);
  return now !== undefined && JSON.stringify(JSON.parse(body).state) === JSON.stringify(now);
}
