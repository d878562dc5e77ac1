/** Accounts: invited, found, disabled, given another role. What happened to one is kept with who did it, in the same transaction. */
import type { Account, AccountHappening } from '../people/account.ts';
import type { Role } from '../people/person.ts';
import type { Chain } from './chain.ts';
import type { Engine } from './engine.ts';
import { prepare } from './prepare.ts';
import type { Signins } from './sign-ins.ts';
import type { Database } from './tables.ts';

/** Who does it: the id of an account, or what else can: the command line, the organisation. */
export type Doer = string;
export const BY_COMMAND: Doer = 'command';
const BY_ORGANISATION: Doer = 'organisation';

export interface Invitation {
  email: string;
  name: string;
  role: Role;
  area: string;
  /** Hash of the code that the person joins with. */
  hash: string;
}

export interface AccountEntry {
  at: string;
  by: Doer;
  what: AccountHappening;
}

/** `account`: the one that stands in the way. */
export type Welcome = { id: string } | { refused: 'disabled' | 'address taken'; account: Account };

export interface Accounts {
  find(id: string): Promise<Account | undefined>;
  findByEmail(email: string): Promise<Account | undefined>;
  /** Of somebody who signs in with their organisation. */
  findBySubject(subject: string): Promise<Account | undefined>;
  /** Whose invitation it is, while it is open. */
  findInvited(hash: string): Promise<Account | undefined>;
  listOf(area: string): Promise<Account[]>;
  entriesOf(id: string): Promise<AccountEntry[]>;
  /** The id; undefined when the email address has an account already. */
  invite(invitation: Invitation, by: Doer): Promise<string | undefined>;
  /** As `invite`, but undefined as well when the area has an administrator. */
  inviteFirst(invitation: Invitation): Promise<string | undefined>;
  /** For somebody who has lost password or second factor: the old ones end when they have joined again. */
  inviteAgain(id: string, hash: string, by: Doer): Promise<void>;
  /** Ends every session of the person in the same transaction; so do the next two. */
  disable(id: string, by: Doer): Promise<void>;
  enable(id: string, by: Doer): Promise<void>;
  changeRole(id: string, role: Role, by: Doer): Promise<void>;
  /** Ends this session, and notes that the person did so. */
  signOut(id: string, tokenHash: string): Promise<void>;
  /** Somebody whom the organisation has let in, with what it says of them now. */
  welcome(subject: string, said: { email: string; name: string; role: Role; area: string }): Promise<Welcome>;
  /** For other tables of the store, in their transaction. */
  noteIn(db: Database, id: string, what: AccountHappening, by?: Doer): Promise<void>;
}

const INVITED_HOURS = 72;

