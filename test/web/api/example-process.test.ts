/** The example client, run against the real app as a case system would run it. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { makeFolder } from '../../store/temporary.ts';
import { openApi } from './client.ts';

const FILE = join(import.meta.dirname, '..', '..', '..', 'examples', 'copy-consultations.mjs');

function run(env: Record<string, string>, ...args: string[]) {
  return new Promise<{ code: number | string | null; out: string; err: string }>((resolve) =>
    execFile(process.execPath, [FILE, ...args], { env: { PATH: process.env.PATH ?? '', ...env } }, (error, out, err) =>
      resolve({ code: error?.code ?? 0, out, err }),
    ),
  );
}

it('copies what is new, once, and what changed again; says what is wrong', async () => {
  const api = await openApi();
  const { token } = await api.makeClient(['read']);
  const folder = join(makeFolder(), 'copies');
  const env = { FRONT_DOOR: api.origin, FRONT_DOOR_TOKEN: token };
  const first = await api.ask('The first');
  await api.ask('The second');
  expect(await run(env, folder)).toMatchObject({ code: 0, out: expect.stringContaining('2 records were copied') });
  const name = `${first.reference.replaceAll(' ', '')}.json`;
  expect(JSON.parse(readFileSync(join(folder, name), 'utf8'))).toMatchObject({ reference: first.reference });
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  expect(await run(env, folder)).toMatchObject({ out: expect.stringContaining('0 records were copied') });
  const worker = await api.openDesk('duty worker');
  await worker.post(paths.deskAction(first.id, 'claims'), {}, paths.desk());
  expect(await run(env, folder)).toMatchObject({ out: expect.stringContaining('1 records were copied') });
  expect(readdirSync(folder).filter((file) => file.endsWith('.part'))).toEqual([]);
  const wrong = await run({ ...env, FRONT_DOOR_TOKEN: 'frontdoor_x' }, folder);
  expect(wrong).toMatchObject({ code: 1, err: expect.stringMatching(/401 The token is missing, or is not valid/) });
  expect(await run({}, folder)).toMatchObject({ code: 1, err: expect.stringContaining('Give FRONT_DOOR') });
}, 120_000);
