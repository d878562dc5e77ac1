/**
 * Writes to PostgreSQL: one transaction at a time across all servers, because the chain has only one end. Works that
 * are waiting share a commit, as in SQLite. If the connection is lost during a commit, the database is asked afterwards
 * whether the commit was saved.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from './engine.ts';
import { newerTables } from './failure.ts';
import { NEWEST } from './migrations.ts';
import { asUnavailable, isLost, outcomeUnknown } from './postgres-failure.ts';
import { openSession, type PostgresSession, type SessionOptions } from './postgres-session.ts';
import { createWriteQueue, type WaitingTransaction } from './write-queue.ts';

export interface WriterOptions extends SessionOptions {
  /** The database's address for messages, without user and password. */
  place: string;
  onCommit?: ((works: number, seconds: number) => void) | undefined;
}

export interface PostgresWriter {
  write: Engine['write'];
  /** From now on, refuses to write to a database that a newer version has changed. */
  checkVersion(): void;
  close(): Promise<void>;
}

/** An arbitrary number, the same in all versions: a writer holds this lock until its commit is on the disk. */
const WRITE_LOCK = 7_029_386_401;
export const LOCK_WRITES = `select pg_advisory_xact_lock(${WRITE_LOCK})`;
/**
 * How long to ask about a commit while the server is away, in multiples of `patienceMs`: about as long as promoting a
 * replica takes.
 */
const ASKS = 4;
const ASKS_EVERY_MS = 250;

/** The mark of each server's newest commit, by which the server can ask whether it was saved. */
const MAKE_MARKS = `create table if not exists commit_marks
  (server text primary key, mark text not null, at timestamptz not null default now())`;
const OLD_MARKS = `delete from commit_marks where at < now() - interval '7 days'`;

export function createWriter(options: WriterOptions): PostgresWriter {
  const connection = createConnection(options, () => parts.isInService);
  const parts: Parts = { options, connection, server: randomUUID(), isInService: false };
  const queue = createWriteQueue((works) => commitTogether(parts, works));
  return {
    write: queue.write,
    checkVersion: () => {
      parts.isInService = true;
    },
    async close() {
      await queue.finish();
      await parts.connection.end(`delete from commit_marks where server = '${parts.server}'; ${OLD_MARKS}`);
    },
  };
}

interface Parts {
  options: WriterOptions;
  connection: Connection;
  /** Identifies this server in the marks of its commits. */
  server: string;
  /** Once in service, it checks the version of the tables and does not wait for an answer forever. */
  isInService: boolean;
}

interface Connection {
  open(): Promise<PostgresSession>;
  /** Closes the session and leaves no transaction open. `last`: a final statement on whose result nothing depends. */
  end(last?: string): Promise<void>;
}

/** One session, opened when it is needed, and again after it was lost. */
function createConnection(options: WriterOptions, isInService: () => boolean): Connection {
  let session: Promise<PostgresSession> | undefined;
  const connection: Connection = {
    async open() {
      const known = await session?.catch(() => undefined);
      if (known?.isOpen()) return known;
      await connection.end();
      session = openWithMarks(options, isInService);
      return session;
    },
    async end(last) {
      const known = await session?.catch(() => undefined);
      session = undefined;
      if (last !== undefined) await known?.steer(last).catch(() => {});
      await known?.end();
    },
  };
  return connection;
}

async function openWithMarks(options: WriterOptions, isInService: () => boolean): Promise<PostgresSession> {
  const session = await openSession(options, isInService);
  await session.steer(`begin; ${LOCK_WRITES}; ${MAKE_MARKS}; commit`);
  return session;
}

