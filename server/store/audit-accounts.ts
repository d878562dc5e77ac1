/** Accounts, their entries and their sessions, for `npm run verify`. */
import type Sqlite from 'better-sqlite3';
import type { AccountEntryRow, AccountNow, AccountsRead, OpenSession } from '../audit/check-accounts.ts';
import { type AccountRows, digestAccount } from './account-state.ts';
import { iterateRows } from './iterate-rows.ts';

export function readAccounts(connection: Sqlite.Database): AccountsRead {
  const open = 'select account, token_hash as tokenHash from signins where ended_at is null';
  return {
    entries: iterateRows<AccountEntryRow>(
      connection.prepare('select account, "by", kind, body from account_entries order by seq'),
    ),
    now: readNow(connection),
    sessions: iterateRows<OpenSession>(connection.prepare(open)),
  };
}

function* readNow(connection: Sqlite.Database): Generator<AccountNow> {
  const of = (table: string) => connection.prepare(`select * from ${table} where account = ?`);
  const [passkeys, codes, invitations] = [of('passkeys'), of('recovery_codes'), of('invitations')];
  for (const row of connection.prepare('select * from accounts order by id').iterate()) {
    const account = row as AccountRows['account'];
    const { id, email, name, role, area } = account;
    const state = digestAccount({
      account,
      passkeys: passkeys?.all(id) as AccountRows['passkeys'],
      recoveryCodes: codes?.all(id) as AccountRows['recoveryCodes'],
      invitations: invitations?.all(id) as AccountRows['invitations'],
    });
    const [joined, disabled] = [account.joined_at !== null, account.disabled_at !== null];
    yield { id, email, name, role, area, joined, disabled, state };
  }
}
