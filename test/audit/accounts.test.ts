/**
 * Somebody who can write to the database tampers with accounts, passwords, factors, sessions and flows: every change is
 * found, and none lets anybody in.
 */

import type Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { SESSIONS_ENDED_BY } from '../../server/audit/check-accounts.ts';
import type { AccountHappening } from '../../server/people/account.ts';
import { someOf } from '../short-form.ts';
import { openRaw, openTemporary } from '../store/temporary.ts';
import { found, makeLog, tamper } from './tampered-log.ts';

const PERSON = { email: 'amina@bury.invalid', name: 'Amina', role: 'duty worker', area: 'bury' } as const;

/** A log in which somebody has joined with every kind of factor, and is signed in. */
async function makeDeskLog() {
  const log = await makeLog();
  const store = await openTemporary({ file: log.file });
  const { accounts, secondFactors } = store.people;
  const account = (await accounts.invite({ ...PERSON, hash: 'invitation' }, 'command')) ?? '';
  const passkey = { id: 'key', publicKey: 'public', counter: 0, transports: [], name: 'Telephone' };
  const joining = { account, invitation: 'invitation', passwordHash: 'argon', totp: { secret: 'sealed', step: 1 } };
  await secondFactors.join({
    ...joining,
    passkey,
    recoveryCodes: ['r1', 'r2'],
    tokenHash: 'token',
    browser: 'browser',
  });
  await accounts.invite({ ...PERSON, email: 'tom@bury.invalid', name: 'Tom', hash: 'other' }, account);
  await store.checkpoints.write();
  return { log, store, account };
}

const ADD = `insert into accounts (id, email, name, role, area, password_hash, made_at, joined_at)
  values ('evil', 'e@x.invalid', 'Eve', 'administrator', 'bury', 'h', '2026', '2026');`;
const DEEDS: [string, (raw: Sqlite.Database) => void, RegExp][] = [
  [
    'another role',
    (raw) => raw.exec(`update accounts set role = 'administrator' where name = 'Amina'`),
    /account changed/,
  ],
  ['another area', (raw) => raw.exec(`update accounts set area = 'bolton' where name = 'Amina'`), /account changed/],
  ['another name', (raw) => raw.exec(`update accounts set name = 'Anna' where name = 'Amina'`), /account changed/],
  [
    'another address',
    (raw) => raw.exec(`update accounts set email = 'x@x.invalid' where name = 'Amina'`),
    /account changed/,
  ],
  [
    'another password',
    (raw) => raw.exec(`update accounts set password_hash = 'x' where name = 'Amina'`),
    /account changed/,
  ],
  ['another app', (raw) => raw.exec(`update accounts set totp_secret = 'x' where name = 'Amina'`), /account changed/],
  [
    'a code that is good again',
    (raw) => raw.exec(`update accounts set totp_step = 0 where name = 'Amina'`),
    /account changed/,
  ],
  ['another subject', (raw) => raw.exec(`update accounts set subject = 'x' where name = 'Amina'`), /account changed/],
  [
    'disabled by nobody',
    (raw) => raw.exec(`update accounts set disabled_at = '2026' where name = 'Amina'`),
    /account changed/,
  ],
  [
    'a planted passkey',
    (raw) =>
      raw.exec(`insert into passkeys (id, account, public_key, counter, transports, name, added_at)
        select 'evil', id, 'p', 0, '[]', 'x', '' from accounts where name = 'Amina'`),
    /account changed/,
  ],
  ['another public key', (raw) => raw.exec(`update passkeys set public_key = 'x'`), /account changed/],
  ['a deleted passkey', (raw) => raw.exec('delete from passkeys'), /account changed/],
  [
    'a planted recovery code',
    (raw) => raw.exec(`insert into recovery_codes select 'x', id, '', null from accounts where name = 'Amina'`),
    /account changed/,
  ],
  [
    'a planted invitation',
    (raw) =>
      raw.exec(`insert into invitations select 'x', id, '2026', '2099', null from accounts where name = 'Amina'`),
    /account changed/,
  ],
  [
    'an invitation that is open again',
    (raw) => raw.exec(`update invitations set ended_at = null, expires_at = '2099' where ended_at is not null`),
    /account changed/,
  ],
  ['a planted account', (raw) => raw.exec(ADD), /account planted/],
  [
    'a planted account with entries of its own',
    (raw) =>
      raw.exec(`${ADD} insert into account_entries (account, at, "by", kind, body) values ('evil', '', 'command', 'invited',
        '{"email":"e@x.invalid","name":"Eve","role":"administrator","area":"bury"}')`),
    /inserted/,
  ],
  ['a deleted account', (raw) => raw.exec(`delete from accounts where name = 'Tom'`), /account deleted/],
  [
    'a planted session',
    (raw) =>
      raw.exec(`insert into signins (token_hash, account, began_at, seen_at) select 'evil', id, '2026-11-22T09:00:00.000Z',
        '2026-11-22T09:00:00.000Z' from accounts where name = 'Amina'`),
    /session planted/,
  ],
  [
    'a session given to another',
    (raw) => raw.exec(`update signins set account = (select id from accounts where name = 'Tom')`),
    /session planted/,
  ],
];