async function commitTogether(parts: Parts, works: WaitingTransaction[]): Promise<void> {
  const { options, connection, server, isInService } = parts;
  const [began, mark]: [number, string] = [performance.now(), randomUUID()];
  const done: WaitingTransaction[] = [];
  let isCommitting = false;
  try {
    const session = await connection.open();
    await begin(session, isInService);
    for (const work of works) if (await tryWork(session, work, works.length > 1, options.place)) done.push(work);
    isCommitting = done.length > 0;
    if (!isCommitting) return void (await session.steer('rollback'));
    await commit(session, server, mark);
    options.onCommit?.(done.length, (performance.now() - began) / 1000);
    for (const work of done) work.acknowledge();
  } catch (error) {
    await connection.end();
    const saved = isCommitting ? await outcomeOf(parts, error, mark) : 'no';
    if (saved === 'yes') for (const work of done) work.acknowledge();
    // Works that were acknowledged stay acknowledged.
    for (const work of works)
      work.refuse(saved === 'unknown' ? outcomeUnknown(options.place, error) : asUnavailable(options.place, error));
  }
}

/** False if the work failed and was rolled back. Throws if the connection was lost. */
async function tryWork(
  { steer, db, isOpen }: PostgresSession,
  work: WaitingTransaction,
  isOneOfSeveral: boolean,
  place: string,
) {
  if (isOneOfSeveral) await steer('savepoint work');
  try {
    await work.run(db);
    if (isOneOfSeveral) await steer('release work');
    return true;
  } catch (error) {
    if (!isOpen()) throw error;
    if (isOneOfSeveral) await steer('rollback to work; release work');
    work.refuse(asUnavailable(place, error));
    return false;
  }
}

type Outcome = 'yes' | 'no' | 'unknown';

/** Finds out whether a commit that failed was saved. */
async function outcomeOf({ options, connection, server }: Parts, error: unknown, mark: string): Promise<Outcome> {
  if (error instanceof Unreplicated) return 'unknown';
  if (!isLost(error)) return 'no';
  for (const until = Date.now() + ASKS * options.patienceMs; Date.now() < until; await wait(ASKS_EVERY_MS))
    try {
      const session = await connection.open();
      // Taking the lock makes sure that the lost session has ended, one way or the other.
      await begin(session, false);
      const { rows } = await session.client.query(READ_MARK, [server]);
      await session.steer('rollback');
      if (rows[0]?.replica === false) return rows[0].mark === mark ? 'yes' : 'no';
    } catch {
      await connection.end();
    }
  return 'unknown';
}

const READ_MARK = `select pg_is_in_recovery() as replica,
  (select mark from commit_marks where server = $1) as mark`;

async function begin({ steer, takeWrote, takeUnreplicated }: PostgresSession, checks: boolean): Promise<void> {
  const steps = checks ? '; select count(*) as done from migrations' : '';
  const results = await steer(`begin; ${LOCK_WRITES}${steps}`);
  const done = Number((results as unknown as { rows: { done?: number }[] }[])[2]?.rows[0]?.done ?? 0);
  takeWrote();
  takeUnreplicated();
  if (done <= NEWEST) return;
  await steer('rollback');
  throw newerTables('the database', done, NEWEST);
}

async function commit(
  { steer, takeWrote, takeUnreplicated }: PostgresSession,
  server: string,
  mark: string,
): Promise<void> {
  const marking = `insert into commit_marks (server, mark) values ('${server}', '${mark}')
    on conflict (server) do update set mark = excluded.mark, at = excluded.at; `;
  const result = await steer(`${takeWrote() ? marking : ''}commit`);
  const last = [result].flat().at(-1);
  // After a failed statement, PostgreSQL answers a commit with a rollback and no error.
  if (last?.command !== 'COMMIT') throw new Error(`the transaction was undone at its end: ${last?.command}`);
  if (takeUnreplicated()) throw new Unreplicated('The primary has saved it; the replica has not confirmed it');
}

/**
 * The primary has saved it, but has stopped waiting for its synchronous replica: if the primary is lost now, so is this
 * commit.
 */
class Unreplicated extends Error {
  readonly code = '08007';
}
