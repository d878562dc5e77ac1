/**
 * An attacker who can write to the database and the file of checkpoints, and knows how the log is made, but does not
 * have the key. What they append fits into the chain and is found all the same, and nothing they insert lets anybody
 * in.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { digestOfSession } from '../../server/audit/account-state.ts';
import { addErased, countErased, digestOf } from '../../server/audit/erasure.ts';
import { FACTS, type Fact, nextLine, type Source } from '../../server/audit/line.ts';
import { hashCode } from '../../server/consultation/code.ts';
import type { Client } from '../../server/people/client.ts';
import { digestAccount } from '../../server/store/account-state.ts';
import { hashToken } from '../../server/store/sessions.ts';
import { checkpointFiles, type Store } from '../../server/store/store.ts';
import { createClock, openConsultation, openRaw, openTemporary } from '../store/temporary.ts';
import { check, found, makeLog, tamper } from './tampered-log.ts';

/** Inserts a row and its line as the server would write both, except for the MAC that needs the key. */
function append(raw: Sqlite.Database, source: Source, row: Record<string, Fact>, mac: string | null = null): void {
  const names = Object.keys(row).map((name) => `"${name}"`);
  const values = names.map(() => '?').join();
  const insert = raw.prepare(`insert into ${source} (${names}) values (${values}) returning seq`);
  const { seq } = insert.get(...Object.values(row)) as { seq: number };
  const last = raw.prepare('select position, hash from chain order by position desc limit 1').get() as never;
  const facts = FACTS[source].map((name) => row[name] ?? null);
  const line = nextLine(last, { source, seq, facts, body: String(row.body) }, 'salt of the attacker');
  const { position, content, previous, hash, salt } = line;
  raw
    .prepare('insert into chain (position, source, seq, salt, content, previous, hash, mac) values (?,?,?,?,?,?,?,?)')
    .run(position, source, seq, salt, content, previous, hash, mac);
}

const AT = '2026-11-22T09:00:01.000Z';
const LOOK = { at: AT, person: '', name: 'npm run erase', role: 'command', area: 'bury' };

/** Changes the account so that it agrees with its newest entry in every digest. */
function giveRole(raw: Sqlite.Database, account: string, more: Record<string, unknown> = {}): void {
  raw.prepare(`update accounts set role = 'administrator', password_hash = 'theirs' where id = ?`).run(account);
  const of = (table: string) => raw.prepare(`select * from ${table} where account = ?`).all(account) as never;
  const state = digestAccount({
    account: raw.prepare('select * from accounts where id = ?').get(account) as never,
    passkeys: of('passkeys'),
    recoveryCodes: of('recovery_codes'),
    invitations: of('invitations'),
  });
  const body = JSON.stringify({ from: 'duty worker', to: 'administrator', area: 'bury', ...more, state });
  append(raw, 'account_entries', { account, at: AT, by: 'command', kind: 'role changed', body });
}

/** Erases consistently: the record of the erasure matches what was removed. */
function eraseByHand(raw: Sqlite.Database): void {
  const lines = countErased();
  for (const seq of [2, 3]) addErased(lines, 'entries', seq);
  const body = JSON.stringify({ kind: 'never asked', consultations: 1, lines: 2, digest: digestOf(lines) });
  append(raw, 'looks', { ...LOOK, what: 'erasure', consultation: null, body });
  const erasure = raw.prepare('select max(seq) from looks').pluck().get();
  raw.exec(`update entries set body = '{"erased":${erasure}}' where seq in (2, 3);
    update chain set salt = null where source = 'entries' and seq in (2, 3)`);
}

const FORGED: [string, (raw: Sqlite.Database) => void, string[]][] = [
  [
    'an entry of a consultation, appended with a line that fits',
    (raw) => {
      const entry = raw.prepare('select * from entries order by seq desc limit 1').get() as { consultation: string };
      const body = '{"text":"Nothing to do"}';
      append(raw, 'entries', {
        consultation: entry.consultation,
        number: 4,
        at: AT,
        by: 'professional',
        kind: 'noted',
        body,
      });
    },
    ['1 not ours'],
  ],
  ['an erasure by hand, recorded as ours would be', eraseByHand, ['1 not ours']],
  [
    'a line with the mark of another',
    (raw) => {
      const mac = raw.prepare('select mac from chain where position = 1').pluck().get() as string;
      append(raw, 'looks', { ...LOOK, what: 'view', consultation: null, body: '{}' }, mac);
    },
    ['1 not ours'],
  ],
  [
    'a reason for a restore that nobody gave',
    (raw) => append(raw, 'looks', { ...LOOK, what: 'restore', consultation: null, body: '{"reason":"x","head":null}' }),
    ['1 not ours'],
  ],
  ['lines whose marks were all taken away', (raw) => raw.exec('update chain set mac = null'), ['16 not ours']],
  [
    'a browser that may see what it did not open',
    (raw) =>
      raw.exec(`insert into sessions values ('theirs', '${AT}', '${AT}', null);
        insert into holders select 'theirs', id, '${AT}', null from consultations limit 1`),
    ['2 access planted'],
  ],
  [
    'a field of a hand-over sheet that nobody typed',
    (raw) =>
      raw.exec(
        `insert into sheet_fields select id, 'concern', 'Nothing', '', 'A', '${AT}', null from consultations limit 1`,
      ),
    ['1 hand-over sheet changed', '1 rows changed'],
  ],
  [
    'a return code that nobody was given',
    (raw) =>
      raw.exec(`insert into return_codes (consultation, hash, made_at, expires_at)
        select id, '${hashCode('kx3m-9tdw-hf6y-r4pc')}', '${AT}', '2027' from consultations limit 1`),
    ['1 access planted', '1 rows changed'],
  ],
];

