import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupFile } from '../../server/store/backup.ts';
import { openStore } from '../../server/store/store.ts';
import { answered, createClock, makeFolder, openConsultation, openTemporary } from './temporary.ts';

describe('a backup', () => {
  it('is complete, private, one file, and contains everything acknowledged before it', async () => {
    const store = await openTemporary();
    const opened = await openConsultation(store);
    for (let index = 0; index < 30; index++)
      await store.log.decide(opened.id, () => [answered(`q${index}`)], 'professional');
    const file = join(makeFolder(), 'copy.sqlite');
    const during = store.log.decide(opened.id, () => [answered('while it runs')], 'professional');
    await Promise.all([store.backup(file), during]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect([`${file}.part`, `${file}-wal`, `${file}.part-wal`].filter((rest) => existsSync(rest))).toEqual([]);
    const copy = await openStore({ file, clock: createClock() });
    const entries = await copy.log.read(opened.id);
    await copy.close();
    expect(entries?.length).toBeGreaterThanOrEqual(31);
  });

  it('never overwrites another file, and leaves nothing incomplete', async () => {
    const store = await openTemporary();
    const folder = makeFolder();
    const file = join(folder, 'copy.sqlite');
    await store.backup(file);
    await expect(store.backup(file)).rejects.toThrow(/is there already.*give another name/s);
    await expect(store.backup(join(folder, 'no', 'such', 'folder'))).rejects.toThrow(/No backup was made/);
    await expect(backupFile(join(folder, 'nothing.sqlite'), join(folder, 'b'))).rejects.toThrow(/There is no database/);
    expect(existsSync(join(folder, 'b.part'))).toBe(false);
  });
});
