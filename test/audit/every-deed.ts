/** What somebody who can write to the database, and kept a copy of it, may do to one row of each table; and a database with rows in all of them. */
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { expect } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import type { Happening } from '../../server/consultation/entry.ts';
import type { Client } from '../../server/people/client.ts';
import type { Tampering } from '../../server/store/checked-tables.ts';
import type { Store } from '../../server/store/store.ts';
import { PATHWAY_OPENED } from '../pathway/opened.ts';
import { asStranger } from '../store/temporary.ts';
import { beginConsultation } from '../web/begin-consultation.ts';
import type { Browser } from '../web/people/browser.ts';
import { openDeskApp } from '../web/people/desk-app.ts';
import { WHO } from './tampered-log.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;

/** Asked by a professional; their worker has taken it, and writes. */
async function ask({ store }: World, browser: Browser, name: string): Promise<string> {
  const { id, at } = await beginConsultation(browser);
  await browser.post(paths.addition(id, 'child'), { known: 'yes', name }, paths.record(id));
  await browser.post(paths.handovers(id), { question: 'Is it?', reach: '0161 496 0001' }, at);
  await store.log.decide(id, () => [PATHWAY_OPENED], 'duty worker');
  return id;
}

const CLIENT = { area: 'bury', rights: ['read'] as Client['rights'], expiresAt: '2027-11-22T09:00:00.000Z' };
const AT_THE_ORGANISATION = { email: 'may@bury.invalid', name: 'May', role: 'duty worker', area: 'bury' } as const;
const KEEPER = { browser: 'browser' };

/** Each table that changes has another state after each round. */
async function liveOn(store: Store, { ids, accounts, clients }: Made, round: string): Promise<void> {
  for (const id of ids) {
    await store.codes.make(id, `code ${id} ${round}`, 30);
    const field = { field: 'concern', value: `Words of round ${round}`, filled: '', writer: 'A' };
    await store.handoverSheets.change(id, () => ({ write: [field], saw: undefined }));
    await store.log.decide(id, () => [{ kind: 'noted', text: `Round ${round}` }], 'professional');
    await store.accessLog.add({ who: WHO, area: 'bury', what: 'search', body: { shown: [...ids] } });
  }
  for (const account of accounts) {
    await store.people.drafts.keep(
      { ...KEEPER, account },
      { form: 'form', page: '/page', sealed: `${account} ${round}` },
    );
    await store.people.accounts.inviteAgain(account, `invitation ${account} ${round}`, 'command');
  }
  for (const id of clients) {
    const client = (await store.clients.find(id)) as Client;
    await store.clients.setWebhook(client, { url: `https://${round}.invalid/`, secret: round }, WHO);
  }
  for (const end of ['ring', 'advice']) await store.tallies.count('bury', end);
  for (let line = 0; line < 70; line++)
    await store.accessLog.add({ who: WHO, area: 'bury', what: 'view', consultation: ids[0], body: { upTo: 1 } });
  await store.checkpoints.write();
}

interface Made {
  ids: string[];
  accounts: string[];
  clients: string[];
}

/** What is to be sent, on the way to the last state that it has. */
async function send({ mails, deliveries }: Store): Promise<void> {
  for (const kind of [mails, deliveries]) for (let each = await kind.take(5); each; each = await kind.take(5));
}

/** What happens once to each person, between the two copies. */
async function change({ store }: World, { accounts }: Made): Promise<void> {
  const { file } = store;
  for (const account of accounts) {
    const { id, ...factor } = { id: `passkey ${account}`, kind: 'passkey', counter: 7, challenge: account } as const;
    const [row] = await asStranger<{ hash: string }>(
      file,
      `select password_hash as hash from accounts where id = '${account}'`,
    );
    const signing = { account, passwordHash: String(row?.hash), tokenHash: `token ${account}`, browser: 'browser' };
    await store.people.secondFactors.signIn({ ...signing, factor: { ...factor, id } });
    const recovery = { kind: 'recovery code', hash: `recovery ${account} one` } as const;
    const signed = await store.people.secondFactors.signIn({
      ...signing,
      tokenHash: `next ${account}`,
      factor: recovery,
    });
    expect(signed).toBe(true);
  }
  const [report] = await store.numberReports.openOf(['bury']);
  await store.numberReports.settle(report?.number ?? 0, ['bury'], { id: accounts[0] ?? '', outcome: 'changed' });
}

interface Options {
  /** Children whose consultations are older than the copy, and not written in again. */
  quiet?: readonly string[];
  /** Called when the copy is made. */
  between?: (file: string) => Promise<void>;
}