describe('what an attacker without the key inserts is found', () => {
  it.each(FORGED)('%s', async (_what, deed, expected) => {
    const log = await makeLog();
    expect(found(log)).toEqual([]);
    tamper(log, deed);
    expect(found(log)).toEqual(expected);
  });

  it('a tampered database does not start without a reason, and no inserted line is signed', async () => {
    const log = await makeLog();
    const store = await openTemporary({ file: log.file });
    const raw = openRaw(log.file);
    append(raw, 'looks', { ...LOOK, what: 'view', consultation: null, body: '{}' });
    expect(await store.health()).toMatchObject({ writes: true, log: false });
    await openConsultation(store);
    await expect(store.checkpoints.write()).rejects.toThrow(
      /Line 17 of the log was put there by a program that does not/,
    );
    expect(store.checkpoints.newest()?.position).toBe(16);
    await store.close();
    await expect(openTemporary({ file: log.file })).rejects.toThrow(/Line 17 .*does not have the key/);
    const again = await openTemporary({ file: log.file, restored: 'Known, and harmless; A. Khan' });
    expect(again.checkpoints.newest()?.position).toBe(19);
    expect(found(log)).toEqual(['1 not ours']);
  });

  it('checkpoints that are deleted while the server runs are noticed at once', async () => {
    const log = await makeLog();
    const store = await openTemporary({ file: log.file });
    const lines = readFileSync(log.headsFile, 'utf8').split('\n').filter(Boolean);
    writeFileSync(log.headsFile, `${lines.slice(0, 2).join('\n')}\n`);
    openRaw(log.file).prepare('update newest_head set head = ?').run(lines[1]);
    await openConsultation(store);
    await expect(store.checkpoints.write()).rejects.toThrow(/has lost heads while the server ran/);
  });
});

const PERSON = { email: 'amina@bury.invalid', name: 'Amina', role: 'duty worker', area: 'bury' } as const;

/** A database in which somebody has joined and is signed in with `token`. */
async function openDesk() {
  const store = await openTemporary();
  const { accounts, secondFactors } = store.people;
  const account = (await accounts.invite({ ...PERSON, hash: 'invitation' }, 'command')) ?? '';
  const joining = { account, invitation: 'invitation', passwordHash: 'argon', recoveryCodes: ['r1', 'r2'] };
  await secondFactors.join({ ...joining, tokenHash: 'token', browser: 'browser' });
  await store.checkpoints.write();
  const log = { file: store.file, ids: [], ...checkpointFiles(store.file) };
  return { store, account, log, raw: openRaw(store.file) };
}

const signInAs = (store: Store, account: string, passwordHash: string) =>
  store.people.secondFactors.signIn({
    account,
    passwordHash,
    factor: { kind: 'recovery code', hash: 'r1' },
    tokenHash: 'next',
    browser: 'browser',
  });