describe('is found by verify', () => {
  it.each(someOf(DEEDS, 3))('%s', async (_what, deed, expected) => {
    const { log } = await makeDeskLog();
    expect(found(log)).toEqual([]);
    tamper(log, deed);
    expect(found(log).join()).toMatch(expected);
  });

  it('a session that had ended and was opened again', async () => {
    const { log, store, account } = await makeDeskLog();
    await store.people.accounts.signOut(account, 'token');
    expect(found(log)).toEqual([]);
    tamper(log, (raw) => raw.exec('update signins set ended_at = null'));
    expect(found(log)).toEqual(['1 session planted']);
  });
});

describe('lets nobody in', () => {
  it('a session whose account got another role or area in the database', async () => {
    const { store, account } = await makeDeskLog();
    expect((await store.people.signins.find('token'))?.person.id).toBe(account);
    const raw = openRaw(store.file);
    raw.exec(`update accounts set area = 'bolton' where id = '${account}'`);
    expect(await store.people.signins.find('token')).toBeUndefined();
    raw.exec(`update accounts set area = 'bury' where id = '${account}'`);
    expect((await store.people.signins.find('token'))?.person.area).toBe('bury');
    await store.people.accounts.changeRole(account, 'operational manager', 'command');
    expect(await store.people.signins.find('token')).toBeUndefined();
  });

  it.each([
    ['a planted password', `update accounts set password_hash = 'evil'`],
    ['a planted app', `update accounts set totp_secret = 'evil'`],
  ])('%s', async (_what, deed) => {
    const { store, account } = await makeDeskLog();
    const signIn = { account, tokenHash: 'next', browser: 'b' };
    openRaw(store.file).exec(deed);
    const row = await store.people.accounts.find(account);
    const factor = { kind: 'totp', step: 9, secret: row?.totpSecret ?? '' } as const;
    expect(
      await store.people.secondFactors.signIn({ ...signIn, passwordHash: row?.passwordHash ?? null, factor }),
    ).toBe(false);
  });

  it('an invitation that nobody sent', async () => {
    const { store, account } = await makeDeskLog();
    openRaw(store.file).exec(`insert into invitations values ('evil', '${account}', '2026', '2099', null)`);
    const joining = { account, invitation: 'evil', passwordHash: 'x', recoveryCodes: [], tokenHash: 't', browser: 'b' };
    expect(await store.people.secondFactors.join(joining)).toBe(false);
  });
});

it('normal use of an account gives no finding', async () => {
  const { log, store, account } = await makeDeskLog();
  const { accounts, secondFactors, signins } = store.people;
  const factor = { kind: 'totp', step: 2, secret: 'sealed' } as const;
  const next = { account, passwordHash: 'argon', browser: 'b' };
  expect(await secondFactors.signIn({ ...next, factor, tokenHash: 't2' })).toBe(true);
  expect(await secondFactors.signIn({ ...next, factor: { kind: 'recovery code', hash: 'r1' }, tokenHash: 't3' })).toBe(
    true,
  );
  await secondFactors.setPassword(account, 'argon2', 't3');
  await secondFactors.replaceTotp({ account, before: 'sealed', secret: 'new', step: 3, except: 't3' });
  expect((await signins.find('t3'))?.person.id).toBe(account);
  await secondFactors.setRecoveryCodes(account, ['r3']);
  await secondFactors.removePasskey(account, 'key');
  await accounts.inviteAgain(account, 'again', 'command');
  await accounts.disable(account, 'command');
  await accounts.enable(account, 'command');
  const said = { email: 'o@x.invalid', name: 'Olu', role: 'duty worker', area: 'bury' } as const;
  await accounts.welcome('subject', said);
  expect(await accounts.welcome('subject', { ...said, name: 'Olu Ade' })).toHaveProperty('id');
  expect(await accounts.welcome('subject', { ...said, role: 'safeguarding lead' })).toHaveProperty('id');
  expect(found(log)).toEqual([]);
});

it('finds a flow that was changed, and one that was deleted', async () => {
  const log = await makeLog();
  tamper(log, (raw) => raw.exec(`update flow_versions set body = json_set(body, '$.title', 'Nothing to do')`));
  expect(found(log)).toEqual(['1 flow changed']);
  tamper(log, (raw) => raw.exec('delete from flow_versions'));
  expect(found(log)).toEqual(['1 flow missing']);
});

it('knows for every event of an account what it does to the sessions', () => {
  // Complete by its type, because the audit only sees the database and does not know the kinds.
  const known: Record<AccountHappening['kind'], string> = SESSIONS_ENDED_BY;
  expect(Object.keys(known).length).toBeGreaterThan(15);
});
