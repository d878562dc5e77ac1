/** The real server on a disk that is full, slow or read-only: driven over HTTP, and then examined as after a kill. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { databaseFile } from '../../server/store/store.ts';
import { openVisitor, program, startServer } from '../running-server.ts';
import { makeFolder } from '../store/temporary.ts';
import { compileShim, makeControl, shimEnvironment } from './shim.ts';
import { canMount, withFileSystem, withReadOnly } from './small-file-system.ts';

const mounts = canMount();
const work = mkdtempSync(join(tmpdir(), 'front-door-shim-'));
const shim = compileShim(work);
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** The notes of a consultation that a new start would find, from a copy of the files as they are now. */
function notesIn(dataDir: string, id: string): string[] {
  const copy = makeFolder();
  for (const name of readdirSync(dataDir).filter((file) => file.startsWith('front-door.sqlite')))
    cpSync(join(dataDir, name), join(copy, name));
  const raw = new Sqlite(databaseFile(copy));
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
  const notes = raw.prepare(
    `select json_extract(body, '$.text') from entries where kind = 'noted' and consultation = ? order by seq`,
  );
  const found = notes.pluck().all(id) as string[];
  raw.close();
  return found;
}

/** The result of a health check is kept for a few seconds. */
const POLL = { timeout: 30_000, interval: 500 };

type Visitor = ReturnType<typeof openVisitor>;

/** Adds notes until one is refused with a message; returns those that were acknowledged. */
async function noteUntilRefused(visitor: Visitor, id: string, most = 400): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let count = 0; count < most; count++) {
    const text = `Note ${count} ${'x'.repeat(2000)}`;
    const { status, text: page } = await visitor.note(id, text);
    if (status !== 303) {
      expect([status, page]).toEqual([503, expect.stringContaining('We cannot save anything at the moment')]);
      expect(page).toContain('Call 999');
      return acknowledged;
    }
    acknowledged.push(text);
  }
  throw new Error('nothing was refused');
}

describe.skipIf(!mounts)('a disk', () => {
  it('that is full: acknowledged data is there, the rest is refused with a message, and it continues once there is room', async () => {
    const dataDir = join(makeFolder(), 'data');
    mkdirSync(dataDir);
    const command = withFileSystem(dataDir, 'size=140m', [process.execPath, program('main')]);
    const server = await startServer({ env: { DATA_DIR: dataDir }, command });
    // The file system that only the server sees.
    const inside = `/proc/${server.child.pid}/root${dataDir}`;
    const visitor = openVisitor(server);
    const id = await visitor.begin();
    expect(await visitor.ready()).toMatchObject({ ready: true, writes: true, space: true });
    const filler = join(inside, 'filler');
    fillUp(filler);
    const acknowledged = await noteUntilRefused(visitor, id);
    await expect.poll(() => visitor.ready(), POLL).toMatchObject({ ready: false, reads: true, space: false });
    expect((await visitor.get(paths.record(id))).status).toBe(200);
    expect((await visitor.get(paths.contacts())).text).toContain('0161 253 5678');
    expect(notesIn(inside, id)).toEqual(acknowledged);
    rmSync(filler);
    expect((await visitor.note(id, 'There is room again')).status).toBe(303);
    expect(notesIn(inside, id)).toEqual([...acknowledged, 'There is room again']);
    await expect.poll(() => visitor.ready(), POLL).toMatchObject({ ready: true });
    expect(server.said()).toMatch(/"level":"error".*SQLITE_FULL/);
    expect(server.said()).not.toContain('xxxx');
  }, 120_000);

  it('that cannot be written: the server does not start, and says what to do', async () => {
    const dataDir = join(makeFolder(), 'data');
    const first = await startServer({ env: { DATA_DIR: dataDir } });
    await first.stop();
    const command = withReadOnly(dataDir, [process.execPath, program('main')]);
    await expect(startServer({ env: { DATA_DIR: dataDir }, command })).rejects.toThrow(
      /cannot be opened for writing: EROFS.*give the user that runs the server the right to write/s,
    );
  }, 120_000);
});

/** Fills the disk to the last byte. */
function fillUp(file: string): void {
  for (const size of [1024 * 1024, 4096, 1]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    }
  }
}

it.skipIf(shim === undefined)(
  'a disk that becomes read-only, and one that is slow: nothing acknowledged is lost, and health says so',
  async () => {
    const dataDir = join(makeFolder(), 'data');
    const control = join(makeFolder(), 'control');
    const disk = makeControl(control);
    const env = {
      DATA_DIR: dataDir,
      METRICS_ADDRESS: '127.0.0.1:0',
      ...shimEnvironment({ shim: shim ?? '', folder: dataDir, control }),
    };
    const server = await startServer({ env });
    const visitor = openVisitor(server);
    const id = await visitor.begin();

    disk.set({ always: constants.errno.EROFS });
    expect(await noteUntilRefused(visitor, id)).toEqual([]);
    await expect.poll(() => visitor.ready(), POLL).toMatchObject({ ready: false, reads: true, writes: false });
    expect((await visitor.get(paths.record(id))).status).toBe(200);
    disk.set({ always: 0 });
    expect((await visitor.note(id, 'Written again')).status).toBe(303);

    const slow = 300_000;
    disk.set({ slower: slow });
    const many = await Promise.all(
      Array.from({ length: 20 }, async (_, number) => {
        const writer = openVisitor(server);
        const began = performance.now();
        const own = await writer.begin();
        const took = performance.now() - began;
        const saved = await writer.note(own, `Slow ${number}`);
        return { own, status: saved.status, took };
      }),
    );
    disk.set({ slower: 0 });
    // Each is acknowledged only once it is on the disk. Waiting writes are committed together, so they do not wait for
    // each other one by one.
    expect(many.map(({ status }) => status)).toEqual(many.map(() => 303));
    expect(Math.min(...many.map(({ took }) => took))).toBeGreaterThan(slow / 1000);
    expect(notesIn(dataDir, id)).toEqual(['Written again']);
    for (const [number, { own }] of many.entries()) expect(notesIn(dataDir, own)).toEqual([`Slow ${number}`]);
    await expect.poll(() => visitor.ready(), POLL).toMatchObject({ ready: true });
    const [, port] = /"port":(\d+),"message":"the metrics are served"/.exec(server.said()) ?? [];
    const figures = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const commits = (limit: string) =>
      Number(new RegExp(`commit_duration_seconds_bucket.*le="${limit}".* (\\d+)`).exec(figures)?.[1]);
    expect(commits('\\+Inf') - commits('0.25')).toBeGreaterThan(0);
  },
  120_000,
);
