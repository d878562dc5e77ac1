import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { migrate, NEWEST } from '../../server/store/migrations.ts';
import { openPostgres } from '../../server/store/postgres.ts';
import { asUnavailable } from '../../server/store/postgres-failure.ts';
import { openStore } from '../../server/store/store.ts';
import {
  asStranger,
  databaseOf,
  makeFile,
  openAt,
  openConsultation,
  openTemporary,
  START,
} from '../store/temporary.ts';
import { adminUrl, createEmpty, query, urlOf, withAllRights } from './databases.ts';
import { startPooler } from './pooler.ts';
import { startPostgres } from './server.ts';

const refusal = async (url: string) => {
  const outcome = await openPostgres(url, { patienceMs: 300 }).then(
    (engine) => engine.close().then(() => 'opened'),
    (error: Error) => `${error.name}: ${error.message}`,
  );
  // Everything in the address except the location is secret.
  expect(outcome).not.toContain('hunter2');
  return outcome;
};

/** A server's socket needs a short path. */
function makeShortFolder(): string {
  const folder = mkdtempSync(join(tmpdir().length > 60 ? '/tmp' : tmpdir(), 'fd-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('a server that cannot be reached, or lets nobody in, is named', async () => {
  expect(await refusal('postgres://u:hunter2@127.0.0.1:1/front_door')).toMatch(
    /StoreProblem: .*cannot be reached: nothing listens there: postgres:\/\/127.0.0.1:1\/front_door.*expected:.*to do:/s,
  );
  expect(await refusal('postgres://u:hunter2@no-such-host.invalid/front_door')).toMatch(
    /StoreProblem: .*cannot be reached: its name/,
  );
  expect(await refusal(urlOf('no_such_database'))).toMatch(/StoreProblem: .*no such database.*no_such_database/);
  expect(await refusal(urlOf('postgres', 'nobody_known'))).toMatch(/StoreProblem: .*does not let this program in/);
});

it('each failure of the server says what an operator can do', async () => {
  const name = new URL(await createEmpty()).pathname.slice(1);
  const wordsFor: [string, RegExp][] = [
    ['postgres://u:hunter2@127.0.0.1:1/front_door', /to do: {4}start the database server, and look at host and port/],
    ['postgres://u:hunter2@no-such-host.invalid/front_door', /to do: {4}look at the host in DATABASE_URL/],
    [
      'postgres://u:hunter2@%2Fno%2Fsuch%2Ffolder/front_door',
      /there is no such socket.*to do: {4}.*folder of its socket/s,
    ],
    [urlOf('no_such_database'), /to do: {4}look at the name at the end of DATABASE_URL, or make the database/],
    [urlOf('postgres', 'nobody_known'), /to do: {4}look at user and password in DATABASE_URL/],
  ];
  for (const [url, words] of wordsFor) expect(await refusal(url), url).toMatch(words);
  const engine = await openPostgres(urlOf(name));
  await query(adminUrl, `alter database ${name} set default_transaction_read_only = on`);
  await expect(engine.write((db) => db.schema.createTable('x').addColumn('y', 'text').execute())).rejects.toMatchObject(
    {
      todo: expect.stringContaining('take default_transaction_read_only away'),
    },
  );
  await engine.close();
  expect(await refusal(urlOf(name))).toMatch(/may only be read: default_transaction_read_only = on\n {2}expected:/);
});

/** `TEST_DATABASE_URL` can name a server that has no socket here. */
const hasSocket = /@%2F/i.test(adminUrl);

it.runIf(hasSocket)('a socket that ?host= names is shown with its folder and the database, alone', async () => {
  const socket = decodeURIComponent(new URL(adminUrl).hostname);
  const found = `no_such_database at the socket ${socket}/.s.PGSQL.5432`;
  for (const url of [
    `postgres:///no_such_database?host=${socket}&user=front_door&password=hunter2`,
    `postgres://front_door:hunter2@/no_such_database?host=${socket}`,
  ])
    expect(await refusal(url)).toContain(`There is no such database: ${found} (3D000)`);
});

it('a file of TLS that cannot be read is said to be that, not a socket', async () => {
  const url = 'postgres://u:hunter2@127.0.0.1:1/front_door?sslmode=verify-full&sslrootcert=/no/such/ca.pem';
  expect(await refusal(url)).toMatch(/A file that DATABASE_URL names cannot be read.*to do: {4}look at sslrootcert/s);
});

it('limits of the role or the database break nothing off: each session has its own', async () => {
  const url = await createEmpty();
  const name = new URL(url).pathname.slice(1);
  const limits = {
    statement_timeout: '200ms',
    transaction_timeout: '200ms',
    idle_session_timeout: '200ms',
    idle_in_transaction_session_timeout: '200ms',
    lock_timeout: '200ms',
    default_transaction_isolation: 'serializable',
    default_transaction_deferrable: 'on',
  };
  const known = (await query(adminUrl, 'select name from pg_settings')).map((row) => row.name);
  for (const [setting, value] of Object.entries(limits))
    if (known.includes(setting)) await query(adminUrl, `alter database ${name} set ${setting} = '${value}'`);
  await expect(query(url, 'select pg_sleep(0.4)')).rejects.toThrow('timeout');
  const engine = await openPostgres(url, { patienceMs: 2000 });
  const slow = sql<{ isolation: string }>`select pg_sleep(0.4), current_setting('transaction_isolation') as isolation`;
  const read = await engine.read((db) => slow.execute(db));
  const written = await engine.write(async (db) => {
    await db.schema.createTable('x').addColumn('y', 'text').execute();
    // Waits for longer than a session or a transaction may, between two statements of one transaction.
    await wait(400);
    return slow.execute(db);
  });
  expect([read.rows[0]?.isolation, written.rows[0]?.isolation]).toEqual(['read committed', 'read committed']);
  await wait(400);
  // The writer's own session, which has been idle, and one that waits for another that holds the lock.
  await engine.write((db) => db.schema.dropTable('x').execute());
  const [other] = await Promise.all([
    openPostgres(url, { patienceMs: 2000 }),
    engine.write((db) => slow.execute(db).then(() => {})),
  ]);
  await Promise.all([other.write((db) => slow.execute(db)), engine.write((db) => slow.execute(db))]);
  await other.close();
  await engine.close();
});

it.each(['require', 'verify-ca', 'verify-full'])(
  'sslmode=%s needs a server that offers TLS, without a warning',
  async (mode) => {
    const server = await startPostgres({ settings: ['shared_buffers=16MB'] });
    onTestFinished(() => server.remove());
    const warned: Error[] = [];
    const note = (warning: Error) => void warned.push(warning);
    process.on('warning', note);
    onTestFinished(() => void process.off('warning', note));
    const url = new URL(server.url());
    url.searchParams.set('sslmode', mode);
    expect(await refusal(url.href)).toMatch(/does not offer TLS.*to do: {4}switch TLS on/s);
    await new Promise(setImmediate);
    expect(warned).toEqual([]);
  },
);

it('a certificate that is not trusted is a failure in words, whatever code the library gives it', () => {
  for (const code of [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])
    expect(asUnavailable('there', Object.assign(new Error('x'), { code })), code).toMatchObject({
      name: 'StoreUnavailable',
      message: expect.stringContaining('certificate of the database server is not trusted: there'),
      todo: expect.stringContaining('sslrootcert'),
    });
});

it('a database that is not durable is refused, naming the setting', async () => {
  const url = await createEmpty();
  const name = new URL(url).pathname.slice(1);
  await query(adminUrl, `alter database ${name} set synchronous_commit = off`);
  expect(await refusal(url)).toMatch(/synchronous_commit = off\n {2}expected: synchronous_commit = on; without it/);
});

it('a server that is not durable, and a replica, are refused', async () => {
  const server = await startPostgres({ settings: ['shared_buffers=16MB', 'max_wal_size=64MB'] });
  onTestFinished(() => server.remove());
  for (const setting of ['fsync', 'full_page_writes']) {
    await query(server.url(), `alter system set ${setting} = off`);
    await query(server.url(), 'select pg_reload_conf()');
    await expect.poll(() => refusal(server.url()), { timeout: 10_000 }).toContain(`runs with ${setting} = off`);
    await query(server.url(), `alter system reset ${setting}`);
  }
  const replica = await startPostgres({ settings: ['shared_buffers=16MB'], replicaOf: server });
  onTestFinished(() => replica.remove());
  expect(await refusal(replica.url())).toMatch(/is a replica, which may only be read\n {2}expected: the primary/);
}, 120_000);

it('a database of another product, in another encoding, or without rights is refused', async () => {
  const other = await createEmpty();
  await query(other, 'create table wp_posts (id int); create table migrations (id int, migration text)');
  expect(await refusal(other)).toMatch(/holds tables of something else: migrations, wp_posts\n {2}expected: an empty/);
  const bare = await createEmpty();
  await query(
    withAllRights(bare),
    'alter database postgres set timezone = utc; revoke create on schema public from public, app',
  );
  await query(withAllRights(bare), 'alter schema public owner to front_door');
  expect(await refusal(bare)).toMatch(/may not create tables in .*\n {2}expected: a user that owns/);
  // Nor where another user's tables stand, which this one has no right to see; an extension's view is nobody's table.
  const foreign = await createEmpty();
  await query(withAllRights(foreign), 'create table customers (id int); revoke all on customers from public');
  expect(await refusal(foreign)).toMatch(/holds tables of something else: customers\n {2}expected: an empty/);
  const ascii = `ascii_${Date.now()}`;
  await query(adminUrl, `create database ${ascii} owner app encoding 'SQL_ASCII' template template0`);
  onTestFinished(async () => void (await query(adminUrl, `drop database ${ascii} with (force)`)));
  expect(await refusal(urlOf(ascii, 'app'))).toMatch(/keeps its text in SQL_ASCII\n {2}expected: UTF8/);
});

it.each([1, 2, 5])('a pooler of %s sessions that shares them between transactions is detected', async (size) => {
  const url = await createEmpty();
  const { hostname } = new URL(url);
  const through = await startPooler(url, decodeURIComponent(hostname), makeShortFolder(), size);
  expect(await query(through, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(await refusal(through)).toMatch(/is a pooler that shares sessions.*pool_mode = session/s);
});

it('an older database is upgraded, and a newer one refused', async () => {
  const file = makeFile();
  const engine = await openPostgres((await databaseOf(file)) ?? '');
  await migrate(engine, { file, now: () => START.toISOString(), upTo: NEWEST - 8 });
  await engine.close();
  const store = await openTemporary({ file });
  const { id } = await openConsultation(store);
  await store.close();
  await asStranger(file, `insert into migrations values (${NEWEST + 1}, 'from the future', '')`);
  await expect(openAt({ file, clock: () => START })).rejects.toThrow(
    new RegExp(`newer Front Door: its tables are at step ${NEWEST + 1}.*start the newer version`, 's'),
  );
  expect(id).not.toBe('');
});

it('an older server stops writing, and still reads, once a newer one has changed the tables', async () => {
  const store = await openTemporary();
  const { id } = await openConsultation(store);
  await asStranger(store.file, `insert into migrations values (${NEWEST + 1}, 'from the future', '')`);
  const writing = store.log.decide(id, () => [{ kind: 'noted', text: 'x' }], 'professional');
  await expect(writing).rejects.toThrow(
    /newer Front Door has brought the tables .* install the newer version here too/,
  );
  expect(await store.log.read(id)).toHaveLength(1);
});

it('an empty database in the place of the one whose heads were signed is refused, and stays empty', async () => {
  const store = await openTemporary();
  await openConsultation(store);
  await store.checkpoints.write();
  await store.close();
  const databaseUrl = await createEmpty();
  for (const restored of [undefined, 'The disk was lost; A. Khan'])
    await expect(openStore({ file: store.file, databaseUrl, clock: () => START, restored })).rejects.toThrow(
      /is empty, and heads of a database were signed up to line 1 .*give the DATABASE_URL of the database that was in service/s,
    );
  expect(await query(databaseUrl, `select from pg_tables where schemaname = 'public'`)).toEqual([]);
});
