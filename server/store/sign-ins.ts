/**
 * Who is signed in. The cookie holds a random token, the database its hash. A session ends 30 minutes after the last
 * request and 12 hours after it began; it ends at once if the person signs out, is disabled, or gets another role.
 */

import { sql } from 'kysely';
import { digestOfPerson, digestOfSession, type PersonRow } from '../audit/account-state.ts';
import type { Mac } from '../audit/mac.ts';
import { type Person, toPerson } from '../people/person.ts';
import type { Dialect, Engine } from './engine.ts';
import { prepare } from './prepare.ts';
import type { Database } from './tables.ts';

export interface SignedIn {
  person: Person;
  beganAt: string;
}

/** One of the browsers in which a person is signed in. */
export interface OpenSession {
  /** The digest of the session, as in the log. It cannot be used to sign in. */
  id: string;
  beganAt: string;
  seenAt: string;
}

export interface Signins {
  find(tokenHash: string): Promise<SignedIn | undefined>;
  /** Records a request of the person; writes at most once a minute. */
  see(tokenHash: string): Promise<void>;
  end(tokenHash: string): Promise<void>;
  /** The person's open sessions, the newest first. */
  listOf(account: string): Promise<OpenSession[]>;
  sweep(): Promise<void>;
  /** For other tables of the store, to call in their transaction. */
  beginIn(db: Database, account: string, tokenHash: string): Promise<void>;
  endIn(db: Database, tokenHash: string): Promise<void>;
  /** Ends the person's session that has this digest. False if there is none. */
  endOneIn(db: Database, account: string, id: string): Promise<boolean>;
  endAllIn(db: Database, account: string, except?: string): Promise<void>;
}

const IDLE_MS = 30 * 60_000;
const MOST_MS = 12 * 3_600_000;
const SEEN_EVERY_MS = 60_000;

interface Line extends Omit<PersonRow, 'role'>, Person {
  beganAt: string;
  seenAt: string;
  /** The account's state as its newest entry recorded it. */
  noted: string | null;
  /** The MAC of the session. */
  mac: string | null;
}

/** `mac`: the MAC for sessions. */
export function createSignins({ reading, read, write, dialect }: Engine, mac: Mac, clock: () => Date): Signins {
  const ago = (ms: number) => new Date(clock().getTime() - ms).toISOString();
  const now = () => clock().toISOString();
  const living = prepareLiving(reading, dialect);
  const limits = () => ({ seenAfter: ago(IDLE_MS), beganAfter: ago(MOST_MS) });
  const find = async (tokenHash: string) => {
    const [line] = await read((db) => living(db, { tokenHash, ...limits() }));
    if (line === undefined || !mac.fits(line.mac, ...factsOf(tokenHash, line))) return undefined;
    // An account that somebody changed in the database cannot sign in: the change could have given it another area or
    // role.
    return line.noted === digestOfPerson(line) ? line : undefined;
  };
  return {
    async find(tokenHash) {
      const line = await find(tokenHash);
      return line && { person: toPerson(line), beganAt: line.beganAt };
    },
    async see(tokenHash) {
      const line = await find(tokenHash);
      if (line === undefined || line.seenAt > ago(SEEN_EVERY_MS)) return;
      const seen = { ...line, seenAt: now() };
      await write((db) => touch(db, tokenHash, seen.seenAt, mac.make(...factsOf(tokenHash, seen))));
    },
    end: (tokenHash) => write((db) => end(db, tokenHash, now())),
    listOf: async (account) => (await read((db) => listOpen(db, account, limits()))).map(toOpenSession),
    endIn: (db, tokenHash) => end(db, tokenHash, now()),
    async endOneIn(db, account, id) {
      const found = (await listOpen(db, account, limits())).find((row) => digestOfSession(row.token_hash) === id);
      if (found !== undefined) await end(db, found.token_hash, now());
      return found !== undefined;
    },
    // Well after the longest session has ended.
    sweep: () =>
      write(async (db) => {
        await db
          .deleteFrom('signins')
          .where('began_at', '<', ago(3 * MOST_MS))
          .execute();
      }),
    beginIn: (db, account, tokenHash) => begin(db, { account, tokenHash, at: now(), mac }),
    endAllIn: (db, account, except = '') => endAll(db, account, except, now()),
  };
}

