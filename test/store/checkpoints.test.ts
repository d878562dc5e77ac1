import { appendFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isSigned, readCheckpoint } from '../../server/audit/signed-checkpoint.ts';
import { readPublicKey } from '../../server/store/checkpoints.ts';
import { checkpointFiles } from '../../server/store/store.ts';
import { createClock, makeFile, makeFolder, openAt, openConsultation, openTemporary } from './temporary.ts';

const readHeads = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => readCheckpoint(line));

it('are signed and written when the chain has grown, and when the server stops', async () => {
  const [file, elsewhere] = [makeFile(), makeFolder()];
  const options = {
    file,
    clock: createClock(),
    headsFile: join(elsewhere, 'deeper', 'heads'),
    keyFile: join(elsewhere, 'key'),
  };
  const store = await openAt(options);
  expect(store.checkpoints.newest()).toBeUndefined();
  await openConsultation(store);
  const [one, two] = await Promise.all([store.checkpoints.write(), store.checkpoints.write()]);
  expect(one).toEqual(two);
  await openConsultation(store);
  await store.close();
  const heads = readHeads(options.headsFile);
  expect(heads.map((head) => head?.position)).toEqual([1, 2]);
  const key = readPublicKey(options.keyFile);
  expect(heads.every((head) => head !== undefined && key !== undefined && isSigned(head, key))).toBe(true);
  expect(statSync(options.keyFile).mode & 0o777).toBe(0o600);
  expect(existsSync(checkpointFiles(file).keyFile)).toBe(false);
});

it('continue with the existing key and checkpoints', async () => {
  const store = await openTemporary();
  await openConsultation(store);
  await store.close();
  const again = await openTemporary({ file: store.file });
  expect(again.checkpoints.newest()?.position).toBe(1);
  expect(await again.checkpoints.write()).toBe(again.checkpoints.newest());
  expect(readHeads(checkpointFiles(store.file).headsFile)).toHaveLength(1);
});

it('a checkpoint that a full disk has cut off does not damage the next one', async () => {
  const store = await openTemporary();
  await openConsultation(store);
  const { headsFile } = checkpointFiles(store.file);
  await store.checkpoints.write();
  appendFileSync(headsFile, readFileSync(headsFile, 'utf8').slice(0, 40));
  for (const position of [2, 3]) {
    await openConsultation(store);
    expect((await store.checkpoints.write())?.position).toBe(position);
  }
  await store.close();
  expect(readHeads(headsFile).map((head) => head?.position)).toEqual([1, undefined, 2, 3]);
  const again = await openTemporary({ file: store.file });
  expect(again.checkpoints.newest()?.position).toBe(3);
});

it('the store does not start with a second key, a broken one, or if checkpoints cannot be written', async () => {
  const store = await openTemporary();
  await openConsultation(store);
  await store.close();
  const { file } = store;
  const { keyFile, headsFile } = checkpointFiles(file);
  const clock = createClock();
  const nowhere = openAt({ file, clock, headsFile: join(keyFile, 'x') });
  await expect(nowhere).rejects.toThrow(/key of the audit cannot be used/);
  writeFileSync(keyFile, 'no key');
  await expect(openAt({ file, clock })).rejects.toThrow(/key of the audit cannot be used.*restore the key/s);
  rmSync(keyFile);
  await expect(openAt({ file, clock })).rejects.toThrow(/is not there, and heads.*restore it/s);
  rmSync(headsFile);
  await expect(openAt({ file, clock })).rejects.toThrow(
    /is not the one with which this database was written.*expected: the key that signed the head of 2026/s,
  );
  await (await openAt({ file, clock, restored: 'The disk of the heads was lost' })).close();
  expect(readHeads(headsFile)).toHaveLength(1);
});
