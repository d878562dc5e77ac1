import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createEmpty } from './databases.ts';
import { tryTwoServers } from './two-servers.ts';

// `npm run two-servers` runs the full test.
it('with two servers on one database and one killed, nothing is lost, claimed twice or mailed twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fd-two-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const tried = await tryTwoServers({
    url: await createEmpty(),
    folder: join(folder, 'data'),
    kills: 1,
    longestMs: 500,
  });
  expect(tried.problems).toEqual([]);
  expect(tried.acknowledged).toBeGreaterThanOrEqual(20);
  expect(Math.min(...tried.asked)).toBeGreaterThan(5);
  expect(tried.mails).toBeGreaterThanOrEqual(24);
}, 240_000);