/** Sessions that have not ended and are neither too old nor idle for too long, of accounts that are not disabled. */
function prepareLiving(reading: Database, { textAt }: Dialect) {
  return prepare<{ tokenHash: string; seenAfter: string; beganAfter: string }, Line>(reading, (db, value) =>
    db
      .selectFrom('signins')
      .innerJoin('accounts', 'accounts.id', 'signins.account')
      .select(['accounts.id as id', 'name', 'role', 'area', 'began_at as beganAt', 'seen_at as seenAt'])
      .select(['mac', 'email', 'subject', 'made_at', 'joined_at', 'disabled_at'])
      .select(
        sql<string | null>`(select ${textAt(sql`body`, 'state', 'person')} from account_entries
          where account = accounts.id order by seq desc limit 1)`.as('noted'),
      )
      .where('token_hash', '=', value('tokenHash'))
      .where('ended_at', 'is', null)
      .where('disabled_at', 'is', null)
      .where('seen_at', '>', value('seenAfter'))
      .where('began_at', '>', value('beganAfter'))
      .$castTo<Line>(),
  );
}

interface OpenRow {
  token_hash: string;
  began_at: string;
  seen_at: string;
}

function listOpen(
  db: Database,
  account: string,
  limits: { seenAfter: string; beganAfter: string },
): Promise<OpenRow[]> {
  return db
    .selectFrom('signins')
    .select(['token_hash', 'began_at', 'seen_at'])
    .where('account', '=', account)
    .where('ended_at', 'is', null)
    .where('seen_at', '>', limits.seenAfter)
    .where('began_at', '>', limits.beganAfter)
    .orderBy('began_at', 'desc')
    .execute();
}

function toOpenSession({ token_hash, began_at: beganAt, seen_at: seenAt }: OpenRow): OpenSession {
  return { id: digestOfSession(token_hash), beganAt, seenAt };
}

interface Beginning {
  account: string;
  tokenHash: string;
  at: string;
  mac: Mac;
}

async function begin(db: Database, { account, tokenHash, at, mac }: Beginning): Promise<void> {
  const person = db.selectFrom('accounts').select(['id', 'role', 'area']).where('id', '=', account);
  const facts = factsOf(tokenHash, { ...(await person.executeTakeFirstOrThrow()), beganAt: at, seenAt: at });
  const row = { token_hash: tokenHash, account, began_at: at, seen_at: at, ended_at: null, mac: mac.make(...facts) };
  await db.insertInto('signins').values(row).execute();
}

/**
 * What the MAC of a session covers: the role and the area with which it began, since it ends when they change, and when
 * it was last used.
 */
export function factsOf(
  tokenHash: string,
  { id, role, area, beganAt, seenAt }: Record<'id' | 'role' | 'area' | 'beganAt' | 'seenAt', string>,
): string[] {
  return [tokenHash, id, role, area, beganAt, seenAt];
}

async function touch(db: Database, tokenHash: string, at: string, mac: string): Promise<void> {
  const seen = { seen_at: at, mac };
  await db.updateTable('signins').set(seen).where('token_hash', '=', tokenHash).execute();
}

async function end(db: Database, tokenHash: string, at: string): Promise<void> {
  await db
    .updateTable('signins')
    .set({ ended_at: at })
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .execute();
}

/** `except`: token hash of a session that stays open; empty for none. */
async function endAll(db: Database, account: string, except: string, at: string): Promise<void> {
  await db
    .updateTable('signins')
    .set({ ended_at: at })
    .where('account', '=', account)
    .where('ended_at', 'is', null)
    .where('token_hash', '<>', except)
    .execute();
}
