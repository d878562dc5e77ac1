/**
 * PostgreSQL as the database of the store. Reads come from a pool; writes run one after the other, see
 * `postgres-writer.ts`.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import type { PostgresPool } from 'kysely';
import pg from 'pg';
import type { Checkpoint } from '../audit/line.ts';
import { describeDatabaseAddress, readDatabaseAddress } from '../base/database-address.ts';
import { copySince } from './copied-for-check.ts';
import { atOneInstant, copyAllOut, copyOut, fillTables } from './copy-tables.ts';
import type { Engine } from './engine.ts';
import { cannotOpen, StoreProblem, StoreUnavailable } from './failure.ts';
import { checkDurable, checkServer, refusePooler } from './postgres-checks.ts';
import { asUnavailable, isLost } from './postgres-failure.ts';
import {
  clientConfig,
  createDatabase,
  createReaders,
  openSession,
  type PostgresSession,
  type SessionOptions,
  settingsOf,
  statementName,
  withoutNul,
} from './postgres-session.ts';
import { postgresDefinitions, postgresDialect } from './postgres-sql.ts';
import { LIST_WORDS_ANEW } from './postgres-word-list.ts';
import { createWriter, LOCK_WRITES } from './postgres-writer.ts';
import { type RunQuery, runBy } from './prepare.ts';
import type { Database } from './tables.ts';

export interface PostgresOptions {
  /** Milliseconds that a write waits for another server that is writing. */
  patienceMs?: number;
  onCommit?: (works: number, seconds: number) => void;
}

const PATIENCE_MS = 5000;

/** Where the database is, for messages: never with its user or password. */
export function placeOf(url: string): string {
  const address = readDatabaseAddress(url, process.env);
  return address === undefined ? 'the database of DATABASE_URL' : describeDatabaseAddress(address);
}

async function sizeOf(pool: Pick<pg.Pool, 'query'>): Promise<number> {
  const { rows } = await pool.query('select pg_database_size(current_database()) as bytes');
  return Number(rows[0].bytes);
}

/** Throws `StoreProblem`. */
export async function openPostgres(
  url: string,
  { patienceMs = PATIENCE_MS, onCommit }: PostgresOptions = {},
): Promise<Engine> {
  const [options, place] = [{ url, patienceMs }, placeOf(url)];
  await prepareServer(options, place);
  const { pool, lending } = createReaders(options);
  const reading = createReading(pool, lending);
  const writer = createWriter({ ...options, place, onCommit });
  const read = <Result>(query: (db: Database) => Promise<Result>) => readOrAgain(() => query(reading), place);
  return {
    reading,
    read,
    write: writer.write,
    checkDurable: async () => {
      await withClient(options, place, (client) => checkDurable(client, place));
      writer.checkVersion();
    },
    size: () => read(() => sizeOf(pool)),
    compact: () => withClient(options, place, compact),
    clean: () => withClient(options, place, compact),
    backup: (toFile) => copyFromPostgres(url, toFile),
    close: async () => {
      await writer.close();
      if (!pool.ending) await pool.end();
    },
    definitions: postgresDefinitions,
    dialect: postgresDialect,
  };
}

/** Throws `StoreProblem` if a server is using the database. The connections of one that has just stopped end soon. */
export async function refuseOthers(url: string): Promise<void> {
  const place = placeOf(url);
  const others = await withClient({ url, patienceMs: PATIENCE_MS }, place, async (client) => {
    const count = async () => Number((await client.query(OTHERS)).rows[0].others);
    for (let tries = 0; tries < TRIES_TO_BE_ALONE && (await count()) > 0; tries++) await wait(RETRY_MS);
    return count();
  });
  if (others > 0)
    throw new StoreProblem(
      `A server uses ${place}: ${others} of its connections are open. Nothing was changed`,
      'servers that are stopped',
      'stop all servers that have this DATABASE_URL, then try again',
    );
}

const TRIES_TO_BE_ALONE = 10;
const OTHERS = `select count(*) as others from pg_stat_activity
  where datname = current_database() and application_name = 'front-door' and pid <> pg_backend_pid()`;

/** One write transaction on its own connection, without a time limit: for filling a database. Throws `StoreProblem`. */
export async function inOneTransaction<Result>(
  url: string,
  work: (session: PostgresSession) => Promise<Result>,
): Promise<Result> {
  const [options, place] = [{ url, patienceMs: PATIENCE_MS }, placeOf(url)];
  await prepareServer(options, place);
  const session = await openSession(options);
  try {
    await session.steer(`begin; ${LOCK_WRITES}`);
    const result = await work(session);
    await session.steer('commit');
    return result;
  } catch (error) {
    throw asUnavailable(place, error);
  } finally {
    await session.end();
  }
}

