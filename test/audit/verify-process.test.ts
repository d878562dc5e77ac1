import { execFile } from 'node:child_process';
import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { checkpointFiles } from '../../server/store/store.ts';
import { program } from '../running-server.ts';
import { makeFile, makeFolder, openConsultation, openTemporary } from '../store/temporary.ts';

function run(dataDir: string, ...more: string[]) {
  return new Promise<{ code: number | string | null; out: string; err: string }>((resolve) => {
    const env = { ...process.env, DATA_DIR: dataDir };
    execFile(process.execPath, [program('verify'), ...more], { env }, (error, out, err) =>
      resolve({ code: error?.code ?? 0, out, err }),
    );
  });
}

it('verify ends with 0 when all is well, and with 1, what was found and what to do when not', async () => {
  const store = await openTemporary();
  await openConsultation(store);
  await store.checkpoints.write();
  const folder = dirname(store.file);
  const well = await run(folder);
  expect(well).toMatchObject({ code: 0, err: '' });
  expect(well.out).toMatch(/as it was written: 1 lines, 0 of them erased, 1 heads.*It ends at 1:/);
  appendFileSync(checkpointFiles(store.file).headsFile, 'x\n');
  const ill = await run(folder, '--head', '7:abcdefgh');
  expect(ill.code).toBe(1);
  expect(ill.err).toMatch(/in the file of heads is none:\n {2}line 2 of the file\n {2}to do: compare/);
  expect(ill.err).toMatch(/The log ends before.*\n {2}printed head at line 7; the log ends at line 1/);
  expect(await run(folder, '--database', 'none')).toMatchObject({ code: 1, out: '' });
});

it('where nothing was in service yet, it says so and where it looked, and makes nothing', async () => {
  const dataDir = join(makeFolder(), 'data');
  const none = await run(dataDir);
  expect(none).toMatchObject({ code: 1, out: '' });
  expect(none.err).toMatch(
    new RegExp(
      `^There is nothing to check yet: there is no database ${dataDir}/front-door.sqlite, and no head was signed in ${dataDir}/audit-heads.jsonl\n.*DATABASE_URL, which is not set.*give DATA_DIR\n$`,
      's',
    ),
  );
  expect(existsSync(dataDir)).toBe(false);
  // A server that was started, and of which nobody has asked anything.
  const store = await openTemporary();
  await store.close();
  expect(await run(dirname(store.file))).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^There is no line in the log yet/),
    err: '',
  });
});

it('without a database, or with an empty one, where heads were signed, it is an alarm', async () => {
  const store = await openTemporary();
  await openConsultation(store);
  await store.checkpoints.write();
  await store.close();
  const empty = await openTemporary();
  await empty.close();
  const { headsFile, keyFile } = checkpointFiles(store.file);
  const cut = await run(dirname(empty.file), '--heads', headsFile, '--key', keyFile);
  expect(cut).toMatchObject({ code: 1, err: expect.stringContaining('The log ends before this signed head') });
  rmSync(store.file);
  const lost = await run(dirname(store.file));
  expect(lost.code).toBe(1);
  expect(lost.err).toMatch(/There is no database .*, and heads of a database were signed up to line 1 .*DATABASE_URL/s);
});

it('an exported record that was made with another key is said to be that, with the key that was read', async () => {
  const [store, other] = [await openTemporary({ file: makeFile() }), await openTemporary({ file: makeFile() })];
  await openConsultation(store);
  const head = await store.checkpoints.write();
  const checkpoint = head && store.checkpoints.note(head);
  const file = join(dirname(store.file), 'record.json');
  writeFileSync(file, JSON.stringify({ proof: { proofVersion: 1, checkpoint, entries: [] } }));
  const { keyFile } = checkpointFiles(other.file);
  const { code, err } = await run(dirname(other.file), '--export', file);
  expect(code).toBe(1);
  expect(err).toContain(
    `${file} is not proven yet: it was made by a Front Door with another key of the audit than ${keyFile}\n`,
  );
  expect(err).toMatch(/\n {2}expected: the public key .*\n {2}to do: {4}ask for that key/);
});
