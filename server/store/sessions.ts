/** Browsers. The cookie holds a random token; the database holds its hash, so that a reader of the database cannot take over a session. */
import { hash } from 'node:crypto';
import type { Mac } from '../audit/mac.ts';
import type { Engine } from './engine.ts';
import { prepare } from './prepare.ts';
import type { Database } from './tables.ts';

export interface SessionLimits {
  idleHours: number;
  mostHours: number;
}

export interface Session {
  createdAt: string;
  seenAt: string;
}

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
  /** For other tables of the store, in their transaction. */
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

/** A living session was seen and created after these. */
type Limits = ReturnType<Sessions['limits']>;

interface SessionParts {
  engine: Engine;
  clock: () => Date;
  limits: SessionLimits;
  /** For which browser holds what. */
  mac: Mac;
}

export function createSessions({ engine, clock, limits, mac }: SessionParts): Sessions {
  const { reading, read, write } = engine;
  const ago = (ms: number) => new Date(clock().getTime() - ms).toISOString();
  const now = () => clock().toISOString();
  // To put an instant into words takes longer than most else of a request, and as a rule both are the same.
  const living = () => {
    const seenAfter = ago(limits.idleHours * HOUR_MS);
    const isSame = limits.mostHours === limits.idleHours;
    return { seenAfter, createdAfter: isSame ? seenAfter : ago(limits.mostHours * HOUR_MS) };
  };
  const queries = prepareQueries(reading);
  const find = async (db: Database, tokenHash: string) => (await queries.byToken(db, { tokenHash, ...living() }))[0];
  const isNoted = ({ seenAt }: Session) => seenAt >= ago(SEEN_EVERY_MS);

  /** An expired session is reset when it is used again: it loses its consultations. */
  async function seeIn(db: Database, tokenHash: string): Promise<void> {
    const at = now();
    const session = await find(db, tokenHash);
    if (session === undefined) {
      await queries.remove(db, { tokenHash });
      await queries.insert(db, { tokenHash, at });
    } else if (!isNoted(session)) await queries.touch(db, { tokenHash, at });
  }

  return {
    find: (tokenHash) => read((db) => find(db, tokenHash)),
    async see(tokenHash) {
      const session = await read((db) => find(db, tokenHash));
      if (session === undefined || !isNoted(session)) await write((db) => seeIn(db, tokenHash));
    },
    end: (tokenHash) => write(async (db) => void (await queries.remove(db, { tokenHash }))),
    sweep: () => write((db) => removeExpired(db, living())),
    limits: living,
    async holdIn(db, tokenHash, consultation) {
      await seeIn(db, tokenHash);
      await queries.insertHolder(db, { tokenHash, consultation, at: now(), mac: mac.make(tokenHash, consultation) });
    },
  };
}

function prepareQueries(reading: Database) {
  return {
    byToken: prepare<{ tokenHash: string } & Limits, Session>(reading, (db, value) =>
      db
        .selectFrom('sessions')
        .select(['created_at as createdAt', 'seen_at as seenAt'])
        .where('token_hash', '=', value('tokenHash'))
        .where('seen_at', '>', value('seenAfter'))
        .where('created_at', '>', value('createdAfter')),
    ),
    remove: prepare<{ tokenHash: string }, unknown>(reading, (db, value) =>
      db.deleteFrom('sessions').where('token_hash', '=', value('tokenHash')),
    ),
    insert: prepare<{ tokenHash: string; at: string }, unknown>(reading, (db, value) =>
      db
        .insertInto('sessions')
        .values({ token_hash: value('tokenHash'), created_at: value('at'), seen_at: value('at') }),
    ),
    touch: prepare<{ tokenHash: string; at: string }, unknown>(reading, (db, value) =>
      db
        .updateTable('sessions')
        .set({ seen_at: value('at') })
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

/** Returns how many there were. */
async function removeExpired(db: Database, { seenAfter, createdAfter }: Limits): Promise<number> {
  const removed = await db
    .deleteFrom('sessions')
    .where((session) => session.or([session('seen_at', '<=', seenAfter), session('created_at', '<=', createdAfter)]))
    .executeTakeFirst();
  return Number(removed.numDeletedRows);
}
