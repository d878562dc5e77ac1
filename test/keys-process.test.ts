/** The real server and `npm run verify`, with keys of another installation. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { createSeal, SECOND_FACTORS } from '../server/people/seal.ts';
import { openPeopleKey } from '../server/store/people-key.ts';
import { program, startServer } from './running-server.ts';
import { makeFile, openTemporary } from './store/temporary.ts';

/** The data folder of an installation in which somebody signs in with an app. */
async function install(): Promise<string> {
  const store = await openTemporary({ file: makeFile() });
  const dataDir = dirname(store.file);
  const secret = createSeal(openPeopleKey(dataDir), SECOND_FACTORS, randomBytes).close('SECRETOFAPP');
  const person = { email: 'a@example.gov.uk', name: 'A', role: 'duty worker', area: 'bury', hash: 'x' } as const;
  const account = (await store.people.accounts.invite(person, 'command')) ?? '';
  const hashes = { passwordHash: 'x', tokenHash: 'x', browser: 'x', invitation: 'x' };
  await store.people.secondFactors.join({ account, totp: { secret, step: 0 }, recoveryCodes: [], ...hashes });
  await store.checkpoints.write();
  await store.close();
  return dataDir;
}

const contentsOf = (dataDir: string) =>
  ['audit-key.pem', 'audit-heads.jsonl', 'people.key'].map((name) => readFileSync(join(dataDir, name), 'utf8'));

it.each([
  ['audit-key.pem', /is not the one with which the heads in .*audit-heads\.jsonl were signed/],
  ['people.key', /people\.key is not the key of this database/],
])(
  'with another %s neither starts nor is well, says so once and without a stack, and changes no key',
  async (name, words) => {
    const [dataDir, other] = [await install(), await install()];
    copyFileSync(join(other, name), join(dataDir, name));
    const before = contentsOf(dataDir);
    const refused = await startServer({ env: { DATA_DIR: dataDir } }).then(
      () => 'it started',
      (error: Error) => error.message,
    );
    const env = { ...process.env, DATA_DIR: dataDir };
    const verified = spawnSync(process.execPath, [program('verify')], { env, encoding: 'utf8' });
    expect(verified.status).toBe(1);
    for (const said of [refused, verified.stderr]) {
      expect(said).toMatch(words);
      expect(said).toMatch(/\n {2}expected: .*\n {2}to do: {4}/);
      expect(said).not.toMatch(/^ +at /m);
      expect(said.split('to do:')).toHaveLength(2);
    }
    expect(contentsOf(dataDir)).toEqual(before);
  },
  120_000,
);
