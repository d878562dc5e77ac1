/**
 * A database that is not the one that was in service does not start without a reason. With one, `verify` knows what was
 * left behind.
 */
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createClock, openConsultation, openTemporary } from '../store/temporary.ts';
import { check, found, makeChainAnew, makeLog, tamper } from './tampered-log.ts';

type Log = Awaited<ReturnType<typeof makeLog>>;

/** The database as it was, and one whose log goes on for another day. */
async function makeOlder() {
  const log = await makeLog();
  const copy = `${log.file}.old`;
  copyFileSync(log.file, copy);
  await makeLog(log.file);
  const restore = () => {
    for (const file of [`${log.file}-wal`, `${log.file}-shm`]) rmSync(file, { force: true });
    copyFileSync(copy, log.file);
  };
  return { log, restore };
}

const linesOf = ({ headsFile }: Log) => readFileSync(headsFile, 'utf8').split('\n').filter(Boolean);
const writeLines = ({ headsFile }: Log, lines: string[]) =>
  writeFileSync(headsFile, lines.map((line) => `${line}\n`).join(''));

describe('the start', () => {
  it('makes no new database in the place of the one whose heads were signed, not even for a reason', async () => {
    const log = await makeLog();
    for (const ending of ['', '-wal', '-shm']) rmSync(log.file + ending, { force: true });
    for (const restored of [undefined, 'The disk was lost; A. Khan'])
      await expect(openTemporary({ file: log.file, restored })).rejects.toThrow(
        /There is no database .*heads of a database were signed.*in PostgreSQL, give DATABASE_URL.*npm run restore/s,
      );
    expect(existsSync(log.file)).toBe(false);
  });

  it('compares the newest checkpoint with the log: an older database starts only with a reason, given once', async () => {
    const { log, restore } = await makeOlder();
    restore();
    await expect(openTemporary({ file: log.file })).rejects.toThrow(
      /ends before line 32.*restored a backup.*RESTORED=/s,
    );
    const restored = 'The disk was lost; A. Khan';
    const store = await openTemporary({ file: log.file, restored });
    expect(found(log)).toEqual([]);
    await openConsultation(store);
    await store.close();
    expect(found(log)).toEqual([]);
    await (await openTemporary({ file: log.file, restored })).close();
    restore();
    const again = openTemporary({ file: log.file, restored });
    // The older copy does not know the reason, which was given after the copy was made.
    await expect(again.then((opened) => opened.close())).resolves.toBeUndefined();
    expect(found(log)).toEqual([]);
  });

  it('refuses a reason that is already in the log', async () => {
    const log = await makeLog();
    const whole = linesOf(log);
    writeLines(log, []);
    await (await openTemporary({ file: log.file, restored: 'Heads lost' })).close();
    writeLines(log, []);
    await expect(openTemporary({ file: log.file, restored: 'Heads lost' })).rejects.toThrow('was given for an earlier');
    expect(whole).toHaveLength(4);
  });

  it.each<[string, (log: Log) => void, RegExp]>([
    [
      'cut off at its end',
      (log) => tamper(log, (raw) => raw.exec('delete from chain where position > 10')),
      /ends before line 16/,
    ],
    [
      'with a log that was made anew',
      (log) =>
        tamper(log, (raw) => {
          raw.exec(`update entries set body = '{"text":"x"}' where seq = 3`);
          makeChainAnew(raw, 2);
        }),
      /Line 16 of the log is not the one that was signed/,
    ],
    ['with no heads', (log) => writeLines(log, []), /is empty or not there, and heads were signed up to line 16/],
    ['without the file of heads', (log) => rmSync(log.headsFile), /is empty or not there/],
    ['with older heads', (log) => writeLines(log, linesOf(log).slice(0, 2)), /ends at line 8.*an older copy/],
    [
      'with a head that nobody signed',
      (log) => writeLines(log, [...linesOf(log), (linesOf(log)[0] ?? '').replace('"at":"2026', '"at":"2027')]),
      /was not signed with the key/,
    ],
  ])('refuses a database %s', async (_what, deed, expected) => {
    const log = await makeLog();
    deed(log);
    await expect(openTemporary({ file: log.file })).rejects.toThrow(expected);
  });
});

describe('the file of checkpoints', () => {
  it.each<[string, (lines: string[]) => string[], string[]]>([
    ['emptied', () => [], ['1 heads missing']],
    ['thinned at its beginning', (lines) => lines.slice(1), ['1 heads missing']],
    ['thinned in the middle', (lines) => lines.filter((_, index) => index !== 1), ['1 heads missing']],
    ['thinned at its end', (lines) => lines.slice(0, -1), ['1 heads missing']],
    ['in another order', ([a = '', b = '', ...rest]) => [b, a, ...rest], ['3 heads missing']],
    ['with a head twice', ([a = '', ...rest]) => [a, a, ...rest], ['1 heads missing']],
  ])('%s is noticed', async (_what, deed, expected) => {
    const log = await makeLog();
    expect(found(log)).toEqual([]);
    writeLines(log, deed(linesOf(log)));
    expect(found(log)).toEqual(expected);
  });

  it('a longer time without checkpoints is noticed even if they were deleted from the database', async () => {
    const clock = createClock();
    const log = await makeLog();
    const store = await openTemporary({ file: log.file, clock });
    for (let day = 0; day < 3; day++) {
      clock.pass(24 * 60);
      await openConsultation(store);
      await store.checkpoints.write();
    }
    await store.close();
    expect(found(log)).toEqual([]);
    writeLines(log, linesOf(log).slice(0, 4));
    tamper(log, (raw) => raw.exec('delete from newest_head'));
    expect(check(log).findings.list()[0]?.first[0]).toMatch(/none was signed from line 17 on/);
  });
});
