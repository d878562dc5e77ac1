/**
 * Sessions of browsers, whether or not somebody is signed in (for that see `sign-ins.ts`). The cookie holds a random
 * token and the database only its hash, so that somebody who can read the database cannot take over a session.
 */
import { hash } from 'node:crypto';
import type { Macs } from '../audit/mac.ts';
import type { Engine } from './engine.ts';
import { prepare } from './prepare.ts';
import type { Database } from './tables.ts';

/**
 * The right to see a consultation belongs to one session of the browser: a row that is put back later gives nothing to
 * the next session.
 */
export const factsOfHolder = (holder: { tokenHash: string; consultation: string; createdAt: string }) => [
  holder.tokenHash,
  holder.consultation,
  holder.createdAt,
];

export interface SessionLimits {
  idleHours: number;
  mostHours: number;
}

export interface Session {
  createdAt: string;
  seenAt: string;
}

/** A session as it is stored. */
export interface SessionRow extends Session {
  tokenHash: string;
  mac: string | null;
}

/** The MAC of a session also covers when it was last used, so that an idle session cannot be revived. */
export const factsOfBrowser = ({ tokenHash, createdAt, seenAt }: Omit<SessionRow, 'mac'>) => [
  tokenHash,
  createdAt,
  seenAt,
];

export interface Sessions {
  /** Undefined if it is unknown, ended, too old, or was idle for too long. */
  find(tokenHash: string): Promise<Session | undefined>;
  /** Opens the session, or records that it was used; writes at most every five minutes. */
  see(tokenHash: string): Promise<void>;
  /** Deletes expired sessions; to be called regularly. */
  sweep(): Promise<number>;
  /** For other tables of the store: a session is open if it was used and created after these instants. */
  limits(): { seenAfter: string; createdAfter: string };
  /** Whether the session, as it is stored, was written by a program that has the key. */
  isOurs(session: SessionRow): boolean;
  /** For other tables of the store, to call in their transaction. */
  holdIn(db: Database, tokenHash: string, consultation: string): Promise<void>;
}

const SEEN_EVERY_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;

/** `token`: at least 256 random bits. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}

interface Holder {
  tokenHash: string;
  consultation: string;
  at: string;
  mac: string;
}

/** A session is open if it was used and created after these instants. */
type Limits = ReturnType<Sessions['limits']>;

interface SessionParts {
  engine: Engine;
  clock: () => Date;
  limits: SessionLimits;
  macs: Pick<Macs, 'holder' | 'browser'>;
}

export function createSessions({ engine, clock, limits, macs }: SessionParts): Sessions {
  const { reading, read, write } = engine;
  const now = () => clock().toISOString();
  const living = createLiving(clock, limits);
  const queries = prepareQueries(reading);
  const isOurs = (row: SessionRow) => macs.browser.fits(row.mac, ...factsOfBrowser(row));
  const find = async (db: Database, tokenHash: string): Promise<Session | undefined> => {
    const [row] = await queries.byToken(db, { tokenHash, ...living() });
    return row !== undefined && isOurs(row) ? row : undefined;
  };
  const marked = ({ tokenHash, createdAt, seenAt }: Omit<SessionRow, 'mac'>) => {
    const row = { tokenHash, createdAt, seenAt };
    return { ...row, mac: macs.browser.make(...factsOfBrowser(row)) };
  };
  const isNoted = ({ seenAt }: Session) => seenAt >= wordsOf(clock().getTime() - SEEN_EVERY_MS);

  /** An expired session is reset when it is used again: it loses its consultations. */
  async function seeIn(db: Database, tokenHash: string): Promise<Session> {
    const at = now();
    const session = await find(db, tokenHash);
    if (session === undefined) {
      const fresh = { createdAt: at, seenAt: at };
      await queries.remove(db, { tokenHash });
      await queries.insert(db, marked({ tokenHash, ...fresh }));
      return fresh;
    }
    if (!isNoted(session)) await queries.touch(db, marked({ tokenHash, ...session, seenAt: at }));
    return session;
  }

  return {
    find: (tokenHash) => read((db) => find(db, tokenHash)),
    async see(tokenHash) {
      const session = await read((db) => find(db, tokenHash));
      if (session === undefined || !isNoted(session)) await write(async (db) => void (await seeIn(db, tokenHash)));
    },
    sweep: () => write((db) => removeExpired(db, living())),
    limits: living,
    isOurs,
    async holdIn(db, tokenHash, consultation) {
      const { createdAt } = await seeIn(db, tokenHash);
      const mac = macs.holder.make(...factsOfHolder({ tokenHash, consultation, createdAt }));
      await queries.insertHolder(db, { tokenHash, consultation, at: now(), mac });
    },
  };
}

/**
 * Rounded to the second, so that the text can be reused: every request asks for it, and formatting an instant takes
 * longer than the rest.
 */
function createLiving(clock: () => Date, { idleHours, mostHours }: SessionLimits): Sessions['limits'] {
  let second = Number.NaN;
  let known = { seenAfter: '', createdAfter: '' };
  return () => {
    const now = Math.floor(clock().getTime() / 1000);
    if (now !== second) {
      const ago = (hours: number) => wordsOf(now * 1000 - hours * HOUR_MS);
      known = { seenAfter: ago(idleHours), createdAfter: ago(mostHours) };
      second = now;
    }
    return known;
  };
}

function wordsOf(instant: number): string {
  return new Date(instant).toISOString();
}

function prepareQueries(reading: Database) {
  return {
    byToken: prepare<{ tokenHash: string } & Limits, SessionRow>(reading, (db, value) =>
      db
        .selectFrom('sessions')
        .select(['token_hash as tokenHash', 'created_at as createdAt', 'seen_at as seenAt', 'mac'])
        .where('token_hash', '=', value('tokenHash'))
        .where('seen_at', '>', value('seenAfter'))
        .where('created_at', '>', value('createdAfter')),
    ),
    remove: prepare<{ tokenHash: string }, unknown>(reading, (db, value) =>
      db.deleteFrom('sessions').where('token_hash', '=', value('tokenHash')),
    ),
    insert: prepare<SessionRow, unknown>(reading, (db, value) =>
      db.insertInto('sessions').values({
        token_hash: value('tokenHash'),
        created_at: value('createdAt'),
        seen_at: value('seenAt'),
        mac: value('mac'),
      }),
    ),
    touch: prepare<SessionRow, unknown>(reading, (db, value) =>
      db
        .updateTable('sessions')
        .set({ seen_at: value('seenAt'), mac: value('mac') })
        .where('token_hash', '=', value('tokenHash')),
    ),
    insertHolder: prepare<Holder, unknown>(reading, (db, value) =>
      db
        .insertInto('holders')
        .values({
          token_hash: value('tokenHash'),
          consultation: value('consultation'),
          since: value('at'),
          mac: value('mac'),
        })
        .onConflict((conflict) => conflict.columns(['token_hash', 'consultation']).doUpdateSet({ mac: value('mac') })),
    ),
  };
}

/** Returns how many were removed. */
async function removeExpired(db: Database, { seenAfter, createdAfter }: Limits): Promise<number> {
  const removed = await db
    .deleteFrom('sessions')
    .where((session) => session.or([session('seen_at', '<=', seenAfter), session('created_at', '<=', createdAfter)]))
    .executeTakeFirst();
  return Number(removed.numDeletedRows);
}