/** Copies the database, as it is at one instant, into a new SQLite file. */
export function copyFromPostgres(url: string, toFile: string): Promise<void> {
  return useDatabase(url, (client) => copyOut(client, toFile));
}

/**
 * Copies what a check reads into an empty SQLite file, as it is at one instant: the whole database or, with `since`,
 * only what a check reads that begins there. Returns the tree over the lines up to there if the file does not hold them.
 */
export async function copyForCheck(url: string, toFile: string, since?: Checkpoint): Promise<Buffer[] | undefined> {
  const place = placeOf(url);
  try {
    const session = await openSession({ url, patienceMs: PATIENCE_MS });
    const { client } = session;
    let peaks: Buffer[] | undefined;
    const fill = async (target: Sqlite.Database) => {
      if (since === undefined) await copyAllOut(client, target);
      else peaks = await copySince(session, target, since);
    };
    try {
      await atOneInstant(client, () => fillTables(toFile, fill));
      return peaks;
    } finally {
      await session.end();
    }
  } catch (error) {
    throw asUnavailable(place, error);
  }
}

/** For programs beside the server that read little. Throws `StoreUnavailable`. */
export async function readFromPostgres<Result>(url: string, work: (db: Database) => Promise<Result>): Promise<Result> {
  try {
    const session = await openSession({ url, patienceMs: PATIENCE_MS });
    try {
      return await work(session.db);
    } finally {
      await session.end();
    }
  } catch (error) {
    throw asUnavailable(placeOf(url), error);
  }
}

async function prepareServer(options: SessionOptions, place: string): Promise<void> {
  try {
    await withClient(options, place, async (client) => {
      await checkServer(client, place);
      await refusePooler(options, place);
    });
  } catch (error) {
    throw error instanceof StoreUnavailable ? cannotOpen(error) : error;
  }
}

/** For programs beside the server. Throws `StoreUnavailable`. */
export function useDatabase<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  return withClient({ url, patienceMs: PATIENCE_MS }, placeOf(url), work);
}

/** Uses its own connection, for work that is rare and slow. */
async function withClient<Result>(
  options: SessionOptions,
  place: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  let client: pg.Client | undefined;
  try {
    // Reads the files that the address names, such as a certificate.
    client = new pg.Client(clientConfig(options));
    client.on('error', () => {});
    await client.connect();
    await client.query(settingsOf(options, false));
    return await work(client);
  } catch (error) {
    throw asUnavailable(place, error);
  } finally {
    await client?.end().catch(() => {});
  }
}

const CHANGED = '0A000';

function createReading(pool: pg.Pool, lending: PostgresPool): Database {
  const reading = createDatabase(lending);
  const run: RunQuery = async (text, values) => {
    const query = { text, values: withoutNul(values) };
    try {
      return (await pool.query({ ...query, name: statementName(text) })).rows;
    } catch (error) {
      // A newer version has changed the table since the statement was prepared.
      if ((error as { code?: string }).code !== CHANGED) throw error;
      return (await pool.query(query)).rows;
    }
  };
  runBy(reading, run);
  return reading;
}

/** Reading twice does no harm, and the second connection may reach the server that has taken over. */
async function readOrAgain<Result>(query: () => Promise<Result>, place: string): Promise<Result> {
  try {
    return await query();
  } catch (error) {
    if (!isLost(error)) throw asUnavailable(place, error);
  }
  try {
    return await query();
  } catch (error) {
    throw asUnavailable(place, error);
  }
}

const OUR_TABLES =
  'select quote_ident(tablename) as name from pg_tables where schemaname = current_schema() order by 1';
/** Other sessions that still see an older state: PostgreSQL keeps our deleted rows for them. */
const HOLDING = `select count(*) as holding from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and (backend_xmin is not null or backend_xid is not null)`;
const COMPACT_TRIES = 50;
const RETRY_MS = 100;

/**
 * Rewrites only the tables. The write-ahead log, replicas and backups contain older states for as long as they are
 * kept.
 */
async function compact(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ name: string }>(OUR_TABLES);
  let isHeld = false;
  for (let tried = 0; tried < COMPACT_TRIES; tried++) {
    isHeld = Number((await client.query(HOLDING)).rows[0].holding) > 0;
    if (!isHeld) break;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  await client.query(`begin; ${LOCK_WRITES}; ${LIST_WORDS_ANEW}; commit`);
  for (const { name } of rows) await client.query(`vacuum (full) ${name}`);
  return !isHeld;
}