/** A database with rows in every table that is checked, and a copy from before they came to be as they are. */
export async function makeBoth({ quiet = [], between }: Options = {}) {
  const world = await openDeskApp({ hasMail: () => true });
  const { store, clock } = world;
  const [one, two] = [world.openBrowser(), world.openBrowser()];
  const workers = [await world.openDesk('duty worker'), await world.openDesk('safeguarding lead')];
  const accounts = workers.map(({ member }) => member.id);
  const clients = [
    await store.clients.make({ ...CLIENT, name: 'Liquidlogic', tokenHash: 'token 1' }, WHO),
    await store.clients.make({ ...CLIENT, name: 'Mosaic', tokenHash: 'token 2' }, WHO),
  ];
  for (const id of clients)
    await store.clients.setWebhook(
      (await store.clients.find(id)) as Client,
      { url: 'https://one.invalid/', secret: '1' },
      WHO,
    );
  for (const name of quiet) await ask(world, world.openBrowser(), name);
  const ids = [await ask(world, one, 'Sam Lee'), await ask(world, two, 'Kim Khan')];
  for (const account of accounts) {
    const key = { id: `passkey ${account}`, publicKey: 'key', counter: 0, transports: [], name: 'A phone' };
    await store.people.secondFactors.addPasskey({ ...key, account });
    await store.people.secondFactors.setRecoveryCodes(account, [`recovery ${account} one`]);
  }
  for (const contact of ['mash', 'police'])
    await store.numberReports.add({ area: 'bury', contact, way: '0161 496 0001', wrong: 'nobody answers' });
  const made = { ids, accounts, clients };
  await store.people.accounts.welcome('may', AT_THE_ORGANISATION);
  await liveOn(store, made, 'one');
  const older = join(store.file, '..', 'older.sqlite');
  await store.backup(older);
  await between?.(store.file);
  const copiedAt = clock();
  clock.pass(7);
  await change(world, made);
  await send(store);
  for (const [index, worker] of workers.entries())
    await worker.post(paths.deskAction(ids[index] ?? '', 'claims'), {}, paths.deskRecord(ids[index] ?? ''));
  const browsers = await asStranger<{ hash: string }>(store.file, 'select token_hash as hash from sessions');
  for (const { hash } of browsers) await store.sessions.see(hash);
  await store.people.accounts.welcome('may', { ...AT_THE_ORGANISATION, name: 'May Lee' });
  const closed: Happening = { kind: 'pathway closed', reason: 'Done', reduced: 'not measured', meets: [] };
  for (const id of ids) await store.log.decide(id, () => [closed], 'duty worker');
  await ask(world, world.openBrowser(), 'May Lee');
  await liveOn(store, made, 'two');
  await store.close();
  return { file: store.file, older, copiedAt };
}

type Row = Record<string, unknown>;

/** The full text counts its rows and has no key among its columns. */
const ROWID: Record<string, string[]> = { desk_words: ['rowid'] };

export function describeTable(raw: Sqlite.Database, table: string) {
  const columns = raw.prepare('select name, pk from pragma_table_info(?) order by cid').all(table) as {
    name: string;
    pk: number;
  }[];
  const key = ROWID[table] ?? columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
  const unique = raw
    .prepare(
      `select distinct info.name from pragma_index_list(?) as list, pragma_index_info(list.name) as info where list."unique" = 1`,
    )
    .pluck()
    .all(table) as string[];
  const names = [...(ROWID[table] ?? []), ...columns.map(({ name }) => name)];
  const all = (from: Sqlite.Database) =>
    from.prepare(`select ${names.map(quote)} from ${table} order by ${key.map(quote)}`).all() as Row[];
  const same = key.map((name) => `${quote(name)} = ?`).join(' and ');
  return {
    key,
    unique,
    all,
    remove: (row: Row) => raw.prepare(`delete from ${table} where ${same}`).run(...key.map((name) => row[name])),
    insert: (row: Row) =>
      raw
        .prepare(`insert into ${table} (${names.map(quote)}) values (${names.map(() => '?')})`)
        .run(...names.map((name) => row[name])),
  };
}

const quote = (name: string) => `"${name}"`;
const keyOf = (row: Row, key: string[]) => JSON.stringify(key.map((name) => row[name]));
const withoutKey = (row: Row, key: string[]) =>
  JSON.stringify({ ...row, ...Object.fromEntries(key.map((k) => [k, 0])) });
const other = (value: unknown) => (typeof value === 'number' ? value + 1_000_000 : `${value} planted`);

type Table = ReturnType<typeof describeTable>;

/** False where the table has no row to do it with. */
export const DO: Record<Tampering, (table: Table, raw: Sqlite.Database, older: Sqlite.Database) => boolean> = {
  'put back'({ key, all, remove, insert }, raw, older) {
    const now = new Map(all(raw).map((row) => [keyOf(row, key), row]));
    const before = all(older).find((row) => {
      const there = now.get(keyOf(row, key));
      return there !== undefined && JSON.stringify(there) !== JSON.stringify(row);
    });
    if (before === undefined) return false;
    remove(before);
    insert(before);
    return true;
  },
  'taken out'({ all, remove }, raw) {
    const last = all(raw).at(-1);
    if (last !== undefined) remove(last);
    return last !== undefined;
  },
  planted({ key, unique, all, insert }, raw) {
    const last = all(raw).at(-1);
    if (last === undefined) return false;
    const others = [...new Set([...key, ...unique])].map((name) => [name, other(last[name])]);
    insert({ ...last, ...Object.fromEntries(others) });
    return true;
  },
  swapped({ key, all, remove, insert }, raw) {
    const [one, ...rest] = all(raw);
    const two = rest.find((row) => one !== undefined && withoutKey(row, key) !== withoutKey(one, key));
    if (one === undefined || two === undefined) return false;
    const keys = (row: Row) => Object.fromEntries(key.map((name) => [name, row[name]]));
    for (const row of [one, two]) remove(row);
    insert({ ...one, ...keys(two) });
    insert({ ...two, ...keys(one) });
    return true;
  },
};

/** Nothing refuses the deed, and afterwards every trigger is there again. */
export function withoutTriggers(raw: Sqlite.Database, work: () => boolean): boolean {
  const triggers = raw.prepare(`select name, sql from sqlite_schema where type = 'trigger'`).all() as Row[];
  for (const { name } of triggers) raw.exec(`drop trigger "${name}"`);
  const done = work();
  for (const { sql } of triggers) raw.exec(String(sql));
  return done;
}
