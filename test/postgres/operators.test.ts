/** What operators do, with a PostgreSQL database in service. */
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeBackup } from '../../server/backup/backup.ts';
import { proveBackup, removeCopy } from '../../server/backup/restore.ts';
import { readConfig } from '../../server/config.ts';
import { hashCode } from '../../server/consultation/code.ts';
import { checkDatabase } from '../../server/doctor/data.ts';
import { readHeadsOf } from '../../server/store/checkpoints.ts';
import { verifyInService } from '../../server/store/in-service.ts';
import { fillPostgres } from '../../server/store/move.ts';
import { placeOf } from '../../server/store/postgres.ts';
import { checkpointFiles, databaseFile, openStore } from '../../server/store/store.ts';
import { program } from '../running-server.ts';
import {
  answered,
  asStranger,
  createClock,
  databaseOf,
  makeFolder,
  openConsultation,
  openTemporary,
} from '../store/temporary.ts';
import { createEmpty, query } from './databases.ts';

const KEEP = { days: 1, weeks: 0, months: 0 };

async function open() {
  const store = await openTemporary();
  const { id } = await openConsultation(store);
  await store.checkpoints.write();
  const database = { file: store.file, databaseUrl: (await databaseOf(store.file)) ?? '' };
  return { store, id, database };
}

it('a backup is made, checked, and restored into a new database', async () => {
  const { store, id, database } = await open();
  const folder = join(makeFolder(), 'backups');
  const made = await makeBackup({ database, folder, at: new Date(), recipients: [], keep: KEEP });
  expect(made.log).toEqual(await store.chain.head());
  const proved = await proveBackup({
    backup: made.path,
    workFolder: folder,
    checkpointFiles: checkpointFiles(store.file),
  });
  expect(proved).toMatchObject({ lost: { lines: 0 }, described: { consultations: 1 } });
  const databaseUrl = await createEmpty();
  await fillPostgres(proved.copy, databaseUrl);
  await expect(fillPostgres(proved.copy, databaseUrl)).rejects.toThrow(/already. Nothing was changed/);
  removeCopy(proved.copy);
  const restored = await openStore({ file: store.file, databaseUrl, clock: createClock() });
  expect(await restored.log.read(id)).toEqual(await store.log.read(id));
  await restored.close();
});

it('a check that was killed leaves a copy, which the next one removes, and not that of one that goes on', async () => {
  const { database } = await open();
  const [left, running] = ['left', 'running'].map((name) => join(database.file, '..', `verify-${name}.sqlite`));
  for (const each of [left, running]) writeFileSync(each ?? '', 'a copy');
  const yesterday = new Date(Date.now() - 86_400_000);
  utimesSync(left ?? '', yesterday, yesterday);
  await verifyInService(database, readHeadsOf(checkpointFiles(database.file)));
  expect(readdirSync(join(database.file, '..')).filter((name) => name.startsWith('verify-'))).toEqual([
    'verify-running.sqlite',
  ]);
});

it('verify of a database that is empty says so, and that there is no DATA_DIR where a server has filled it', async () => {
  const run = (DATABASE_URL: string, dataDir: string) => {
    const env = { ...process.env, DATABASE_URL, DATA_DIR: dataDir };
    const { status, stderr } = spawnSync(process.execPath, [program('verify')], { env, encoding: 'utf8' });
    expect(status).toBe(1);
    return stderr;
  };
  const dataDir = join(makeFolder(), 'data');
  const empty = await createEmpty();
  expect(run(empty, dataDir)).toContain(`nothing to check yet: ${placeOf(empty)} is empty`);
  const { store, database } = await open();
  expect(run(empty, join(store.file, '..'))).toContain('and heads of a database were signed up to line 1');
  expect(run(database.databaseUrl, dataDir)).toContain(`There is no folder ${dataDir}\n`);
  expect(existsSync(dataDir)).toBe(false);
});

