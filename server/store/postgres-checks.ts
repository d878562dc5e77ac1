/** Checks before PostgreSQL is used: whether it keeps what it acknowledges, may be written to, and holds our tables. */
import pg from 'pg';
import { StoreProblem } from './failure.ts';
import { clientConfig, type SessionOptions } from './postgres-session.ts';

const OLDEST = 14;

interface Facts {
  version: number;
  encoding: string;
  replica: boolean;
  read_only: string;
  schema: string | null;
  may_create: boolean;
  fsync: string;
  full_page_writes: string;
  synchronous_commit: string;
}

const FACTS = `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
  pg_is_in_recovery() as replica, current_setting('default_transaction_read_only') as read_only, current_schema() as schema,
  coalesce(has_schema_privilege(current_schema(), 'create'), false) as may_create, current_setting('fsync') as fsync,
  current_setting('full_page_writes') as full_page_writes, current_setting('synchronous_commit') as synchronous_commit`;

/** Throws `StoreProblem`. */
export async function checkServer(client: pg.ClientBase, place: string): Promise<void> {
  const facts = (await client.query<Facts>(FACTS)).rows[0] as Facts;
  const major = Math.floor(facts.version / 10_000);
  if (major < OLDEST)
    throw new StoreProblem(
      `${place} is a PostgreSQL ${major}`,
      `PostgreSQL ${OLDEST} or later`,
      'use a newer server; the makers of PostgreSQL look after each version for five years',
    );
  refuseReadOnly(facts, place);
  if (facts.encoding !== 'UTF8')
    throw new StoreProblem(
      `${place} keeps its text in ${facts.encoding}`,
      'UTF8: other encodings cannot hold every name',
      "make a database with: create database front_door encoding 'UTF8' template template0",
    );
  if (facts.schema === null || !facts.may_create)
    throw new StoreProblem(
      `The user of DATABASE_URL may not create tables in ${place}`,
      'a user that owns the database, or may create in one schema of its search_path',
      'as an administrator: alter database … owner to that user',
    );
  refuseUnlessDurable(facts, place);
  await refuseOtherProduct(client, place);
}

function refuseReadOnly(facts: Facts, place: string): void {
  if (facts.replica)
    throw new StoreProblem(
      `${place} is a replica, which may only be read`,
      'the primary',
      'give the address of the primary in DATABASE_URL, or promote this one if the primary is lost; see docs/operate.md',
    );
  if (facts.read_only === 'on')
    throw new StoreProblem(
      `${place} may only be read: default_transaction_read_only = on`,
      'a database that may be written to',
      'set it to off for the server, or for this database and user: alter system, alter database or alter role',
    );
}

/** Throws `StoreProblem` unless an acknowledged commit is on the disk. */
export async function checkDurable(client: pg.ClientBase, place: string): Promise<void> {
  refuseUnlessDurable((await client.query<Facts>(FACTS)).rows[0] as Facts, place);
}

const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

function refuseUnlessDurable(facts: Facts, place: string): void {
  for (const setting of DURABLE)
    if (facts[setting] === 'off')
      throw new StoreProblem(
        `${place} runs with ${setting} = off`,
        `${setting} = on; without it an acknowledged answer can be lost`,
        `set it in the server, or for this database and user: alter system, alter database or alter role … set ${setting} = on`,
      );
}

/**
 * All tables and views of the schema that no extension has brought. `information_schema` would leave out those that
 * this user has no right to: an administrator's, or another product's.
 */
const TABLES = `select c.relname::text as name, string_agg(a.attname::text, ',' order by a.attname) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where n.nspname = current_schema() and c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relname <> 'commit_marks'
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  group by 1 order by 1`;

const OUR_COLUMNS = 'at,name,number';

async function refuseOtherProduct(client: pg.ClientBase, place: string): Promise<void> {
  const { rows } = await client.query<{ name: string; columns: string }>(TABLES);
  const migrations = rows.find(({ name }) => name === 'migrations');
  if (rows.length === 0 || migrations?.columns === OUR_COLUMNS) return;
  const names = rows.map(({ name }) => name).slice(0, 3);
  throw new StoreProblem(
    `${place} holds tables of something else: ${names.join(', ')}`,
    'an empty database, or one of Front Door',
    'make a database for Front Door alone, and give it in DATABASE_URL',
  );
}

/**
 * Refuses a connection pooler that gives every transaction another session, or one session to several clients: that
 * would lose locks and settings. The test: while one client holds a transaction open, the other client must get its own
 * session again and nobody else's.
 */
export async function refusePooler(options: SessionOptions, place: string): Promise<void> {
  const [one, two] = [new pg.Client(clientConfig(options)), new pg.Client(clientConfig(options))];
  for (const client of [one, two]) client.on('error', () => {});
  const noteOf = async (client: pg.Client) =>
    (await client.query<{ note: string | null }>(`select current_setting('front_door.client', true) as note`)).rows[0]
      ?.note ?? '';
  try {
    await one.connect();
    await two.connect();
    await one.query(`select set_config('front_door.client', 'one', false)`);
    await two.query('begin');
    const seen = await noteOf(two);
    // Only if both have sessions of their own can the other one run without waiting.
    const own = seen === '' ? await noteOf(one) : '';
    await two.query('rollback');
    if (own === 'one') return;
  } finally {
    await Promise.allSettled([one.end(), two.end()]);
  }
  throw new StoreProblem(
    `Between this server and ${place} is a pooler that shares sessions among transactions`,
    'a session of our own: settings and locks belong to it',
    'connect to PostgreSQL itself, or set the pooler to pool_mode = session',
  );
}
