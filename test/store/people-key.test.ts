/** The key of second factors: created once, never replaced silently, and checked by the doctor. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { hashCode, makeCode } from '../../server/consultation/code.ts';
import { checkDatabase } from '../../server/doctor/data.ts';
import { createSeal, SECOND_FACTORS } from '../../server/people/seal.ts';
import { openPeopleKey, peopleKeyFile } from '../../server/store/people-key.ts';
import { makeFolder, openTemporary } from './temporary.ts';

/** A database in which somebody uses an app, and the key with which its secret was sealed. */
async function openWithApp() {
  const store = await openTemporary();
  const dataDir = dirname(store.file);
  const key = openPeopleKey(dataDir, undefined);
  const code = hashCode(makeCode(randomBytes));
  const person = { email: 'a.worker@example.gov.uk', name: 'A. Worker', role: 'duty worker', area: 'bury' } as const;
  const account = await store.people.accounts.invite({ ...person, hash: code }, 'command');
  if (account === undefined) throw new Error('the address is taken');
  const secret = createSeal(key, SECOND_FACTORS, randomBytes).close('SECRETOFAPP');
  const hashes = { passwordHash: 'x', tokenHash: 'x', browser: 'x' };
  await store.people.secondFactors.join({
    account,
    invitation: code,
    totp: { secret, step: 0 },
    recoveryCodes: [],
    ...hashes,
  });
  const examine = async () => {
    const { findings } = await checkDatabase(readConfig({ DATA_DIR: dataDir }));
    return findings.find(({ subject }) => subject === 'key of people');
  };
  return { store, dataDir, file: peopleKeyFile(dataDir), secret, examine };
}

describe('the key of second factors', () => {
  it('is created at the first start, for its owner only, and is the same from then on', () => {
    const dataDir = join(makeFolder(), 'data');
    const key = openPeopleKey(dataDir, undefined);
    expect(statSync(peopleKeyFile(dataDir)).mode & 0o777).toBe(0o600);
    expect(openPeopleKey(dataDir, 'sealed').equals(key)).toBe(true);
  });

  it('is not created again while something is sealed with the missing one: the error asks for it, with what to do if it is lost', async () => {
    const { store, dataDir, file, secret, examine } = await openWithApp();
    expect(await store.people.secondFactors.anySealed()).toBe(secret);
    expect(await examine()).toMatchObject({ state: 'good' });
    rmSync(file);
    expect(() => openPeopleKey(dataDir, secret)).toThrow(
      /There is no .*people\.key.*sealed with it.*restore it.*if it is lost/s,
    );
    expect(existsSync(file)).toBe(false);
    expect(await examine()).toMatchObject({ state: 'bad', says: expect.stringContaining('There is no') });
  });

  it('is reported if it is another one, or not a key at all', async () => {
    const { dataDir, file, secret, examine } = await openWithApp();
    writeFileSync(file, randomBytes(32).toString('base64url'));
    expect(await examine()).toMatchObject({ state: 'bad', says: expect.stringContaining('not the one') });
    writeFileSync(file, 'hello');
    expect(() => openPeopleKey(dataDir, secret)).toThrow(/holds no key/);
    expect(readFileSync(file, 'utf8')).toBe('hello');
  });
});
