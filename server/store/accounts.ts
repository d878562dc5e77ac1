/**
 * Accounts: finding them, disabling them, changing their role, and opening them for people from single sign-on. Every
 * change is logged in the same transaction.
 */
import { digestOfSession } from '../audit/account-state.ts';
import type { Macs } from '../audit/mac.ts';
import type { Account } from '../people/account.ts';
import type { Role } from '../people/permissions.ts';
import { type Absences, createAbsences } from './absences.ts';
import { type AccountEntries, BY_ORGANISATION, createAccountEntries, type DoneBy } from './account-entries.ts';
import { type AccountFinders, accountRows, insertAccount, prepareAccountFinders } from './account-rows.ts';
import { isAsNoted } from './account-state.ts';
import type { Chain } from './chain.ts';
import type { Engine } from './engine.ts';
import { createInvitations, type Invitation, type Invitations } from './invitations.ts';
import type { Signins } from './sign-ins.ts';
import type { Database } from './tables.ts';

/** `account`: the existing account with that email address. */
export type AccountOrRefusal =
  | { id: string }
  | { refused: 'disabled' | 'address taken' | 'changed meanwhile'; account: Account };

/** What the organisation says about a person who signed in there. */
type FromOrganisation = Omit<Invitation, 'hash'>;

interface AccountSearch {
  find(id: string): Promise<Account | undefined>;
  findByEmail(email: string): Promise<Account | undefined>;
  /** Finds a person by their id at the organisation. */
  findBySubject(subject: string): Promise<Account | undefined>;
  listOf(area: string): Promise<Account[]>;
}

interface AccountChanges {
  /** Ends every session of the person in the same transaction, as `changeRole` does. */
  disable(id: string, by: DoneBy): Promise<void>;
  enable(id: string, by: DoneBy): Promise<void>;
  changeRole(id: string, role: Role, by: DoneBy): Promise<void>;
  /** Ends this session, and notes that the person did so. */
  signOut(id: string, tokenHash: string): Promise<void>;
  /**
   * Ends a session of the same person in another browser; `session` is its digest. False if there is no such open
   * session.
   */
  signOutElsewhere(id: string, session: string): Promise<boolean>;
  /** Finds or opens the account of a person who signed in at the organisation, and updates it to what the organisation says now. */
  welcome(subject: string, said: FromOrganisation): Promise<AccountOrRefusal>;
}

export interface Accounts extends AccountSearch, AccountChanges, Invitations, AccountEntries, Absences {}

/** What the functions for accounts are built from. */
export interface AccountParts {
  engine: Engine;
  chain: Chain;
  macs: Macs;
  signins: Signins;
  clock: () => Date;
  makeId: () => string;
}

/** What every change of an account needs. */
export interface AccountContext extends AccountParts {
  finders: AccountFinders;
  noteIn: AccountEntries['noteIn'];
}

export function createAccounts(parts: AccountParts): Accounts {
  const { engine, chain, clock } = parts;
  const entries = createAccountEntries(engine, chain, clock);
  const finders = prepareAccountFinders(engine.reading);
  const context: AccountContext = { ...parts, finders, noteIn: entries.noteIn };
  return {
    ...entries,
    ...createSearch(engine, finders),
    ...createInvitations(context),
    ...createChanges(context),
    ...createAbsences(engine, entries.noteIn),
  };
}

function createSearch({ read }: Engine, { byId, byEmail, bySubject }: AccountFinders): AccountSearch {
  return {
    find: async (id) => (await read((db) => byId(db, { id })))[0],
    findByEmail: async (email) => (await read((db) => byEmail(db, { email })))[0],
    findBySubject: async (subject) => (await read((db) => bySubject(db, { subject })))[0],
    listOf: (area) => read((db) => accountRows(db).where('area', '=', area).orderBy('name').execute()),
  };
}

function createChanges(context: AccountContext): AccountChanges {
  const { clock, finders, noteIn, signins } = context;
  const { write } = context.engine;
  return {
    disable: (id, by) =>
      write(async (db) => {
        await db.updateTable('accounts').set({ disabled_at: clock().toISOString() }).where('id', '=', id).execute();
        await signins.endAllIn(db, id);
        await noteIn(db, id, { kind: 'disabled' }, by);
      }),
    enable: (id, by) =>
      write(async (db) => {
        await db.updateTable('accounts').set({ disabled_at: null }).where('id', '=', id).execute();
        await noteIn(db, id, { kind: 'enabled' }, by);
      }),
    changeRole: (id, role, by) =>
      write(async (db) => {
        const [account] = await finders.byId(db, { id });
        if (account !== undefined) await changeRoleIn(context, db, account, { role, area: account.area, by });
      }),
    signOut: (id, tokenHash) =>
      write(async (db) => {
        await signins.endIn(db, tokenHash);
        await noteIn(db, id, { kind: 'signed out', session: digestOfSession(tokenHash) });
      }),
    signOutElsewhere: (id, session) =>
      write(async (db) => {
        const ended = await signins.endOneIn(db, id, session);
        if (ended) await noteIn(db, id, { kind: 'signed out', session });
        return ended;
      }),
    welcome: (subject, said) => write((db) => welcomeIn(context, db, subject, said)),
  };
}

interface RoleChange {
  role: Role;
  area: string;
  by: DoneBy;
}

/** Does nothing if the person already has that role in that area. */
async function changeRoleIn(
  { noteIn, signins }: AccountContext,
  db: Database,
  { id, role: from, area: oldArea }: Account,
  { role, area, by }: RoleChange,
): Promise<void> {
  if (from === role && oldArea === area) return;
  await db.updateTable('accounts').set({ role, area }).where('id', '=', id).execute();
  await signins.endAllIn(db, id);
  await noteIn(db, id, { kind: 'role changed', from, to: role, area }, by);
}

async function welcomeIn(
  context: AccountContext,
  db: Database,
  subject: string,
  said: FromOrganisation,
): Promise<AccountOrRefusal> {
  const [account] = await context.finders.bySubject(db, { subject });
  if (account === undefined) return welcomeNew(context, db, subject, said);
  if (account.disabledAt !== null) return { refused: 'disabled', account };
  if (!(await isAsNoted(db, account.id, context.chain))) return { refused: 'changed meanwhile', account };
  if (account.name !== said.name) {
    await db.updateTable('accounts').set({ name: said.name }).where('id', '=', account.id).execute();
    await context.noteIn(db, account.id, { kind: 'name changed', name: said.name }, BY_ORGANISATION);
  }
  await changeRoleIn(context, db, account, { role: said.role, area: said.area, by: BY_ORGANISATION });
  return { id: account.id };
}

async function welcomeNew(
  { clock, finders, makeId, noteIn }: AccountContext,
  db: Database,
  subject: string,
  { email, name, role, area }: FromOrganisation,
): Promise<AccountOrRefusal> {
  // If an account already has the email address, the organisation cannot take that account over.
  const [owner] = await finders.byEmail(db, { email });
  if (owner !== undefined) return { refused: 'address taken', account: owner };
  const id = makeId();
  await insertAccount(db, { id, email, name, role, area, subject }, clock().toISOString());
  await noteIn(db, id, { kind: 'came from the organisation', role, area }, BY_ORGANISATION);
  return { id };
}
