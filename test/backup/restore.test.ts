/** Backups are made, checked and restored, with real files, real keys and the real log. */
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { listBackups, makeBackup } from '../../server/backup/backup.ts';
import { describeProved, proveBackup, removeCopy, replaceDatabase } from '../../server/backup/restore.ts';
import { NEWEST } from '../../server/store/migrations.ts';
import { checkpointFiles, openStore } from '../../server/store/store.ts';
import { answered, createClock, makeFolder, openConsultation, openRaw, openTemporary } from '../store/temporary.ts';

const KEEP = { days: 14, weeks: 4, months: 0 };

async function makeKeys() {
  const secret = await generateX25519Identity();
  const keyFile = join(makeFolder(), 'key.txt');
  writeFileSync(keyFile, `# kept away from the server\n${secret}\n`);
  return { keyFile, recipients: [await identityToRecipient(secret)] };
}

/** A database in service, and a backup of it. */
async function openBackedUp(recipients: string[] = []) {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const { id } = await openConsultation(store, { also: [answered('first')] });
  await store.checkpoints.write();
  const folder = join(makeFolder(), 'backups');
  const made = await makeBackup({ database: { file: store.file }, folder, at: clock(), recipients, keep: KEEP });
  const prove = (more: { keyFile?: string; backup?: string } = {}) =>
    proveBackup({
      backup: made.path,
      workFolder: dirname(store.file),
      checkpointFiles: checkpointFiles(store.file),
      ...more,
    });
  return { store, clock, id, folder, made, prove };
}

/** Checking a backup leaves nothing behind in the database's folder. */
function expectNoCopy(file: string): void {
  expect(readdirSync(dirname(file)).filter((name) => name.includes('restoring'))).toEqual([]);
}

