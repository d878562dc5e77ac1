/** Connections to PostgreSQL: their settings, and the kysely database on top of one of them. */

import { setTimeout as wait } from 'node:timers/promises';
import { HandleEmptyInListsPlugin, Kysely, type PostgresPool, replaceWithNoncontingentExpression } from 'kysely';
import pg from 'pg';
import { isLost } from './postgres-failure.ts';
import { FrontDoorPostgres } from './postgres-sql.ts';
import { type RunQuery, runBy } from './prepare.ts';
import type { Database, Tables } from './tables.ts';

export interface SessionOptions {
  url: string;
  /** Milliseconds that a write waits for another server that is writing. */
  patienceMs: number;
}

const MOST_READERS = 8;
const CONNECTS_MS = 10_000;
/** PostgreSQL releases the lock of a server that has disappeared together with its machine after this time. */
const IDLE_MS = 60_000;
/**
 * A database that has disappeared together with its machine never answers. A statement is given up after this many
 * times `patienceMs`.
 */
const ANSWERS = 6;
const ENDS_MS = 1000;
const BIGINT = 20;
const NUMERIC = 1700;

/** Reads 64-bit integers as JavaScript numbers: nothing that the store keeps or counts is too large for that. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text') =>
    oid === BIGINT || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format)) as never,
};

/**
 * The library checks the certificate for these modes as well, as for `verify-full`, and warns that it will not always do
 * so. Nobody could act on that warning.
 */
function withWholeTls(url: string): string {
  return url.replace(/([?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/, '$1verify-full');
}

export function clientConfig({ url }: SessionOptions): pg.ClientConfig {
  return {
    connectionString: withWholeTls(url),
    types,
    connectionTimeoutMillis: CONNECTS_MS,
    keepAlive: true,
    application_name: 'front-door',
  };
}

/**
 * A role, a database or a server can have limits and defaults that would break off an upgrade, a copy or a wait for
 * another writer, or undo a transaction. They are settings of the session, so each of ours sets its own.
 */
const OUR_OWN = [
  'set statement_timeout = 0',
  `set default_transaction_isolation = 'read committed'`,
  'set default_transaction_deferrable = off',
  // A version that does not know one of these has no such limit.
  `select set_config(name, '0', false) from unnest(array['transaction_timeout', 'idle_session_timeout']) as name
    where current_setting(name, true) is not null`,
];

/** Settings for each session. A pooler that shares sessions between transactions would lose them, so it is refused. */
export function settingsOf({ patienceMs }: SessionOptions, isReader: boolean): string {
  return [
    ...OUR_OWN,
    `set lock_timeout = ${patienceMs}`,
    `set idle_in_transaction_session_timeout = ${IDLE_MS}`,
    'set timezone = utc',
    // Starting another process for a query takes longer than any query of a page.
    ...(isReader ? ['set default_transaction_read_only = on', 'set max_parallel_workers_per_gather = 0'] : []),
  ].join('; ');
}

/** The connections for reading. One that is lost or does not answer is not put back into the pool. */
export function createReaders(options: SessionOptions): { pool: pg.Pool; lending: PostgresPool } {
  const pool = new pg.Pool({
    ...clientConfig(options),
    max: MOST_READERS,
    query_timeout: ANSWERS * options.patienceMs,
    async onConnect(client) {
      client.on('error', () => {});
      await client.query(settingsOf(options, true));
    },
  });
  pool.on('error', () => {});
  const lend = async () => {
    const client = await pool.connect();
    let failure: Error | undefined;
    const query = (text: string, values: readonly unknown[]) =>
      client.query(text, withoutNul(values)).catch((error) => {
        if (isLost(error)) failure = error;
        throw error;
      });
    return { query, release: () => client.release(failure) };
  };
  return { pool, lending: { connect: lend, end: async () => {} } as unknown as PostgresPool };
}

export function createDatabase(pool: PostgresPool): Database {
  return new Kysely<Tables>({
    dialect: new FrontDoorPostgres({ pool }),
    // PostgreSQL does not allow `in ()`.
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  });
}

/**
 * PostgreSQL texts cannot contain the character NUL, not even in a search. Nothing that people type contains it
 * (`cleanText`); addresses can.
 */
export function withoutNul(values: readonly unknown[]): unknown[] {
  return values.map((value) => (typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value));
}

const names = new Map<string, string>();

/** The same SQL gets the same name, so that each session parses and plans it only once. */
export function statementName(text: string): string {
  const known = names.get(text) ?? `q${names.size + 1}`;
  names.set(text, known);
  return known;
}

/** The connection that writes. */
export interface PostgresSession {
  client: pg.Client;
  db: Database;
  /** Runs a statement that controls the transaction, after all statements that were sent before it. */
  steer(text: string): Promise<pg.QueryResult>;
  /** False once the connection is lost. */
  isOpen(): boolean;
  /** Does not wait for a server that has disappeared. */
  end(): Promise<void>;
  /** Whether something was written since the last call. */
  takeWrote(): boolean;
  /** Whether the server has given up waiting for its synchronous replica since the last call. */
  takeUnreplicated(): boolean;
}

/** `isInService`: until then, statements may take as long as an upgrade or a copy takes. */
export async function openSession(options: SessionOptions, isInService = () => false): Promise<PostgresSession> {
  const client = new pg.Client(clientConfig(options));
  let [open, wrote, unreplicated] = [true, false, false];
  client.on('error', () => {
    open = false;
  });
  client.on('end', () => {
    open = false;
  });
  client.on('notice', ({ message }) => {
    if (message?.includes('synchronous replication')) unreplicated = true;
  });
  await client.connect();
  await client.query(settingsOf(options, false));
  const note = (text: string) => {
    if (!text.startsWith('select')) wrote = true;
  };
  let before: Promise<unknown> = Promise.resolve();
  /** Runs queries one after the other, because a session can run only one at a time. */
  const inTurn = (query: pg.QueryConfig): Promise<pg.QueryResult> => {
    const limit = isInService() ? { query_timeout: ANSWERS * options.patienceMs } : {};
    const result = before.then(() => client.query({ ...query, ...limit }));
    before = result.catch(() => {});
    return result;
  };
  const query = (text: string, values: readonly unknown[], name?: string) => {
    note(text);
    return inTurn({ text, values: withoutNul(values), ...(name !== undefined && { name }) });
  };
  const only = { query: (text: string, values: unknown[]) => query(text, values), release: () => {} };
  const db = createDatabase({ connect: async () => only, end: async () => {} } as unknown as PostgresPool);
  const run: RunQuery = async (text, values) => (await query(text, values, statementName(text))).rows;
  runBy(db, run);
  return {
    client,
    db,
    steer: (text) => inTurn({ text }),
    isOpen: () => open,
    async end() {
      open = false;
      const ended = client.end().catch(() => {});
      if ((await Promise.race([ended, wait(ENDS_MS, 'late', { ref: false })])) === 'late')
        (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    },
    takeWrote() {
      const taken = wrote;
      wrote = false;
      return taken;
    },
    takeUnreplicated() {
      const taken = unreplicated;
      unreplicated = false;
      return taken;
    },
  };
}
