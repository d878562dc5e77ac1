/** Browsers. The cookie holds a random token; the database holds its hash, so that a reader of the database cannot take over a session. */
import { hash } from 'node:crypto';
import type { Macs } from '../audit/mac.ts';
import type { Engine } from './engine.ts';
import { prepare } from './prepare.ts';
import type { RowSums } from './row-sums.ts';
import type { Database } from './tables.ts';

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

/** The MAC of a session covers when it was seen last: one that was idle for too long is not made to go on. */
export const factsOfBrowser = ({ tokenHash, createdAt, seenAt }: Omit<SessionRow, 'mac'>) => [
  tokenHash,
  createdAt,
  seenAt,
];

export interface Sessions {
  /** Undefined if it is unknown, ended, too old or was idle for too long. */
  find(tokenHash: string): Promise<Session | undefined>;
  /** Opens the session, or notes that it was used; writes at most every five minutes. */
  see(tokenHash: string): Promise<void>;
  /** Afterwards the browser holds no consultation. */
  end(tokenHash: string): Promise<void>;
  /** Deletes expired sessions; to be called regularly. */
  sweep(): Promise<number>;
  /** For other tables of the store: a living session was seen and created after these. */
  limits(): { seenAfter: string; createdAfter: string };
  /** Whether a program that has the key wrote the session as it is stored. */
  isOurs(session: SessionRow): boolean;
  /** For other tables of the store, in their transaction. */
  holdIn(db: Database, tokenHash: string, consultation: string): Promise<void>;
}

const SEEN_EVERY_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;
/** Placeholders in one statement. */
const AT_ONCE = 500;

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

/** A living session was seen and created after these. */
type Limits = ReturnType<Sessions['limits']>;

interface SessionParts {
  engine: Engine;
  clock: () => Date;
  limits: SessionLimits;
  macs: Pick<Macs, 'holder' | 'browser'>;
  rowSums: Pick<RowSums, 'noteIn'>;
}

export function createSessions({ engine, clock, limits, macs, rowSums }: SessionParts): Sessions {
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
  async function seeIn(db: Database, tokenHash: string): Promise<void> {
    const at = now();
    const session = await find(db, tokenHash);
    if (session === undefined) {
      if ((await queries.known(db, { tokenHash })).length > 0) await endIn(db, tokenHash);
      await queries.insert(db, marked({ tokenHash, createdAt: at, seenAt: at }));
    } else if (!isNoted(session)) await queries.touch(db, marked({ tokenHash, ...session, seenAt: at }));
  }

  async function endIn(db: Database, tokenHash: string): Promise<void> {
    await rowSums.noteIn(db, 'holders', { gone: await queries.removeHolders(db, { tokenHash }) });
    await queries.remove(db, { tokenHash });
  }

  return {
    find: (tokenHash) => read((db) => find(db, tokenHash)),
    async see(tokenHash) {
      const session = await read((db) => find(db, tokenHash));
      if (session === undefined || !isNoted(session)) await write((db) => seeIn(db, tokenHash));
    },
    end: (tokenHash) => write((db) => endIn(db, tokenHash)),
    sweep: () => write((db) => removeExpired(db, living(), rowSums)),
    limits: living,
    isOurs,
    async holdIn(db, tokenHash, consultation) {
      await seeIn(db, tokenHash);
      const row = { tokenHash, consultation, at: now(), mac: macs.holder.make(tokenHash, consultation) };
      if ((await queries.insertHolder(db, row)).length === 0) return void (await queries.markHolder(db, row));
      const come = [{ token_hash: tokenHash, consultation, since: row.at }];
      await rowSums.noteIn(db, 'holders', { come });
    },
  };
}

/** To the second: each request asks, and to put an instant into words takes longer than most else of it. */
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
    /** Living or not. */
    known: prepare<{ tokenHash: string }, object>(reading, (db, value) =>
      db.selectFrom('sessions').select('seen_at').where('token_hash', '=', value('tokenHash')),
    ),
    remove: prepare<{ tokenHash: string }, unknown>(reading, (db, value) =>
      db.deleteFrom('sessions').where('token_hash', '=', value('tokenHash')),
    ),
    /** Gives what it removed. */
    removeHolders: prepare<{ tokenHash: string }, object>(reading, (db, value) =>
      db.deleteFrom('holders').where('token_hash', '=', value('tokenHash')).returningAll(),
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
    /** Gives nothing for a consultation that the browser holds already. */
    insertHolder: prepare<Holder, object>(reading, (db, value) =>
      db
        .insertInto('holders')
        .values({
          token_hash: value('tokenHash'),
          consultation: value('consultation'),
          since: value('at'),
          mac: value('mac'),
        })
        .onConflict((conflict) => conflict.columns(['token_hash', 'consultation']).doNothing())
        .returning('since'),
    ),
    markHolder: prepare<Holder, unknown>(reading, (db, value) =>
      db
        .updateTable('holders')
        .set({ mac: value('mac') })
        .where('token_hash', '=', value('tokenHash'))
        .where('consultation', '=', value('consultation')),
    ),
  };
}

/** Returns how many there were. */
async function removeExpired(
  db: Database,
  { seenAfter, createdAfter }: Limits,
  rowSums: Pick<RowSums, 'noteIn'>,
): Promise<number> {
  const expired = await db
    .selectFrom('sessions')
    .select('token_hash')
    .where((session) => session.or([session('seen_at', '<=', seenAfter), session('created_at', '<=', createdAfter)]))
    .execute();
  const tokens = expired.map((session) => session.token_hash);
  for (let from = 0; from < tokens.length; from += AT_ONCE) {
    const some = tokens.slice(from, from + AT_ONCE);
    const gone = await db.deleteFrom('holders').where('token_hash', 'in', some).returningAll().execute();
    await rowSums.noteIn(db, 'holders', { gone });
    await db.deleteFrom('sessions').where('token_hash', 'in', some).execute();
  }
  return tokens.length;
}