describe('lets nobody in', () => {
  it('an account with another role and password, and a matching entry', async () => {
    const { store, account, log, raw } = await openDesk();
    giveRole(raw, account);
    expect(await signInAs(store, account, 'theirs')).toBe(false);
    expect(await store.people.signins.find('token')).toBeUndefined();
    expect(found(log).join()).toMatch(/1 not ours/);
  });

  it('the same account before it is changed, which can sign in', async () => {
    const { store, account, log } = await openDesk();
    expect(await signInAs(store, account, 'argon')).toBe(true);
    expect((await store.people.signins.find('next'))?.person.id).toBe(account);
    expect(found(log)).toEqual([]);
  });

  it('a session that was inserted with a matching entry, or moved to another account', async () => {
    const { store, account, log, raw } = await openDesk();
    const other = (await store.people.accounts.invite({ ...PERSON, email: 't@x.invalid', hash: 'i2' }, account)) ?? '';
    raw.exec(`insert into signins select 'theirs', account, began_at, seen_at, null, mac from signins`);
    const state = JSON.parse(
      String(raw.prepare('select body from account_entries where account = ? order by seq desc').pluck().get(account)),
    ).state;
    const body = JSON.stringify({ session: digestOfSession('theirs'), state });
    append(raw, 'account_entries', { account, at: AT, by: account, kind: 'signed in', body });
    expect(await store.people.signins.find('theirs')).toBeUndefined();
    expect(found(log)).toEqual(['1 not ours', '1 access planted']);
    raw.exec(`update signins set account = '${other}' where token_hash = 'token'`);
    expect(await store.people.signins.find('token')).toBeUndefined();
  });

  it('a browser that was given another browser’s consultation', async () => {
    const store = await openTemporary();
    const [mine, theirs] = [hashToken('mine'), hashToken('theirs')];
    const { id } = await openConsultation(store, { tokenHash: mine });
    const own = await openConsultation(store, { tokenHash: theirs });
    openRaw(store.file).exec(`update holders set consultation = '${id}' where token_hash = '${theirs}'`);
    expect(await store.consultations.holds(theirs, id)).toBe(false);
    expect(await store.consultations.heldBy(theirs)).toEqual([]);
    expect((await store.consultations.heldBy(mine)).map((line) => line.id)).toEqual([id]);
    await store.consultations.hold(theirs, own.id);
    expect(await store.consultations.holds(theirs, own.id)).toBe(true);
  });

  it('a hand-over sheet’s text that was changed, or moved to another child', async () => {
    const store = await openTemporary();
    const [own, other] = [await openConsultation(store), await openConsultation(store)];
    const field = { field: 'concern', value: 'Sam is hungry', filled: '', writer: 'A' };
    await store.handoverSheets.change(own.id, () => ({ write: [field], saw: undefined }));
    expect(await store.handoverSheets.read(own.id)).toEqual([field]);
    const raw = openRaw(store.file);
    raw.exec(`update sheet_fields set consultation = '${other.id}'`);
    expect(await store.handoverSheets.read(other.id)).toEqual([]);
    raw.exec(`update sheet_fields set consultation = '${own.id}', value = 'Sam is well'`);
    expect(await store.handoverSheets.read(own.id)).toEqual([]);
  });

  it('a return code that was moved to another consultation, or made valid for longer', async () => {
    const store = await openTemporary();
    const [own, other] = [await openConsultation(store), await openConsultation(store)];
    const hash = hashCode('kx3m-9tdw-hf6y-r4pc');
    await store.codes.make(own.id, hash, 30);
    const attempt = { hash, address: '192.0.2.7', tokenHash: hashToken('theirs') };
    expect(await store.codes.use({ ...attempt, reference: own.reference })).toMatchObject({ right: true });
    const raw = openRaw(store.file);
    expect(JSON.stringify(raw.prepare('select * from return_codes').all())).not.toContain(hash);
    raw.exec(`update return_codes set expires_at = '2099-01-01T00:00:00.000Z'`);
    expect(await store.codes.use({ ...attempt, reference: own.reference })).toEqual({ right: false, why: 'wrong' });
    raw.exec(`update return_codes set consultation = '${other.id}'`);
    expect(await store.codes.use({ ...attempt, reference: other.reference })).toEqual({ right: false, why: 'wrong' });
  });
});

it('after a new audit key was made, names rows that still let somebody in, and not those that had expired', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const who = { id: 'a', name: 'A', role: 'administrator' };
  const make = async (tokenHash: string, expiresAt: string) => {
    const rights: Client['rights'] = ['read'];
    const id = await store.clients.make({ name: tokenHash, area: 'bury', rights, tokenHash, expiresAt }, who);
    return { id, revoke: async () => store.clients.revoke((await store.clients.find(id)) as Client, who) };
  };
  const [late, soon] = ['2027-11-22T09:00:00.000Z', '2026-11-23T09:00:00.000Z'];
  const [open, revoked] = [await make('open', late), await make('revoked', late), await make('expired', soon)];
  await revoked.revoke();
  const { id } = await openConsultation(store);
  await store.codes.make(id, hashCode('kx3m-9tdw-hf6y-r4pc'), 1);
  clock.pass(2 * 24 * 60);
  const { id: newer } = await openConsultation(store);
  await store.codes.make(newer, hashCode('kx3m-9tdw-hf6y-r4pc'), 30);
  await store.close();
  const files = checkpointFiles(store.file);
  for (const file of Object.values(files)) rmSync(file);
  await openTemporary({ clock, file: store.file, restored: 'The key was lost' });
  const lines = check({ file: store.file, ids: [], ...files }).findings.list();
  expect(lines.map(({ kind }) => kind)).toEqual(['access planted']);
  expect(lines[0]?.first).toEqual([expect.stringContaining(`of consultation ${newer}`), `client ${open.id}`]);
});
