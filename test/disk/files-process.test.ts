/**
 * Running out of file handles passes when it is over: the real server, with the operating system's limit lowered and
 * raised again.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { openVisitor, startServer } from '../running-server.ts';
import { makeFolder } from '../store/temporary.ts';

const LIMITS = /NOFILE.*?(\d+)\s+(\d+)/;

function readLimit(pid: number): [soft: string, hard: string] | undefined {
  const { stdout, status } = spawnSync('prlimit', ['--pid', String(pid), '--nofile', '--noheadings'], {
    encoding: 'utf8',
  });
  const [, soft, hard] = status === 0 ? (LIMITS.exec(stdout) ?? []) : [];
  return soft === undefined || hard === undefined ? undefined : [soft, hard];
}

/** The number that the next file handle would get: with this as the limit, there is none. */
function lowestFree(pid: number): number {
  const taken = new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
  let number = 0;
  while (taken.has(number)) number++;
  return number;
}

const canLimit = process.platform === 'linux' && readLimit(process.pid) !== undefined;
if (!canLimit) console.log('The test of running out of files is left out: there is no prlimit here');

it.skipIf(!canLimit)(
  'without free file handles open requests continue, and afterwards everything works again',
  async () => {
    const server = await startServer({ env: { DATA_DIR: join(makeFolder(), 'data') } });
    const pid = server.child.pid ?? 0;
    const visitor = openVisitor(server);
    const id = await visitor.begin();
    expect((await visitor.note(id, 'Before')).status).toBe(303);
    const [soft = '', hard = ''] = readLimit(pid) ?? [];
    const limit = (most: string | number) => spawnSync('prlimit', ['--pid', String(pid), `--nofile=${most}:${hard}`]);
    // Libraries that are loaded on first use, none of which has been used yet.
    const wanted = [
      () => visitor.get(paths.download(id, 'pdf')),
      () => visitor.get(paths.instrumentFile('bury', 'screening_tool')),
      () => visitor.post(paths.passkeyChallenges(), {}),
    ];
    limit(lowestFree(pid));
    for (const want of wanted) {
      const { status, text } = await want();
      expect([status, text]).toEqual([503, expect.stringContaining('Try again in half a minute')]);
    }
    expect((await visitor.note(id, 'While there was none')).status).toBe(303);
    limit(soft);
    for (const want of wanted) expect((await want()).status).toBe(200);
    expect((await visitor.note(id, 'After')).status).toBe(303);
    const other = openVisitor(server);
    expect((await other.get(paths.start())).status).toBe(200);
    expect(await other.ready()).toMatchObject({ ready: true });
    const record = await visitor.get(paths.record(id));
    for (const words of ['Before', 'While there was none', 'After']) expect(record.text).toContain(words);
    expect(server.said()).toContain('"message":"out of files, or of threads"');
  },
  120_000,
);
