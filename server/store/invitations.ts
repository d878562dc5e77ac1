/** Invitations: for a new account, for the first administrator of an area, and for a person who has lost their password or second factor. */
import type { Macs } from '../audit/mac.ts';
import type { Account } from '../people/account.ts';
import type { Role } from '../people/permissions.ts';
import { BY_COMMAND, type DoneBy } from './account-entries.ts';
import { accountRows, insertAccount } from './account-rows.ts';
import type { AccountContext } from './accounts.ts';
import type { Database } from './tables.ts';

export interface Invitation {
  email: string;
  name: string;
  role: Role;
  area: string;
  /** Hash of the code with which the person joins. */
  hash: string;
}

export interface Invitations {
  /** The account of an open invitation. */
  findInvited(hash: string): Promise<Account | undefined>;
  /** Returns the id of the new account; undefined if the email address already has one. */
  invite(invitation: Invitation, by: DoneBy): Promise<string | undefined>;
  /** As `invite`; also undefined if the area already has an administrator. */
  inviteFirst(invitation: Invitation): Promise<string | undefined>;
  /** The old password and second factors stay valid until the person has joined again. */
  inviteAgain(id: string, hash: string, by: DoneBy): Promise<void>;
}

const INVITED_MS = 72 * 3_600_000;

export function createInvitations(context: AccountContext): Invitations {
  const { engine, clock, macs } = context;
  return {
    findInvited: (hash) =>
      engine.read((db) =>
        accountRows(db)
          .innerJoin('invitations', 'invitations.account', 'accounts.id')
          .where('invitations.hash', 'in', keptHashes(macs, hash))
          .where('invitations.ended_at', 'is', null)
          .where('invitations.expires_at', '>', clock().toISOString())
          .where('accounts.disabled_at', 'is', null)
          .executeTakeFirst(),
      ),
    invite: (invitation, by) => engine.write((db) => inviteIn(context, db, invitation, by)),
    inviteFirst: (invitation) => engine.write((db) => inviteFirstIn(context, db, invitation)),
    inviteAgain: (id, hash, by) => engine.write((db) => inviteAgainIn(context, db, { id, hash }, by)),
  };
}

async function inviteIn(
  { clock, finders, macs, makeId, noteIn }: AccountContext,
  db: Database,
  { hash, ...person }: Invitation,
  by: DoneBy,
): Promise<string | undefined> {
  if ((await finders.byEmail(db, { email: person.email })).length > 0) return undefined;
  const id = makeId();
  await insertAccount(db, { id, ...person, subject: null }, clock().toISOString());
  await openInvitation(db, id, macs.invitation.make(hash), clock());
  await noteIn(db, id, { kind: 'invited', ...person }, by);
  return id;
}

/** If the first administrator has not joined yet, for example after losing the code, they are invited again. */
async function inviteFirstIn(context: AccountContext, db: Database, invitation: Invitation) {
  const administrators = await accountRows(db)
    .where('area', '=', invitation.area)
    .where('role', '=', 'administrator')
    .where('disabled_at', 'is', null)
    .execute();
  if (administrators.some(({ joinedAt }) => joinedAt !== null)) return undefined;
  const again = administrators.find(({ email }) => email === invitation.email);
  if (again === undefined) return inviteIn(context, db, invitation, BY_COMMAND);
  await inviteAgainIn(context, db, { id: again.id, hash: invitation.hash }, BY_COMMAND);
  return again.id;
}

async function inviteAgainIn(
  { clock, macs, noteIn }: AccountContext,
  db: Database,
  { id, hash }: { id: string; hash: string },
  by: DoneBy,
): Promise<void> {
  await openInvitation(db, id, macs.invitation.make(hash), clock());
  await noteIn(db, id, { kind: 'invited again' }, by);
}

/**
 * The forms in which an invitation's code may be stored: keyed with the audit key, or as a plain hash if it was sent
 * before keyed hashes were introduced.
 */
export function keptHashes({ invitation }: Macs, hash: string): string[] {
  return [invitation.make(hash), hash];
}

/** An account has at most one open invitation: an older one ends. */
async function openInvitation(db: Database, account: string, hash: string, now: Date): Promise<void> {
  const [made_at, expires_at] = [now.toISOString(), new Date(now.getTime() + INVITED_MS).toISOString()];
  await db
    .updateTable('invitations')
    .set({ ended_at: made_at })
    .where('account', '=', account)
    .where('ended_at', 'is', null)
    .execute();
  await db.insertInto('invitations').values({ hash, account, made_at, expires_at, ended_at: null }).execute();
}

/** False if it has already ended or expired. */
export async function endInvitation(db: Database, kept: readonly string[], at: string): Promise<boolean> {
  const done = await db
    .updateTable('invitations')
    .set({ ended_at: at })
    .where('hash', 'in', kept)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
