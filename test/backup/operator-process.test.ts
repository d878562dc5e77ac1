/**
 * Backup and restore as an operator does them: with the commands in `dist`, beside the real server; and on a disk that
 * is full.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { canMount, withFileSystem } from '../disk/small-file-system.ts';
import { openVisitor, program, root, startServer } from '../running-server.ts';
import { makeFolder, openConsultation, openTemporary } from '../store/temporary.ts';

interface Ended {
  code: number | string;
  said: string;
}

function run(command: readonly string[], env: Record<string, string>): Promise<Ended> {
  const [first = '', ...rest] = command;
  const settings = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env };
  return new Promise((resolve) =>
    execFile(first, rest, { cwd: root, env: settings }, (error, out, err) =>
      resolve({ code: error?.code ?? 0, said: out + err }),
    ),
  );
}

const command = (name: string, ...given: string[]) => [process.execPath, program(name), ...given];

it('a backup is made while the server runs, checked, not restored while it runs, and restored with a reason after it has stopped', async () => {
  const [dataDir, backups, keys] = [join(makeFolder(), 'data'), join(makeFolder(), 'backups'), makeFolder()];
  const secret = await generateX25519Identity();
  writeFileSync(join(keys, 'key.txt'), `${secret}\n`);
  const key = ['--key', join(keys, 'key.txt')];
  const env = { DATA_DIR: dataDir, BACKUP_DIR: backups, BACKUP_RECIPIENTS: await identityToRecipient(secret) };
  const server = await startServer({ env });
  const visitor = openVisitor(server);
  const id = await visitor.begin();
  await visitor.note(id, 'Before the backup');
  expect(await run(command('backup'), env)).toMatchObject({
    code: 0,
    said: expect.stringContaining('It is encrypted'),
  });
  await visitor.note(id, 'After the backup');

  const drill = await run(command('restore', ...key), env);
  expect(drill).toMatchObject({ code: 0, said: expect.stringMatching(/is whole: 1 consultations.*This was a drill/s) });
  const early = await run(command('restore', ...key, '--yes'), env);
  expect(early).toMatchObject({ code: 1, said: expect.stringMatching(/has the database .* open.*stop the server/s) });
  expect((await visitor.get(paths.record(id))).text).toContain('After the backup');
  await server.stop();

  const restored = await run(command('restore', ...key, '--yes'), env);
  expect(restored).toMatchObject({
    code: 0,
    said: expect.stringMatching(/lines of the log were written after it.*RESTORED/s),
  });
  await expect(startServer({ env })).rejects.toThrow(/if you restored a backup, start once with RESTORED/);
  const again = await startServer({ env: { ...env, RESTORED: 'Trial of the restore; A. Example' } });
  const late = openVisitor(again);
  expect(await late.ready()).toMatchObject({ ready: true, log: true });
  const other = await late.begin();
  await late.note(other, 'It goes on');
  await again.stop();
  expect(await run(command('verify'), env)).toMatchObject({
    code: 0,
    said: expect.stringContaining('as it was written'),
  });
}, 120_000);

it.skipIf(!canMount()).each([
  ['a copy', 64, ''],
  ['a copy and what is encrypted of it', 0, 'age'],
])(
  'on a disk without room for %s, no backup is made, a message says so, and the earlier ones are kept',
  async (_what, most, encrypted) => {
    const store = await openTemporary();
    await openConsultation(store);
    await store.close();
    const disk = makeFolder();
    const earlier = 'front-door-2026-11-01T03-00-00.sqlite';
    const bytes = readFileSync(store.file).length;
    // Room for the earlier backup, and for one and a half copies if it is encrypted.
    const kb = most || Math.ceil((bytes * 1.5) / 1024) + 8;
    const env = {
      DATA_DIR: join(store.file, '..'),
      BACKUP_DIR: disk,
      BACKUP_RECIPIENTS: encrypted === '' ? '' : await identityToRecipient(await generateX25519Identity()),
      BACKUP: program('backup'),
      EARLIER: join(disk, earlier),
    };
    const script = 'echo earlier > "$EARLIER"; "$0" "$BACKUP"; echo "code $?"; ls "$BACKUP_DIR"; cat "$EARLIER"';
    const { said } = await run(withFileSystem(disk, `size=${kb}k`, ['sh', '-c', script, process.execPath]), env);
    expect(said).toMatch(/No backup was made: .*(full|ENOSPC)/);
    expect(said).toMatch(/free space/);
    expect(said).toContain(`code 1\n${earlier}\nearlier\n`);
    expect(readdirSync(join(store.file, '..')).filter((name) => name.includes('part'))).toEqual([]);
  },
  120_000,
);

it.skipIf(!canMount())(
  'a drill without room for the copy says so, and leaves nothing behind',
  async () => {
    const store = await openTemporary();
    await openConsultation(store);
    const backup = join(makeFolder(), 'front-door-2026-11-01T03-00-00.sqlite');
    await store.backup(backup);
    const dataDir = join(makeFolder(), 'data');
    mkdirSync(dataDir);
    const env = { DATA_DIR: dataDir, RESTORE: program('restore'), BACKUP: backup };
    const script = '"$0" "$RESTORE" "$BACKUP"; echo "code $?"; ls -A "$DATA_DIR"; echo end';
    const { said } = await run(withFileSystem(dataDir, 'size=64k', ['sh', '-c', script, process.execPath]), env);
    expect(said).toMatch(/cannot be opened for the check: ENOSPC.*room for a copy of it.*free space there/s);
    expect(said).toMatch(/code 1\nend\n/);
  },
  120_000,
);
