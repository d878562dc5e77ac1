/** Rows of the table of accounts, read as accounts and inserted. */
import type { Account } from '../people/account.ts';
import type { Role } from '../people/permissions.ts';
import { type PreparedQuery, prepare } from './prepare.ts';
import type { Database } from './tables.ts';

/** Reads rows as accounts. The table stores the role as plain text. */
export function accountRows(db: Database) {
  return db
    .selectFrom('accounts')
    .select([
      'accounts.id as id',
      'email',
      'name',
      'role',
      'area',
      'password_hash as passwordHash',
      'totp_secret as totpSecret',
      'totp_step as totpStep',
      'subject',
      'joined_at as joinedAt',
      'disabled_at as disabledAt',
    ])
    .$castTo<Account>();
}

export interface AccountFinders {
  byId: PreparedQuery<{ id: string }, Account>;
  byEmail: PreparedQuery<{ email: string }, Account>;
  bySubject: PreparedQuery<{ subject: string }, Account>;
}

export function prepareAccountFinders(reading: Database): AccountFinders {
  return {
    byId: prepare(reading, (db, value) => accountRows(db).where('id', '=', value('id'))),
    byEmail: prepare(reading, (db, value) => accountRows(db).where('email', '=', value('email'))),
    bySubject: prepare(reading, (db, value) => accountRows(db).where('subject', '=', value('subject'))),
  };
}

/** `subject`: the person's id at their organisation, if they joined by single sign-on; null for an invited person. */
export interface NewAccount {
  id: string;
  email: string;
  name: string;
  role: Role;
  area: string;
  subject: string | null;
}

export async function insertAccount(db: Database, account: NewAccount, at: string): Promise<void> {
  const { id, email, name, role, area, subject } = account;
  const empty = { password_hash: null, totp_secret: null, totp_step: null, disabled_at: null };
  await db
    .insertInto('accounts')
    .values({ ...empty, id, email, name, role, area, subject, made_at: at, joined_at: subject === null ? null : at })
    .execute();
}
