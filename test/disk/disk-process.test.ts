import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkImages, checkSaves, createRandom, readRecord } from './crash-images.ts';
import { saveOnFailingDisk } from './failed-syncs.ts';
import { CALLS, compileShim, makeControl, readFailed, runOnShim } from './shim.ts';

const work = mkdtempSync(join(tmpdir(), 'front-door-disk-'));
const shim = compileShim(work);
afterAll(() => rmSync(work, { recursive: true, force: true }));

function place(name: string) {
  const folder = join(work, name);
  mkdirSync(folder);
  return { folder, file: join(folder, 'x.sqlite') };
}

it.skipIf(shim === undefined)(
  'a power cut at any moment loses nothing that was acknowledged',
  async () => {
    const { folder, file } = place('cut');
    const record = join(work, 'record');
    await runOnShim({ shim: shim ?? '', folder, program: 'saver.ts', given: [file, '40'], record });
    const steps = readRecord(record);
    const said = steps.filter(({ what }) => what === 'said').length;
    expect(said).toBe(40);
    // `npm run power-cut` tries thousands.
    const images = { steps, count: 150, folder: join(work, 'image'), random: createRandom(7) };
    expect(checkImages(images)).toEqual({ images: 150, problems: [] });
    // Without the syncs, the same images are incomplete, so the check can fail.
    const unsynced = steps.filter(({ what }) => what !== 'sync');
    expect(checkImages({ ...images, steps: unsynced, count: 60 }).problems.length).toBeGreaterThan(10);
  },
  120_000,
);

it.skipIf(shim === undefined)(
  'an I/O error at any system call of a save loses nothing that was acknowledged',
  async () => {
    const { folder, file } = place('fault');
    const control = join(work, 'control');
    makeControl(control);
    const out = await runOnShim({
      shim: shim ?? '',
      folder,
      program: 'saver.ts',
      given: [file, '240', '--control', control, '--fails', 'each'],
      control,
    });
    const said = [...out.matchAll(/saved (\d+)/g)].map(([, save]) => Number(save));
    // Some saves fail; the store continues after each, or is restarted if it must be.
    expect(said.length).toBeGreaterThan(24);
    expect(said.length).toBeLessThan(240);
    expect(checkSaves(file, said)).toEqual([]);
    // A save never truncates a file; that only happens at the end of the WAL.
    const failed = readFailed(control);
    for (const call of CALLS.filter((name) => name !== 'cut')) expect([call, failed[call]]).not.toContain(0);
  },
  120_000,
);

it.skipIf(shim === undefined)(
  'after a failed sync, no later acknowledged save is lost, even after a kill and a power cut',
  async () => {
    const { steps, kills } = await saveOnFailingDisk(join(work, 'failing'), shim ?? '', 24);
    expect(kills).toBeGreaterThan(1);
    const images = { steps, count: 100, folder: join(work, 'image'), random: createRandom(3) };
    expect(checkImages(images)).toEqual({ images: 100, problems: [] });
  },
  120_000,
);