export function createAccounts(
  engine: Engine,
  chain: Chain,
  signins: Signins,
  clock: () => Date,
  makeId: () => string,
): Accounts {
  const { reading, read, write } = engine;
  const now = () => clock().toISOString();
  const byId = prepare<{ id: string }, Account>(reading, (db, value) => lines(db).where('id', '=', value('id')));
  const byEmail = prepare<{ email: string }, Account>(reading, (db, value) =>
    lines(db).where('email', '=', value('email')),
  );
  const bySubject = prepare<{ subject: string }, Account>(reading, (db, value) =>
    lines(db).where('subject', '=', value('subject')),
  );

  const noteIn: Accounts['noteIn'] = async (db, account, { kind, ...rest }, by = account) => {
    const [at, body] = [now(), JSON.stringify(rest)];
    const { seq } = await db
      .insertInto('account_entries')
      .values({ account, at, by, kind, body })
      .returning('seq')
      .executeTakeFirstOrThrow();
    await chain.addIn(db, { source: 'account_entries', seq, facts: [account, at, by, kind], body });
  };
  async function openInvitation(db: Database, account: string, hash: string): Promise<void> {
    const [made_at, expires_at] = [now(), new Date(clock().getTime() + INVITED_HOURS * 3_600_000).toISOString()];
    await db
      .updateTable('invitations')
      .set({ ended_at: made_at })
      .where('account', '=', account)
      .where('ended_at', 'is', null)
      .execute();
    await db.insertInto('invitations').values({ hash, account, made_at, expires_at, ended_at: null }).execute();
  }
  async function insert(db: Database, person: Omit<Invitation, 'hash'>, subject: string | null): Promise<string> {
    const id = makeId();
    const { email, name, role, area } = person;
    const empty = { password_hash: null, totp_secret: null, totp_step: null, joined_at: null, disabled_at: null };
    await db
      .insertInto('accounts')
      .values({ ...empty, id, email, name, role, area, subject, made_at: now() })
      .execute();
    return id;
  }
  async function inviteIn(db: Database, { hash, ...person }: Invitation, by: Doer): Promise<string | undefined> {
    if ((await byEmail(db, { email: person.email })).length > 0) return undefined;
    const id = await insert(db, person, null);
    await openInvitation(db, id, hash);
    await noteIn(db, id, { kind: 'invited', ...person }, by);
    return id;
  }
  async function changeRoleIn(
    db: Database,
    { id, role: from, area: oldArea }: Account,
    role: Role,
    area: string,
    by: Doer,
  ) {
    if (from === role && oldArea === area) return;
    await db.updateTable('accounts').set({ role, area }).where('id', '=', id).execute();
    await signins.endAllIn(db, id);
    await noteIn(db, id, { kind: 'role changed', from, to: role, area }, by);
  }
  async function welcomeNew(db: Database, subject: string, said: Omit<Invitation, 'hash'>): Promise<Welcome> {
    // An address that has an account here belongs to that account: the organisation cannot take it over.
    const [owner] = await byEmail(db, { email: said.email });
    if (owner !== undefined) return { refused: 'address taken', account: owner };
    const id = await insert(db, said, subject);
    await db.updateTable('accounts').set({ joined_at: now() }).where('id', '=', id).execute();
    const { role, area } = said;
    await noteIn(db, id, { kind: 'came from the organisation', role, area }, BY_ORGANISATION);
    return { id };
  }

  return {
    noteIn,
    find: async (id) => (await read((db) => byId(db, { id })))[0],
    findByEmail: async (email) => (await read((db) => byEmail(db, { email })))[0],
    findBySubject: async (subject) => (await read((db) => bySubject(db, { subject })))[0],
    findInvited: async (hash) =>
      read((db) =>
        lines(db)
          .innerJoin('invitations', 'invitations.account', 'accounts.id')
          .where('invitations.hash', '=', hash)
          .where('invitations.ended_at', 'is', null)
          .where('invitations.expires_at', '>', now())
          .where('accounts.disabled_at', 'is', null)
          .executeTakeFirst(),
      ) as Promise<Account | undefined>,
    listOf: (area) => read((db) => lines(db).where('area', '=', area).orderBy('name').execute()) as Promise<Account[]>,
    async entriesOf(id) {
      const found = await read((db) =>
        db.selectFrom('account_entries').selectAll().where('account', '=', id).orderBy('seq').execute(),
      );
      return found.map(({ at, by, kind, body }) => ({ at, by, what: { kind, ...JSON.parse(body) } }));
    },
    invite: (invitation, by) => write((db) => inviteIn(db, invitation, by)),
    inviteFirst: (invitation) =>
      write(async (db) => {
        const administrators = await lines(db)
          .where('area', '=', invitation.area)
          .where('role', '=', 'administrator')
          .where('disabled_at', 'is', null)
          .execute();
        if (administrators.some(({ joinedAt }) => joinedAt !== null)) return undefined;
        const again = administrators.find(({ email }) => email === invitation.email);
        if (again === undefined) return inviteIn(db, invitation, BY_COMMAND);
        await openInvitation(db, again.id, invitation.hash);
        await noteIn(db, again.id, { kind: 'invited again' }, BY_COMMAND);
        return again.id;
      }),
    inviteAgain: (id, hash, by) =>
      write(async (db) => {
        await openInvitation(db, id, hash);
        await noteIn(db, id, { kind: 'invited again' }, by);
      }),
    disable: (id, by) =>
      write(async (db) => {
        await db.updateTable('accounts').set({ disabled_at: now() }).where('id', '=', id).execute();
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
        const [account] = await byId(db, { id });
        if (account !== undefined) await changeRoleIn(db, account, role, account.area, by);
      }),
    signOut: (id, tokenHash) =>
      write(async (db) => {
        await signins.endIn(db, tokenHash);
        await noteIn(db, id, { kind: 'signed out' });
      }),
    welcome: (subject, said) =>
      write(async (db) => {
        const [account] = await bySubject(db, { subject });
        if (account === undefined) return welcomeNew(db, subject, said);
        if (account.disabledAt !== null) return { refused: 'disabled', account };
        await db.updateTable('accounts').set({ name: said.name }).where('id', '=', account.id).execute();
        await changeRoleIn(db, account, said.role, said.area, BY_ORGANISATION);
        return { id: account.id };
      }),
  };
}

/** The table holds text where the domain has a role. */
function lines(db: Database) {
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
