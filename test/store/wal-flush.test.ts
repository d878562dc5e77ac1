/**
 * SQLite writes a commit into its WAL without waiting for the disk. These tests come between the two, as a slow or
 * broken disk does.
 */
import { fstatSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OutcomeUnknown, StoreUnavailable } from '../../server/store/failure.ts';
import { answered, openConsultation, openTemporary } from './temporary.ts';

/** A disk that completes a sync only when it is told to. */
function createSlowDisk() {
  const waiting: { handle: number; take(): void; fail(error: Error): void }[] = [];
  let slow = false;
  return {
    waiting,
    flush: (handle: number) =>
      slow ? new Promise<void>((take, fail) => waiting.push({ handle, take, fail })) : Promise.resolve(),
    set(now: 'slow' | 'fast') {
      slow = now === 'slow';
    },
  };
}

async function openOnSlowDisk() {
  const disk = createSlowDisk();
  const store = await openTemporary({ flush: disk.flush });
  const { id, entries } = await openConsultation(store);
  disk.set('slow');
  return { disk, store, id, entries };
}

function note<Result>(promise: Promise<Result>) {
  const noted = { done: false, promise };
  promise.then(
    () => {
      noted.done = true;
    },
    () => {
      noted.done = true;
    },
  );
  return noted;
}

it('nothing of a commit is acknowledged or read before it is on the disk, and others wait for the next', async () => {
  const { disk, store, id } = await openOnSlowDisk();
  const first = note(store.log.decide(id, () => [answered('a')], 'professional'));
  await expect.poll(() => disk.waiting.length).toBe(1);
  const read = note(store.log.read(id));
  const second = note(store.log.decide(id, () => [answered('b')], 'professional'));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([first.done, read.done, second.done, disk.waiting.length]).toEqual([false, false, false, 1]);
  // The WAL is what is flushed.
  const wal = statSync(`${store.file}-wal`);
  expect(fstatSync(disk.waiting[0]?.handle ?? -1).ino).toBe(wal.ino);
  disk.waiting[0]?.take();
  expect(await first.promise).toMatchObject({ added: [{ number: 2 }] });
  expect(await read.promise).toHaveLength(2);
  await expect.poll(() => disk.waiting.length).toBe(2);
  expect(second.done).toBe(false);
  disk.set('fast');
  disk.waiting[1]?.take();
  expect(await second.promise).toMatchObject({ added: [{ number: 3 }] });
});

it('when the disk fails, the result is reported as unknown, nothing more is written, and everything can be read', async () => {
  const { disk, store, id } = await openOnSlowDisk();
  const writing = store.log.decide(id, () => [answered('a')], 'professional');
  await expect.poll(() => disk.waiting.length).toBe(1);
  const reading = store.log.read(id);
  disk.waiting[0]?.fail(new Error('EIO: i/o error, fdatasync'));
  await expect(writing).rejects.toThrow(OutcomeUnknown);
  await expect(reading).rejects.toThrow(OutcomeUnknown);
  await expect(store.log.decide(id, () => [answered('b')], 'professional')).rejects.toThrow(StoreUnavailable);
  // A second attempt at the disk would prove nothing.
  expect(disk.waiting).toHaveLength(1);
  // What was committed was moved into the database file, and that is on the disk.
  expect(statSync(`${store.file}-wal`).size).toBe(0);
  expect(await store.log.read(id)).toHaveLength(2);
  expect(await store.health()).toMatchObject({
    reads: true,
    writes: false,
    problem: expect.stringMatching(/disk failed to write/),
  });
});
