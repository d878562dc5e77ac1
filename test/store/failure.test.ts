import { renameSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../server/consultation/entry.ts';
import { StoreUnavailable } from '../../server/store/failure.ts';
import { openOnSmallDisk } from './small-disk.ts';
import { answered, openConsultation, openRaw, openTemporary } from './temporary.ts';

describe('a full disk', () => {
  it('still allows reading, acknowledges nothing, and continues when there is room again', async () => {
    const { store, fill, free } = await openOnSmallDisk();
    const { id, entries } = await openConsultation(store);
    await fill();
    const acknowledged: number[] = [];
    let failure: unknown;
    for (let index = 0; failure === undefined && index < 2000; index++)
      await store.log
        .decide(id, () => [{ kind: 'noted', text: 'x'.repeat(5000) }], 'professional')
        .then(
          (decided) => !isRefusal(decided) && acknowledged.push(...decided.added.map((entry) => entry.number)),
          (error) => {
            failure = error;
          },
        );
    expect(failure).toBeInstanceOf(StoreUnavailable);
    expect(failure).toMatchObject({
      code: 'SQLITE_FULL',
      message: expect.stringMatching(/disk is full.*Nothing was saved/),
    });
    const kept = await store.log.read(id);
    expect(kept?.map((entry) => entry.number)).toEqual([...entries.map((entry) => entry.number), ...acknowledged]);
    expect(await store.consultations.find(id)).toBeDefined();
    await free();
    await store.log.decide(id, () => [answered('a')], 'professional');
    expect(await store.log.read(id)).toHaveLength((kept?.length ?? 0) + 1);
    expect(await store.health()).toEqual({ reads: true, writes: true, log: true, space: true });
  });
});

describe('a database that another program keeps locked', () => {
  it('can be read, and written as soon as it is free', async () => {
    const store = await openTemporary();
    const { id, entries } = await openConsultation(store);
    const raw = openRaw(store.file);
    raw.exec('begin immediate');
    const writing = store.log.decide(id, () => [answered('a')], 'professional');
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await store.log.read(id)).toEqual(entries);
    raw.exec('rollback');
    expect(await writing).toMatchObject({ added: [{ number: 2 }] });
  });

  it('does not block this process: others are served while a write waits', async () => {
    // SQLite itself would wait for longer than this, and this process with it.
    const store = await openTemporary({ patienceMs: 90 });
    const { id } = await openConsultation(store);
    const raw = openRaw(store.file);
    raw.exec('begin immediate');
    const writing = store.log.decide(id, () => [answered('a')], 'professional');
    for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
    raw.exec('rollback');
    expect(await writing).toMatchObject({ added: [{ number: 2 }] });
  });

  it('is unavailable when the time to wait is over', async () => {
    const store = await openTemporary({ patienceMs: 300 });
    const { id } = await openConsultation(store);
    const raw = openRaw(store.file);
    raw.exec('begin immediate');
    const writes = [1, 2, 3].map((index) => store.log.decide(id, () => [answered(`q${index}`)], 'professional'));
    for (const outcome of await Promise.allSettled(writes))
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'StoreUnavailable', code: 'SQLITE_BUSY' } });
    expect(await store.health()).toMatchObject({
      reads: true,
      writes: false,
      problem: expect.stringContaining('locked'),
    });
    expect(await store.log.read(id)).toHaveLength(1);
  });
});

describe('a database that was moved away', () => {
  it('acknowledges nothing until it is back', async () => {
    const store = await openTemporary();
    const { id } = await openConsultation(store);
    const elsewhere = `${store.file}.moved`;
    renameSync(store.file, elsewhere);
    const write = () => store.log.decide(id, () => [answered('a')], 'professional');
    await expect(write()).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'SQLITE_READONLY_DBMOVED' });
    writeFileSync(store.file, '');
    await expect(write()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await store.log.read(id)).toHaveLength(1);
    renameSync(elsewhere, store.file);
    expect(await write()).toMatchObject({ added: [{ number: 2 }] });
  });
});
