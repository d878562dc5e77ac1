/** Somebody removes, replaces or damages the database's files while the server runs. */
import { copyFileSync, openSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../server/store/failure.ts';
import { answered, makeFolder, openConsultation, openRaw, openTemporary } from './temporary.ts';

const DEEDS: [string, (file: string) => void][] = [
  ['the WAL was deleted', (file) => rmSync(`${file}-wal`)],
  ['the WAL was moved', (file) => renameSync(`${file}-wal`, `${file}-elsewhere`)],
  [
    'the WAL was replaced',
    (file) => {
      copyFileSync(`${file}-wal`, `${file}-copy`);
      renameSync(`${file}-copy`, `${file}-wal`);
    },
  ],
  ['the index of the WAL was deleted', (file) => rmSync(`${file}-shm`)],
];

/** What a new start after a kill would find: only the database file. */
function entriesAfterKill(file: string): number {
  const copy = join(makeFolder(), 'copy.sqlite');
  copyFileSync(file, copy);
  return openRaw(copy).prepare('select count(*) from entries').pluck().get() as number;
}

describe.each(DEEDS)('when %s', (_what, deed) => {
  it('nothing acknowledged is lost, health says so, and writing stops until the server starts again', async () => {
    const store = await openTemporary();
    const { id } = await openConsultation(store);
    for (let count = 0; count < 5; count++) await store.log.decide(id, () => [answered(`q${count}`)], 'professional');
    deed(store.file);
    await expect(store.log.decide(id, () => [answered('late')], 'professional')).rejects.toThrow(
      /was moved, replaced or deleted while the server ran.*start the server again/,
    );
    expect(await store.health()).toMatchObject({ reads: true, writes: false, problem: expect.stringMatching(/-wal/) });
    expect(entriesAfterKill(store.file)).toBe(6);
    await expect(store.log.decide(id, () => [answered('later')], 'professional')).rejects.toThrow(StoreUnavailable);
  });
});

it('a WAL that is deleted while nobody writes is noticed, too', async () => {
  const store = await openTemporary();
  const { id } = await openConsultation(store);
  await store.log.decide(id, () => [answered('a')], 'professional');
  rmSync(`${store.file}-wal`);
  await expect.poll(() => entriesAfterKill(store.file), { timeout: 20_000 }).toBe(2);
});

it('a page that cannot be read stops all writing, and health says what to do', async () => {
  const store = await openTemporary();
  const { id } = await openConsultation(store);
  for (let count = 0; count < 40; count++)
    await store.log.decide(id, () => [{ kind: 'noted', text: 'x'.repeat(3000) }], 'professional');
  openRaw(store.file).pragma('wal_checkpoint(TRUNCATE)');
  const handle = openSync(store.file, 'r+');
  // Everything except the first pages, which contain the list of tables.
  const from = 200 * 1024;
  writeSync(handle, Buffer.alloc(statSync(store.file).size - from, 0x5a), 0, undefined, from);
  await expect(store.log.read(id)).rejects.toThrow(/damaged; restore a backup/);
  await expect(store.tallies.count('bury', 'x')).rejects.toThrow(/damaged; restore a backup/);
  expect(await store.health()).toMatchObject({ writes: false, problem: expect.stringContaining('restore a backup') });
});

it('side files that nobody removed make no difference', async () => {
  const store = await openTemporary();
  const { id } = await openConsultation(store);
  writeFileSync(`${store.file}-journal-of-somebody`, '');
  openRaw(store.file).pragma('wal_checkpoint(TRUNCATE)');
  expect(await store.log.decide(id, () => [answered('a')], 'professional')).not.toHaveProperty('refused');
});
