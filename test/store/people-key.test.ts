/** The key of people: created once, never replaced silently, and checked by the start, the doctor and verify. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { hashCode, makeCode } from '../../server/consultation/code.ts';
import { checkDatabase } from '../../server/doctor/data.ts';
import { createSeal, draftsOf, SECOND_FACTORS } from '../../server/people/seal.ts';
import { describePeopleKey } from '../../server/store/in-service.ts';
import { openPeopleKey, peopleKeyFile } from '../../server/store/people-key.ts';
import { asStranger, databaseOf, makeFolder, openTemporary } from './temporary.ts';

const REASON = 'The machine was lost, and the key with it; A. Khan';

/** A database in which somebody uses an app, and the key with which its secret was sealed. */
async function openWithApp() {
  const store = await openTemporary();
  const dataDir = dirname(store.file);
  const file = peopleKeyFile(dataDir);
  const key = openPeopleKey(dataDir);
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
  const DATABASE_URL = await databaseOf(store.file);
  const config = readConfig({ DATA_DIR: dataDir, ...(DATABASE_URL !== undefined && { DATABASE_URL }) });
  const examine = async () => (await checkDatabase(config)).findings.find(({ subject }) => subject === 'key of people');
  const verify = () => describePeopleKey({ file: store.file, databaseUrl: DATABASE_URL });
  const open = (reason?: string) => store.peopleKeys.open(dataDir, reason);
  return { store, dataDir, file, key, account, examine, verify, open };
}

const otherKey = () => `${randomBytes(32).toString('base64url')}\n`;

describe('the key of people', () => {
  it('is created at the first start, for its owner only, and is the same from then on', async () => {
    const store = await openTemporary();
    const dataDir = join(makeFolder(), 'data');
    const { key } = await store.peopleKeys.open(dataDir, undefined);
    expect(statSync(peopleKeyFile(dataDir)).mode & 0o777).toBe(0o600);
    expect((await store.peopleKeys.open(dataDir, undefined)).key.equals(key)).toBe(true);
  });

  it('is not created again while something is sealed with the missing one: start, doctor and verify ask for it', async () => {
    const { file, examine, verify, open } = await openWithApp();
    expect(await examine()).toMatchObject({ state: 'good' });
    expect(await verify()).toBeUndefined();
    rmSync(file);
    const words = /There is no .*people\.key.*sealed with it.*restore it.*if it is lost.*PEOPLE_KEY_REPLACED=/s;
    await expect(open()).rejects.toThrow(words);
    expect(await verify()).toMatch(words);
    expect(existsSync(file)).toBe(false);
    expect(await examine()).toMatchObject({ state: 'bad', says: expect.stringContaining('There is no') });
  });

  it('is refused if it is another one: what came, what was expected and what to do, and nothing is lost', async () => {
    const { file, key, examine, verify, open } = await openWithApp();
    const right = readFileSync(file, 'utf8');
    const wrong = otherKey();
    writeFileSync(file, wrong);
    const words =
      /people\.key is not the key of this database: it opens nothing of what was sealed \(1 app\)\..*expected: the key that was there before.*to do: {4}put it back/s;
    await expect(open()).rejects.toThrow(words);
    expect(await verify()).toMatch(words);
    expect(await examine()).toMatchObject({
      state: 'bad',
      says: expect.stringContaining('is not the key of this database'),
      todo: expect.stringContaining('put it back'),
    });
    expect(readFileSync(file, 'utf8')).toBe(wrong);
    writeFileSync(file, right);
    expect((await open()).key.equals(key)).toBe(true);
    expect(await verify()).toBeUndefined();
  });

  it('is told by drafts and secrets of webhooks, too, where nobody uses an app', async () => {
    const store = await openTemporary();
    const dataDir = dirname(store.file);
    const key = openPeopleKey(dataDir);
    const sealedFor = (purpose: string) => createSeal(key, purpose, randomBytes).close('secret');
    const person = { email: 'a@example.gov.uk', name: 'A', role: 'duty worker', area: 'bury', hash: 'x' } as const;
    const account = (await store.people.accounts.invite(person, 'command')) ?? '';
    const draft = { form: '/x', page: '/x', sealed: sealedFor(draftsOf(account)) };
    await store.people.drafts.keep({ browser: 'b', account }, draft);
    const who = { id: account, name: 'A', role: 'administrator' };
    const made = { name: 'S', area: 'bury', rights: [], tokenHash: 'x', expiresAt: '2027-11-22T09:00:00.000Z' };
    const client = await store.clients.find(await store.clients.make(made, who));
    if (client === undefined) throw new Error('there is no client');
    await store.clients.setWebhook(client, { url: 'https://s.example', secret: sealedFor(SECOND_FACTORS) }, who);
    writeFileSync(peopleKeyFile(dataDir), otherKey());
    await expect(store.peopleKeys.open(dataDir, undefined)).rejects.toThrow('sealed (1 webhook, 1 draft)');
    rmSync(peopleKeyFile(dataDir));
    await expect(store.peopleKeys.open(dataDir, undefined)).rejects.toThrow('There is no');
  });

  it('is another one from then on where it is said why, once: that is kept in the log', async () => {
    const { store, file, examine, verify, open } = await openWithApp();
    writeFileSync(file, otherKey());
    const { noteReplaced } = await open(REASON);
    // The server was not let into service, so nothing is accepted yet.
    await expect(open()).rejects.toThrow('is not the key of this database');
    await noteReplaced();
    const looks = await asStranger(store.file, `select body from looks where what = 'people key replaced'`);
    expect(looks).toMatchObject([{ body: expect.stringContaining(REASON) }]);
    expect(JSON.stringify(looks)).not.toContain(readFileSync(file, 'utf8').trim());
    await open();
    await (await open(REASON)).noteReplaced();
    expect(await asStranger(store.file, `select seq from looks where what = 'people key replaced'`)).toHaveLength(1);
    expect(await verify()).toBeUndefined();
    expect(await examine()).toMatchObject({ state: 'look', says: expect.stringContaining('opens 0 of 1') });
    for (const change of [() => writeFileSync(file, otherKey()), () => rmSync(file)]) {
      change();
      await expect(open(REASON)).rejects.toThrow(/was given for an earlier one already.*or a new reason/s);
    }
    expect(existsSync(file)).toBe(false);
  });

  it('is made anew where it is said that it is lost', async () => {
    const { file, key, open } = await openWithApp();
    rmSync(file);
    const made = await open(REASON);
    await made.noteReplaced();
    expect(made.key.equals(key)).toBe(false);
    expect((await open()).key.equals(made.key)).toBe(true);
  });

  it('is reported if it is no key at all, and left as it is', async () => {
    const { file, examine, open } = await openWithApp();
    writeFileSync(file, 'hello');
    await expect(open()).rejects.toThrow(/holds no key/);
    expect(await examine()).toMatchObject({ state: 'bad', says: expect.stringContaining('holds no key') });
    expect(readFileSync(file, 'utf8')).toBe('hello');
    // Whoever runs these tests may be allowed to read each file, and still cannot read a folder as one.
    rmSync(file);
    mkdirSync(file);
    await expect(open()).rejects.toThrow(/The key of people cannot be used: EISDIR.*to do: {4}look at DATA_DIR/s);
  });
});
