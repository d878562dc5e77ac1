/** The tables about the people who work at the duty desks: their columns, and their creation. */
import type { Generated } from 'kysely';
import type { TableDefinitions } from './engine.ts';
import type { Database } from './tables.ts';

export interface PeopleTables {
  /**
   * `totp_secret` is sealed with a key that is not in the database. `totp_step` is the last time step used, so that no
   * code works twice.
   */
  accounts: {
    id: string;
    email: string;
    name: string;
    role: string;
    area: string;
    password_hash: string | null;
    totp_secret: string | null;
    totp_step: number | null;
    /** Issuer and subject at the identity provider. */
    subject: string | null;
    made_at: string;
    joined_at: string | null;
    disabled_at: string | null;
  };
  /** Append-only: what happened to an account, and who did it. */
  account_entries: { seq: Generated<number>; account: string; at: string; by: string; kind: string; body: string };
  invitations: { hash: string; account: string; made_at: string; expires_at: string; ended_at: string | null };
  passkeys: {
    id: string;
    account: string;
    public_key: string;
    counter: number;
    transports: string;
    name: string;
    added_at: string;
  };
  recovery_codes: { hash: string; account: string; made_at: string; used_at: string | null };
  /** Sign-ins. Kept for a while after the session has ended, to know whose drafts are kept. */
  signins: {
    token_hash: string;
    account: string;
    began_at: string;
    seen_at: string;
    ended_at: string | null;
    /** Null in sessions from before there were MACs; those have ended. */
    mac: string | null;
  };
  /** Browsers in which the person has signed in before: failed attempts from elsewhere do not slow these down. */
  known_browsers: { token_hash: string; account: string; since: string };
  /** Failed attempts. All three columns are keyed hashes. */
  signin_tries: { seq: Generated<number>; email: string; address: string; browser: string | null; at: string };
  spent_challenges: { challenge: string; at: string };
  /**
   * Typed text that was not sent, or was sent after the session had ended. Sealed with a key that is not in the
   * database.
   */
  drafts: { browser: string; account: string; form: string; page: string; sealed: string; at: string };
}

const must = <Column extends { notNull(): Column }>(column: Column) => column.notNull();

export async function makePeople(db: Database, { counter, strict, refuseChanges }: TableDefinitions): Promise<void> {
  await strict(
    db.schema
      .createTable('accounts')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('email', 'text', (column) => column.notNull().unique())
      .addColumn('name', 'text', must)
      .addColumn('role', 'text', must)
      .addColumn('area', 'text', must)
      .addColumn('password_hash', 'text')
      .addColumn('totp_secret', 'text')
      .addColumn('totp_step', 'integer')
      .addColumn('subject', 'text', (column) => column.unique())
      .addColumn('made_at', 'text', must)
      .addColumn('joined_at', 'text')
      .addColumn('disabled_at', 'text'),
  ).execute();
  await db.schema.createIndex('accounts_of').on('accounts').column('area').execute();
  await strict(
    db.schema
      .createTable('account_entries')
      .addColumn('seq', 'integer', counter)
      .addColumn('account', 'text', (column) => column.notNull().references('accounts.id'))
      .addColumn('at', 'text', must)
      .addColumn('by', 'text', must)
      .addColumn('kind', 'text', must)
      .addColumn('body', 'text', must),
  ).execute();
  await db.schema.createIndex('account_entries_of').on('account_entries').column('account').execute();
  await refuseChanges(db, 'account_entries', 'seq');
  await makeFactors(db, strict);
  await makeSignins(db, { counter, strict });
}

async function makeFactors(db: Database, strict: TableDefinitions['strict']): Promise<void> {
  await strict(
    db.schema
      .createTable('invitations')
      .addColumn('hash', 'text', (column) => column.primaryKey().notNull())
      .addColumn('account', 'text', (column) => column.notNull().references('accounts.id'))
      .addColumn('made_at', 'text', must)
      .addColumn('expires_at', 'text', must)
      .addColumn('ended_at', 'text'),
  ).execute();
  await db.schema.createIndex('invitations_of').on('invitations').column('account').execute();
  await strict(
    db.schema
      .createTable('passkeys')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('account', 'text', (column) => column.notNull().references('accounts.id'))
      .addColumn('public_key', 'text', must)
      .addColumn('counter', 'integer', must)
      .addColumn('transports', 'text', must)
      .addColumn('name', 'text', must)
      .addColumn('added_at', 'text', must),
  ).execute();
  await db.schema.createIndex('passkeys_of').on('passkeys').column('account').execute();
  await strict(
    db.schema
      .createTable('recovery_codes')
      .addColumn('hash', 'text', (column) => column.primaryKey().notNull())
      .addColumn('account', 'text', (column) => column.notNull().references('accounts.id'))
      .addColumn('made_at', 'text', must)
      .addColumn('used_at', 'text'),
  ).execute();
  await db.schema.createIndex('recovery_codes_of').on('recovery_codes').column('account').execute();
}

async function makeSignins(
  db: Database,
  { counter, strict }: Pick<TableDefinitions, 'counter' | 'strict'>,
): Promise<void> {
  await strict(
    db.schema
      .createTable('signins')
      .addColumn('token_hash', 'text', (column) => column.primaryKey().notNull())
      .addColumn('account', 'text', (column) => column.notNull().references('accounts.id'))
      .addColumn('began_at', 'text', must)
      .addColumn('seen_at', 'text', must)
      .addColumn('ended_at', 'text'),
  ).execute();
  await db.schema.createIndex('signins_of').on('signins').column('account').execute();
  await strict(
    db.schema
      .createTable('known_browsers')
      .addColumn('token_hash', 'text', must)
      .addColumn('account', 'text', (column) => column.notNull().references('accounts.id'))
      .addColumn('since', 'text', must)
      .addPrimaryKeyConstraint('known_browsers_key', ['token_hash', 'account']),
  ).execute();
  await strict(
    db.schema
      .createTable('signin_tries')
      .addColumn('seq', 'integer', counter)
      .addColumn('email', 'text', must)
      .addColumn('address', 'text', must)
      .addColumn('browser', 'text')
      .addColumn('at', 'text', must),
  ).execute();
  await db.schema.createIndex('signin_tries_by_email').on('signin_tries').columns(['email', 'at']).execute();
  await db.schema.createIndex('signin_tries_by_address').on('signin_tries').columns(['address', 'at']).execute();
  await strict(
    db.schema
      .createTable('spent_challenges')
      .addColumn('challenge', 'text', (column) => column.primaryKey().notNull())
      .addColumn('at', 'text', must),
  ).execute();
  await strict(
    db.schema
      .createTable('kept_forms')
      .addColumn('browser', 'text', must)
      .addColumn('account', 'text', (column) => column.notNull().references('accounts.id'))
      .addColumn('action', 'text', must)
      .addColumn('page', 'text', must)
      .addColumn('sealed', 'text', must)
      .addColumn('at', 'text', must)
      .addPrimaryKeyConstraint('kept_forms_key', ['browser', 'account', 'action']),
  ).execute();
}

/** Drafts are saved while somebody types, no longer only after a session has ended. */
export async function nameDrafts(db: Database): Promise<void> {
  await db.schema.alterTable('kept_forms').renameTo('drafts').execute();
  await db.schema.alterTable('drafts').renameColumn('action', 'form').execute();
}

/** Drafts are found by their writer, whichever browser they were typed in. */
export async function indexDrafts(db: Database): Promise<void> {
  await db.schema.createIndex('drafts_of').on('drafts').columns(['account', 'at']).execute();
}
