/** With the key of another installation, one sentence says so; nothing else is found, changed or signed. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBackup } from '../../server/backup/backup.ts';
import { proveBackup } from '../../server/backup/restore.ts';
import { readConfig } from '../../server/config.ts';
import { checkDatabase } from '../../server/doctor/data.ts';
import { verifyDatabase } from '../../server/store/audit-lines.ts';
import { readHeadsFor, readHeadsOf } from '../../server/store/checkpoints.ts';
import { NEWEST } from '../../server/store/migrations.ts';
import { moveToPostgres } from '../../server/store/move.ts';
import { makeFolder, openTemporary } from '../store/temporary.ts';
import { type Log, makeLog, tamper } from './tampered-log.ts';

/** Two installations, of which the first has the key of the second. */
async function mixKeys(): Promise<{ log: Log; other: Log; right: string }> {
  const [log, other] = [await makeLog(), await makeLog()];
  const right = readFileSync(log.keyFile, 'utf8');
  copyFileSync(other.keyFile, log.keyFile);
  return { log, other, right };
}

const OTHER = (log: Log) =>
  new RegExp(
    `^The key of the audit that was read, ${log.keyFile}, is not the one with which the heads in ${log.headsFile} were signed\\..*` +
      'expected: the key that signed the head of 2026-11-22.*to do: {4}put that key back',
    's',
  );

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: Error) => error.message,
  );

describe('with the key of another installation', () => {
  it('each check of the log says so, alone, and is well again with the right key', async () => {
    const { log, right } = await mixKeys();
    for (const newestDay of [false, true])
      expect(await problemOf(verifyDatabase(log.file, readHeadsFor(log, newestDay).heads))).toMatch(OTHER(log));
    const moving = moveToPostgres({ file: log.file, databaseUrl: 'postgres://nowhere/x', heads: readHeadsOf(log) });
    expect(await problemOf(moving)).toMatch(OTHER(log));
    writeFileSync(log.keyFile, right);
    expect((await verifyDatabase(log.file, readHeadsOf(log))).findings.list()).toEqual([]);
  });

  it('a restore says so, and takes nothing', async () => {
    const { log } = await mixKeys();
    const folder = join(makeFolder(), 'backups');
    const keep = { days: 1, weeks: 0, months: 0 };
    const made = await makeBackup({ database: { file: log.file }, folder, at: new Date(), recipients: [], keep });
    const proving = proveBackup({ backup: made.path, workFolder: folder, checkpointFiles: log });
    expect(await problemOf(proving)).toMatch(OTHER(log));
  });

  it('the start and the doctor say so, and nothing is signed or marked', async () => {
    const { log, right } = await mixKeys();
    const before = readFileSync(log.headsFile, 'utf8');
    const refused = await problemOf(openTemporary({ file: log.file }));
    expect(refused).toMatch(OTHER(log));
    expect(refused).toMatch(/if this is another machine.*if the right key is lost for good, start once with RESTORED/);
    const { findings } = await checkDatabase(readConfig({ DATA_DIR: dirname(log.file) }));
    const said = findings.find(({ subject }) => subject === 'log');
    expect(said).toMatchObject({ state: 'bad', todo: expect.stringContaining('put that key back') });
    expect(`${said?.says}`).toContain('is not the one with which the heads');
    expect(readFileSync(log.headsFile, 'utf8')).toBe(before);
    writeFileSync(log.keyFile, right);
    await (await openTemporary({ file: log.file })).close();
  });

  it('and with its heads, too, it is the database that is another one', async () => {
    const { log, other } = await mixKeys();
    copyFileSync(other.headsFile, log.headsFile);
    const words = /and the heads in .* belong together, and this database was written with another key/;
    expect(await problemOf(verifyDatabase(log.file, readHeadsOf(log)))).toMatch(words);
    expect(await problemOf(openTemporary({ file: log.file }))).toMatch(words);
  });

  it('without a file of heads, it is held against what the database knows', async () => {
    const { log } = await mixKeys();
    rmSync(log.headsFile);
    const words = /is not the one with which this database was written/;
    expect(await problemOf(verifyDatabase(log.file, readHeadsOf(log)))).toMatch(words);
  });

  it('a new version does not mark rows with it while it brings the tables up to date', async () => {
    const { log } = await mixKeys();
    tamper(log, (raw) => raw.exec('delete from migrations where number = (select max(number) from migrations)'));
    expect(await problemOf(openTemporary({ file: log.file }))).toMatch(OTHER(log));
    const { findings } = await checkDatabase(readConfig({ DATA_DIR: dirname(log.file) }));
    expect(JSON.stringify(findings)).toContain('its tables are brought from step');
  });
});

it('with the right key, what somebody else signed or wrote stays a finding of its own', async () => {
  const log = await makeLog();
  const heads = readHeadsOf(log);
  const signed = (heads.lines ?? []).map((line) => line.replace('"at":"2026', '"at":"2027'));
  const { findings } = await verifyDatabase(log.file, { ...heads, lines: signed });
  expect(findings.list().map(({ kind }) => kind)).toContain('badly signed');
  // Whoever forges the newest head of the database, too, meets the marks of its lines.
  tamper(log, (raw) => raw.exec(`update newest_head set head = replace(head, '"at":"2026', '"at":"2027')`));
  const forged = await verifyDatabase(log.file, heads);
  expect(forged.findings.list().map(({ kind }) => kind)).toContain('heads missing');
});

it('tables of another version are said to be that, not to have been changed', async () => {
  const log = await makeLog();
  tamper(log, (raw) => raw.exec('delete from migrations where number = (select max(number) from migrations)'));
  expect(await problemOf(verifyDatabase(log.file, readHeadsOf(log)))).toMatch(
    /^The database is of an earlier Front Door: its tables are at step \d+, .*to do: {4}start the server once with it/s,
  );
  tamper(log, (raw) => {
    for (const number of [NEWEST, NEWEST + 1])
      raw.prepare(`insert into migrations values (?, 'a step', '')`).run(number);
  });
  expect(await problemOf(verifyDatabase(log.file, readHeadsOf(log)))).toMatch(
    new RegExp(`is of a newer Front Door.*step ${NEWEST + 1}`),
  );
  // A newer version has every step in between.
  tamper(log, (raw) => raw.exec(`update migrations set number = 1000 where number = ${NEWEST + 1}`));
  const { findings } = await verifyDatabase(log.file, readHeadsOf(log));
  expect(findings.list().map(({ kind }) => kind)).toContain('step changed');
});