it('with the key of another installation a check says so before it copies anything', async () => {
  const { store, database } = await open();
  const keyFile = join(makeFolder(), 'other.pem');
  writeFileSync(keyFile, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const heads = readHeadsOf({ ...checkpointFiles(store.file), keyFile });
  // A copy of this would be broken off with words of its own.
  await asStranger(store.file, 'alter table consultations rename to elsewhere');
  await expect(verifyInService(database, heads)).rejects.toThrow(
    /is not the one with which the heads in .* were signed/,
  );
  await asStranger(store.file, 'alter table elsewhere rename to consultations');
});

it('the doctor checks it, changes nothing, and shows no password', async () => {
  const { store, database } = await open();
  const given = (url: string, dataDir = join(store.file, '..')) => {
    const secret = new URL(url);
    secret.password = 'hunter2';
    return readConfig({ DATA_DIR: dataDir, DATABASE_URL: secret.href });
  };
  const found = await checkDatabase(given(database.databaseUrl));
  expect(found.findings.map(({ state, subject }) => [state, subject])).toEqual([
    ['good', 'database'],
    ['good', 'log'],
    ['good', 'key of people'],
  ]);
  expect(found.lastWritten).toBe('2026-11-22T09:00:00.000Z');
  const empty = await createEmpty();
  const before = await checkDatabase(given(empty, makeFolder()));
  const wrong = await checkDatabase(given(empty));
  expect(await query(empty, `select tablename from pg_tables where schemaname = 'public'`)).toEqual([]);
  expect(before.findings).toMatchObject([{ state: 'good', says: expect.stringContaining('is empty') }]);
  expect(wrong.findings).toMatchObject([{ state: 'bad', says: expect.stringContaining('heads of a database were') }]);
  const away = await checkDatabase(given('postgres://u@127.0.0.1:1/front_door'));
  expect(away.findings).toMatchObject([{ state: 'bad', says: expect.stringContaining('cannot be reached') }]);
  expect(JSON.stringify([found, before, wrong, away])).not.toContain('hunter2');
  await asStranger(store.file, `insert into migrations values (1000, 'from the future', '')`);
  const newer = await checkDatabase(given(database.databaseUrl));
  expect(newer.findings).toMatchObject([{ subject: 'database', state: 'bad' }]);
  await asStranger(store.file, 'delete from migrations where number = 1000');
  await asStranger(store.file, 'delete from newest_head; set session_replication_role = replica; delete from chain');
  const cut = await checkDatabase(given(database.databaseUrl));
  expect(cut.findings.find(({ subject }) => subject === 'log')).toMatchObject({ state: 'bad' });
});

it('the built commands move the database of DATA_DIR, and verify it at its new place', async () => {
  const dataDir = join(makeFolder(), 'data');
  const store = await openStore({ file: databaseFile(dataDir), clock: createClock() });
  await openConsultation(store);
  await store.close();
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: await createEmpty() };
  const run = (command: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program(command), ...args], {
      env,
      encoding: 'utf8',
    });
    return { status, said: stdout + stderr };
  };
  expect(run('move')).toEqual({ status: 1, said: expect.stringContaining('"npm run move -- postgres"') });
  expect(run('move', 'postgres')).toEqual({
    status: 0,
    said: expect.stringMatching(
      /moved, 1 lines of the log.*as it was written on both sides.*no server may write to it/s,
    ),
  });
  expect(run('verify')).toEqual({ status: 0, said: expect.stringMatching(/^The log is as it was written: 1 lines/) });
  expect(run('move', 'sqlite')).toEqual({ status: 1, said: expect.stringContaining('There is a database') });
}, 60_000);

it('each built command that meets a database it cannot use says so in words, without a stack or a password', async () => {
  const dataDir = join(makeFolder(), 'data');
  const backup = databaseFile(dataDir).replace('front-door.sqlite', 'none.sqlite');
  const commands: [string, ...string[]][] = [
    ['main'],
    ['doctor'],
    ['backup'],
    ['backup', '--increment'],
    ['restore', backup, '--yes'],
    ['verify'],
    ['erase', '--yes'],
    ['move', 'sqlite'],
    ['move', 'postgres', '--dry-run'],
    ['calendar'],
    ['first-administrator', 'bury', 'A. Person', 'a.person@example.gov.uk'],
  ];
  const urls = ['postgress://u:hunter2@127.0.0.1/fd', 'postgres://u:hunter2@127.0.0.1:1/fd'];
  for (const DATABASE_URL of urls)
    for (const [command, ...args] of commands) {
      const env = { ...process.env, PORT: '0', DATA_DIR: dataDir, DATABASE_URL };
      const { status, stdout, stderr } = spawnSync(process.execPath, [program(command), ...args], {
        env,
        encoding: 'utf8',
      });
      const said = stdout + stderr;
      expect({ command, status }).toEqual({ command, status: 1 });
      expect(said, command).not.toMatch(/hunter2|^ +at /m);
      expect(said, command).toMatch(/to do:|such as|npm run move/);
    }
}, 240_000);

it('a lost audit key is replaced with a reason: writing continues, and what still lets somebody in is named', async () => {
  const { store, id, database } = await open();
  await store.codes.make(id, hashCode('kx3m-9tdw-hf6y-r4pc'), 30);
  await store.tallies.count('bury', 'left');
  await store.checkpoints.write();
  await store.close();
  const files = checkpointFiles(store.file);
  rmSync(files.keyFile);
  const again = { ...database, clock: createClock() };
  await expect(openStore(again)).rejects.toThrow(/is not there, and heads of the log were signed with it.*restore it/s);
  rmSync(files.headsFile);
  await expect(openStore(again)).rejects.toThrow(/not the one with which this database was written.*RESTORED="why/s);
  const renewed = await openStore({ ...again, restored: 'The key was lost; decided by the lead' });
  await renewed.log.decide(id, () => [answered('later')], 'professional');
  const head = await renewed.checkpoints.write();
  await renewed.close();
  expect(head?.macFrom).toBeGreaterThan(0);
  const { findings } = await verifyInService(database, readHeadsOf(files));
  expect(findings.list()).toMatchObject([
    { kind: 'access planted', first: [expect.stringContaining(`of consultation ${id}`)] },
  ]);
  // The next time it is opened, nobody is asked again.
  await (await openStore(again)).close();
});
