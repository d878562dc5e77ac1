/** Connections to PostgreSQL: how they are set up, and the database as queries see it over one of them. */
import { HandleEmptyInListsPlugin, Kysely, type PostgresPool, replaceWithNoncontingentExpression } from 'kysely';
import pg from 'pg';
import { FrontDoorPostgres } from './postgres-sql.ts';
import { type Run, runBy } from './prepare.ts';
import type { Database, Tables } from './tables.ts';

export interface SessionOptions {
  url: string;
  /** How long a write waits for another server that writes. */
  patienceMs: number;
}

const CONNECTS_MS = 10_000;
/** A server that is gone, with its machine, gives the lock free after this. */
const IDLE_MS = 60_000;
const BIGINT = 20;
const NUMERIC = 1700;

/** Numbers are numbers: none that the store keeps or counts is beyond what JavaScript counts exactly. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text') =>
    oid === BIGINT || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format)) as never,
};

export function clientConfig({ url }: SessionOptions): pg.ClientConfig {
  return {
    connectionString: url,
    types,
    connectionTimeoutMillis: CONNECTS_MS,
    keepAlive: true,
    application_name: 'front-door',
  };
}

/** For each session; a pooler that shares sessions among transactions would lose them, and is refused. */
export function settingsOf({ patienceMs }: SessionOptions, isReader: boolean): string {
  return [
    `set lock_timeout = ${patienceMs}`,
    `set idle_in_transaction_session_timeout = ${IDLE_MS}`,
    'set timezone = utc',
    ...(isReader ? ['set default_transaction_read_only = on'] : []),
  ].join('; ');
}

export function createDatabase(pool: PostgresPool): Database {
  return new Kysely<Tables>({
    dialect: new FrontDoorPostgres({ pool }),
    // `in ()` is no SQL for PostgreSQL.
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  });
}

const names = new Map<string, string>();

/** The same text has the same name, so that the server parses and plans it once in each session. */
export function named(text: string): string {
  const known = names.get(text) ?? `q${names.size + 1}`;
  names.set(text, known);
  return known;
}

/** The connection that writes. */
export interface Session {
  client: pg.Client;
  db: Database;
  /** False once the connection is lost. */
  isOpen(): boolean;
  /** Whether something was written since this was last asked. */
  takeWrote(): boolean;
  /** Whether the server gave up waiting for its synchronous replica since this was last asked. */
  takeUnreplicated(): boolean;
}

export async function openSession(options: SessionOptions): Promise<Session> {
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
  /** One after the other: a session has one statement at a time. */
  const inTurn = (query: pg.QueryConfig): Promise<pg.QueryResult> => {
    note(query.text);
    const result = before.then(() => client.query(query));
    before = result.catch(() => {});
    return result;
  };
  const only = { query: (text: string, values: unknown[]) => inTurn({ text, values: [...values] }), release: () => {} };
  const db = createDatabase({ connect: async () => only, end: async () => {} } as unknown as PostgresPool);
  const run: Run = async (text, values) => (await inTurn({ name: named(text), text, values: [...values] })).rows;
  runBy(db, run);
  return {
    client,
    db,
    isOpen: () => open,
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