describe('a backup in a folder', () => {
  it('is readable by its owner only and has a description, and superseded ones are deleted with theirs', async () => {
    const { store, clock, folder, made } = await openBackedUp();
    expect([statSync(made.path).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(JSON.parse(readFileSync(`${made.path}.json`, 'utf8'))).toMatchObject({ schema: NEWEST, encrypted: false });
    const options = { database: { file: store.file }, folder, recipients: [], keep: { days: 1, weeks: 0, months: 0 } };
    clock.pass(60);
    const second = await makeBackup({ ...options, at: clock() });
    expect(second.removed).toEqual([made.file]);
    expect(readdirSync(folder).sort()).toEqual([second.file, `${second.file}.json`]);
    expect(listBackups(folder)).toEqual([second.path]);
  });

  it('leaves nothing unencrypted behind if it is encrypted', async () => {
    const { recipients, keyFile } = await makeKeys();
    const { folder, made, prove, store } = await openBackedUp(recipients);
    expect(readdirSync(folder).sort()).toEqual([made.file, `${made.file}.json`]);
    expect(made.file).toMatch(/\.sqlite\.age$/);
    expect(readFileSync(made.path).includes('SQLite format 3')).toBe(false);
    const proved = await prove({ keyFile });
    expect(proved.described.consultations).toBe(1);
    removeCopy(proved.copy);
    expectNoCopy(store.file);
  });

  it.each([
    ['a key that is none', ['age1nonsense'], /BACKUP_RECIPIENTS has "age1nonsense".*begins with age1.*age-keygen/s],
  ])('with %s is refused before anything is copied', async (_what, recipients, words) => {
    const store = await openTemporary();
    const folder = join(makeFolder(), 'backups');
    const options = { database: { file: store.file }, folder, at: new Date(), recipients, keep: KEEP };
    await expect(makeBackup(options)).rejects.toThrow(words);
    expect(existsSync(folder)).toBe(false);
  });

  it('of a database that is damaged is not made', async () => {
    const store = await openTemporary();
    const { id } = await openConsultation(store);
    for (let count = 0; count < 40; count++)
      await store.log.decide(id, () => [answered('x'.repeat(3000))], 'professional');
    await store.close();
    // Everything except the first pages, which contain the list of tables.
    const from = 200 * 1024;
    const whole = readFileSync(store.file);
    writeFileSync(store.file, Buffer.concat([whole.subarray(0, from), Buffer.alloc(whole.length - from, 0x5a)]));
    const folder = join(makeFolder(), 'backups');
    const options = { database: { file: store.file }, folder, at: new Date(), recipients: [], keep: KEEP };
    await expect(makeBackup(options)).rejects.toThrow(/No backup was made: .*(damaged|malformed)/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a database that ends before its newest signed head is not made, and no earlier one is removed', async () => {
    const { store, folder, made, clock } = await openBackedUp();
    clock.pass(60);
    const keep = { days: 1, weeks: 0, months: 0 };
    const options = { database: { file: store.file }, folder, at: clock(), recipients: [], keep };
    await expect(makeBackup({ ...options, signed: { position: made.log.position + 1 } })).rejects.toThrow(
      /No backup was made: the database ends at line \d+ of the log.*DATABASE_URL and DATA_DIR/s,
    );
    expect(listBackups(folder)).toEqual([made.path]);
    await makeBackup({ ...options, signed: { position: made.log.position } });
  });

  it('in a folder that cannot be written is not made, with a message, and the earlier ones are kept', async () => {
    const { store, folder, made, clock } = await openBackedUp();
    const options = { database: { file: store.file }, at: clock(), recipients: [], keep: KEEP };
    await expect(makeBackup({ ...options, folder: join(made.path, 'under a file') })).rejects.toThrow(
      /No backup was made.*BACKUP_DIR/s,
    );
    await expect(makeBackup({ ...options, folder })).rejects.toThrow(/is there already/);
    expect(listBackups(folder)).toEqual([made.path]);
  });
});

describe('a drill', () => {
  it('checks the copy, its log and its flows, says what was written since, and changes nothing', async () => {
    const { store, clock, id, made, prove } = await openBackedUp();
    for (let count = 0; count < 3; count++)
      await store.log.decide(id, () => [answered(`later ${count}`)], 'professional');
    clock.pass(30);
    await store.checkpoints.write();
    const before = readFileSync(store.file);
    const proved = await prove();
    expect(proved.lost).toEqual({ lines: 3, until: clock().toISOString() });
    expect(describeProved(made.path, proved).join('\n')).toMatch(
      /is whole: 1 consultations.*3 lines of the log.*lost with it/s,
    );
    removeCopy(proved.copy);
    expectNoCopy(store.file);
    expect(readFileSync(store.file).equals(before)).toBe(true);
  });

  it('without checkpoints, as on a new machine, checks the rest and says what it could not compare', async () => {
    const { store, made } = await openBackedUp();
    const files = { keyFile: join(makeFolder(), 'no key'), headsFile: join(makeFolder(), 'no heads') };
    const proved = await proveBackup({ backup: made.path, workFolder: dirname(store.file), checkpointFiles: files });
    expect(proved.lost).toBeUndefined();
    expect(describeProved(made.path, proved).join()).toContain('There are no signed heads');
    removeCopy(proved.copy);
  });

  it('accepts a backup from before the first checkpoint, unless checkpoints were removed from the file', async () => {
    const clock = createClock();
    const store = await openTemporary({ clock });
    const { id } = await openConsultation(store);
    const options = {
      database: { file: store.file },
      folder: join(makeFolder(), 'backups'),
      recipients: [],
      keep: KEEP,
    };
    const made = await makeBackup({ ...options, at: clock() });
    for (const text of ['later', 'and later']) {
      await store.log.decide(id, () => [answered(text)], 'professional');
      await store.checkpoints.write();
    }
    const files = checkpointFiles(store.file);
    const proving = { backup: made.path, workFolder: dirname(store.file), checkpointFiles: files };
    const proved = await proveBackup(proving);
    expect(proved.lost?.lines).toBe(2);
    removeCopy(proved.copy);
    const [, second = ''] = readFileSync(files.headsFile, 'utf8').split('\n');
    writeFileSync(files.headsFile, `${second}\n`);
    await expect(proveBackup(proving)).rejects.toThrow(/file of heads is empty/);
  });

  it.each<[string, (path: string) => void, RegExp]>([
    [
      'that was cut',
      (path) => truncateSync(path, 5000),
      /is not as it was written: it has 5000 bytes.*take another backup/s,
    ],
    ['that was changed', (path) => appendFileSync(path, 'x'), /is not as it was written/],
    ['that is gone', (path) => rmSync(path), /There is no backup/],
    ['whose description is none', (path) => writeFileSync(`${path}.json`, '{"file":1}'), /does not describe a backup/],
    [
      'that was changed, without description',
      (path) => {
        rmSync(`${path}.json`);
        writeFileSync(path, 'Dear diary, '.repeat(1000));
      },
      /is damaged, or is no database.*take another backup/s,
    ],
    [
      'of another product',
      (path) => {
        rmSync(`${path}.json`);
        rmSync(path);
        openRaw(path).exec('create table diary (day text)');
      },
      /is a database of something else/,
    ],
    [
      'of a newer version',
      (path) => {
        rmSync(`${path}.json`);
        openRaw(path)
          .prepare('insert into migrations values (?, ?, ?)')
          .run(NEWEST + 1, 'from the future', '');
      },
      /newer Front Door.*with that newer version/s,
    ],
    [
      'whose log was changed',
      (path) => {
        rmSync(`${path}.json`);
        const raw = openRaw(path);
        for (const name of raw.prepare("select name from sqlite_schema where type = 'trigger'").pluck().all())
          raw.exec(`drop trigger "${name}"`);
        raw.exec(`update entries set body = replace(body, 'first', 'other') where kind = 'answered'`);
      },
      /The log in the backup is not as it was written.*take an earlier backup/s,
    ],
  ])('of a backup %s says so, and leaves no copy behind', async (_what, harm, words) => {
    const { store, made, prove } = await openBackedUp();
    harm(made.path);
    await expect(prove()).rejects.toThrow(words);
    expectNoCopy(store.file);
  });

  it('of an encrypted backup refuses no key, another key, a public key, and a missing key file', async () => {
    const keys = await makeKeys();
    const other = await makeKeys();
    const { prove, store } = await openBackedUp(keys.recipients);
    const publicKey = join(makeFolder(), 'public.txt');
    writeFileSync(publicKey, keys.recipients.join());
    await expect(prove()).rejects.toThrow(/is encrypted.*-- --key FILE/s);
    await expect(prove({ keyFile: other.keyFile })).rejects.toThrow(/cannot be decrypted/);
    await expect(prove({ keyFile: publicKey })).rejects.toThrow(/is no file of keys.*AGE-SECRET-KEY/s);
    await expect(prove({ keyFile: join(makeFolder(), 'gone') })).rejects.toThrow(
      /There is no key.*cannot be read by anybody/s,
    );
    expectNoCopy(store.file);
  });
});

describe('a restore', () => {
  it('is refused while a server runs, and nothing changes', async () => {
    const { store, prove, id } = await openBackedUp();
    const proved = await prove();
    expect(() => replaceDatabase(proved, store.file, new Date())).toThrow(/has the database .* open.*stop the server/s);
    removeCopy(proved.copy);
    await store.log.decide(id, () => [answered('goes on')], 'professional');
    expect((await store.log.read(id))?.length).toBe(3);
  });

  it('replaces the database, which is kept, and starts with a reason', async () => {
    const { clock, store, prove, id } = await openBackedUp();
    const { file } = store;
    await store.log.decide(id, () => [answered('lost')], 'professional');
    await store.checkpoints.write();
    await store.close();
    const kept = replaceDatabase(await prove(), file, clock());
    expect(existsSync(kept ?? '')).toBe(true);
    await expect(openStore({ file, clock })).rejects.toThrow(/RESTORED/);
    const again = await openStore({ file, clock, restored: 'Disk lost, backup of today; A. Example' });
    expect((await again.log.read(id))?.length).toBe(2);
    await again.close();
  });
});
