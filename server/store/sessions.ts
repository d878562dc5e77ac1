/** Browsers. The cookie holds a random token; here stands its hash, so that nobody who reads the database can be somebody else. */
import { createHash } from 'node:crypto';
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
  /** Undefined when it is unknown, ended, too old or was idle for too long. */
  find(tokenHash: string): Promise<Session | undefined>;
  /** Opens it, or notes that it was seen; at most one write in five minutes. */
  see(tokenHash: string): Promise<void>;
  /** The browser holds nothing afterwards. */
  end(tokenHash: string): Promise<void>;
  /** Takes away those that are over; to be called now and then. */
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
  return createHash('sha256').update(token).digest('base64url');
}

export function createSessions({ reading, read, write }: Engine, clock: () => Date, limits: SessionLimits): Sessions {
  const ago = (ms: number) => new Date(clock().getTime() - ms).toISOString();
  const now = () => clock().toISOString();
  const living = () => ({ seenAfter: ago(limits.idleHours * HOUR_MS), createdAfter: ago(limits.mostHours * HOUR_MS) });
  const byToken = prepare<{ tokenHash: string; seenAfter: string; createdAfter: string }, Session>(
    reading,
    (db, value) =>
      db
        .selectFrom('sessions')
        .select(['created_at as createdAt', 'seen_at as seenAt'])
        .where('token_hash', '=', value('tokenHash'))
        .where('seen_at', '>', value('seenAfter'))
        .where('created_at', '>', value('createdAfter')),
  );
  const remove = prepare<{ tokenHash: string }, unknown>(reading, (db, value) =>
    db.deleteFrom('sessions').where('token_hash', '=', value('tokenHash')),
  );
  const insert = prepare<{ tokenHash: string; at: string }, unknown>(reading, (db, value) =>
    db.insertInto('sessions').values({ token_hash: value('tokenHash'), created_at: value('at'), seen_at: value('at') }),
  );
  const touch = prepare<{ tokenHash: string; at: string }, unknown>(reading, (db, value) =>
    db
      .updateTable('sessions')
      .set({ seen_at: value('at') })
      .where('token_hash', '=', value('tokenHash')),
  );
  const insertHolder = prepare<{ tokenHash: string; consultation: string; at: string }, unknown>(reading, (db, value) =>
    db
      .insertInto('holders')
      .values({ token_hash: value('tokenHash'), consultation: value('consultation'), since: value('at') })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const find = async (db: Database, tokenHash: string) => (await byToken(db, { tokenHash, ...living() }))[0];

  /** A session that is over and comes again begins anew, and holds nothing of before. */
  async function seeIn(db: Database, tokenHash: string): Promise<void> {
    const at = now();
    const session = await find(db, tokenHash);
    if (session !== undefined) {
      if (session.seenAt < ago(SEEN_EVERY_MS)) await touch(db, { tokenHash, at });
      return;
    }
    await remove(db, { tokenHash });
    await insert(db, { tokenHash, at });
  }

  return {
    find: (tokenHash) => read((db) => find(db, tokenHash)),
    async see(tokenHash) {
      const session = await read((db) => find(db, tokenHash));
      if (session === undefined || session.seenAt < ago(SEEN_EVERY_MS)) await write((db) => seeIn(db, tokenHash));
    },
    end: (tokenHash) =>
      write(async (db) => {
        await remove(db, { tokenHash });
      }),
    sweep: () =>
      write(async (db) => {
        const { seenAfter, createdAfter } = living();
        const over = await db
          .deleteFrom('sessions')
          .where((session) =>
            session.or([session('seen_at', '<=', seenAfter), session('created_at', '<=', createdAfter)]),
          )
          .executeTakeFirst();
        return Number(over.numDeletedRows);
      }),
    limits: living,
    async holdIn(db, tokenHash, consultation) {
      await seeIn(db, tokenHash);
      await insertHolder(db, { tokenHash, consultation, at: now() });
    },
  };
}
