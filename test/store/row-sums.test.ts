/**
 * Rows that change and are not in the log: somebody puts back older ones with their own MACs, alone or together with
 * the table's sum.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMacs } from '../../server/audit/mac.ts';
import { hashCode } from '../../server/consultation/code.ts';
import { openAuditKey, readHeadsOf } from '../../server/store/checkpoints.ts';
import { verifyInService } from '../../server/store/in-service.ts';
import { addRowSums } from '../../server/store/mac-columns.ts';
import { hashToken } from '../../server/store/sessions.ts';
import { checkpointFiles, openEngine, type Store } from '../../server/store/store.ts';
import { asStranger, createClock, databaseOf, openConsultation, openTemporary } from './temporary.ts';

async function find(file: string): Promise<string[]> {
  const databaseUrl = await databaseOf(file);
  const { findings } = await verifyInService({ file, databaseUrl }, readHeadsOf(checkpointFiles(file)));
  const list = findings.list().filter(({ kind }) => kind === 'rows changed' || kind === 'access planted');
  return list.flatMap(({ kind, first }) => first.map((where) => `${kind}: ${where}`));
}

type Row = Record<string, string | number | null>;

/** What an intruder keeps of a table, to put it back later. */
async function keep(file: string, table: string) {
  const rows = await asStranger<Row>(file, `select * from ${table}`);
  const literal = (value: string | number | null) =>
    value === null ? 'null' : typeof value === 'number' ? String(value) : `'${value}'`;
  return async () => {
    await asStranger(file, `delete from ${table}`);
    for (const row of rows) {
      const names = Object.keys(row).map((name) => `"${name}"`);
      await asStranger(file, `insert into ${table} (${names}) values (${Object.values(row).map(literal)})`);
    }
  };
}

const CODE = hashCode('kx3m-9tdw-hf6y-r4pc');
const OTHER = hashCode('p2wn-7cfg-mh4x-k9td');
const FIELD = { field: 'concern', filled: '', writer: 'A' };
const write = ({ handoverSheets }: Store, id: string, value: string) =>
  handoverSheets.change(id, () => ({ write: [{ ...FIELD, value }], saw: undefined }));

it('finds a text, a code and a draft that are put back, and those that are deleted', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const { id } = await openConsultation(store);
  const account = 'may';
  await asStranger(
    store.file,
    `insert into accounts (id, email, name, role, area, made_at) values ('may', 'm@x.invalid', 'May', 'duty worker', 'bury', '')`,
  );
  const draft = (sealed: string) =>
    store.people.drafts.keep({ browser: 'b', account }, { form: 'f', page: '/p', sealed });
  await write(store, id, 'Sam is hungry');
  await store.codes.make(id, CODE, 30);
  await draft('first');
  const tables = ['sheet_fields', 'return_codes', 'drafts'];
  const older = new Map<string, () => Promise<void>>();
  for (const table of tables) older.set(table, await keep(store.file, table));
  await write(store, id, 'Sam is hurt');
  await store.codes.make(id, OTHER, 30);
  await draft('second');
  await store.checkpoints.write();
  expect(await find(store.file)).toEqual([]);
  for (const table of tables) {
    const now = await keep(store.file, table);
    const rows = table === 'sheet_fields' ? `${table}, written on 2026-11-22` : table;
    await older.get(table)?.();
    expect(await find(store.file)).toEqual([`rows changed: ${rows}`]);
    await asStranger(store.file, `delete from ${table}`);
    expect(await find(store.file)).toEqual([`rows changed: ${rows}`]);
    await now();
    expect(await find(store.file)).toEqual([]);
  }
});

describe('a table that is put back together with its sum', () => {
  async function putBack() {
    const clock = createClock();
    const store = await openTemporary({ clock });
    const { id } = await openConsultation(store);
    await write(store, id, 'Sam is hungry');
    await store.checkpoints.write();
    const [older, sums] = [await keep(store.file, 'sheet_fields'), await keep(store.file, 'row_sums')];
    const files = checkpointFiles(store.file);
    const mark = readFileSync(`${files.headsFile}.counted`);
    clock.pass(6);
    await write(store, id, 'Sam is hurt');
    await store.checkpoints.write();
    await older();
    await sums();
    return { store, clock, id, files, mark };
  }
  const SAYS = /sheet_fields: its rows were changed 2 times, and the database knows of 1/;

  it('is found by the log and by the file beside the checkpoints, each of which is enough', async () => {
    const { store, files, mark } = await putBack();
    const [found, more] = await find(store.file);
    expect([found, more]).toEqual([expect.stringMatching(SAYS), expect.stringMatching(SAYS)]);
    writeFileSync(`${files.headsFile}.counted`, mark);
    expect(await find(store.file)).toEqual([expect.stringMatching(SAYS)]);
    expect(await store.health()).toMatchObject({ writes: true, log: false, problem: expect.stringMatching(SAYS) });
  });

  it('is still found after as many changes as were put back, and more', async () => {
    const { store, id } = await putBack();
    for (const value of ['Sam is well', 'Sam is at home', 'Sam sleeps']) await write(store, id, value);
    await store.checkpoints.write();
    expect(await find(store.file)).toEqual(['rows changed: sheet_fields: what its rows come to was not written by us']);
  });

  it('does not start without a reason, and is accepted with one', async () => {
    const { store, clock, id } = await putBack();
    const { file } = store;
    await store.close();
    await expect(openTemporary({ file, clock })).rejects.toThrow(SAYS);
    const again = await openTemporary({ file, clock, restored: 'Known, and harmless; A. Khan' });
    expect(await again.handoverSheets.read(id)).toEqual([{ ...FIELD, value: 'Sam is hungry' }]);
    await write(again, id, 'Sam is well');
    await again.checkpoints.write();
    expect(await find(file)).toEqual([]);
  });

  it('is accepted with a reason if only the sum differs, too', async () => {
    const store = await openTemporary();
    const { id } = await openConsultation(store);
    await write(store, id, 'Sam is hungry');
    await store.close();
    await asStranger(store.file, 'delete from sheet_fields');
    const again = await openTemporary({ file: store.file, restored: 'Taken out by hand; A. Khan' });
    await again.close();
    expect(await find(store.file)).toEqual([]);
  });
});

it('a sum that somebody else wrote never becomes valid by a change', async () => {
  const store = await openTemporary();
  const { id } = await openConsultation(store);
  await asStranger(store.file, `update row_sums set "sum" = '${'0'.repeat(63)}1' where "table" = 'sheet_fields'`);
  await write(store, id, 'Sam is hungry');
  expect(await find(store.file)).toEqual(['rows changed: sheet_fields: what its rows come to was not written by us']);
});

it('a browser session that was idle or has ended does not continue if its time is changed', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const mine = hashToken('mine');
  const { id } = await openConsultation(store, { tokenHash: mine });
  expect(await store.consultations.holds(mine, id)).toBe(true);
  clock.pass(13 * 60);
  const now = clock().toISOString();
  await asStranger(store.file, `update sessions set seen_at = '${now}', created_at = '${now}'`);
  expect(await store.consultations.holds(mine, id)).toBe(false);
  expect(await store.consultations.heldBy(mine)).toEqual([]);
  expect((await find(store.file)).sort()).toEqual([
    `access planted: a browser that holds consultation ${id}`,
    `access planted: a browser without an account, seen ${now}`,
  ]);
});

it('what a browser could see in an earlier session does not let it in again if it is put back', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const mine = hashToken('mine');
  const { id } = await openConsultation(store, { tokenHash: mine });
  const older = await keep(store.file, 'holders');
  clock.pass(13 * 60);
  await store.sessions.see(mine);
  expect(await store.consultations.heldBy(mine)).toEqual([]);
  await older();
  expect(await store.consultations.holds(mine, id)).toBe(false);
  expect(await find(store.file)).toEqual([`access planted: a browser that holds consultation ${id}`]);
});

it('a desk session that was idle for half an hour does not continue if its time is changed', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const { accounts, secondFactors, signins } = store.people;
  const person = { email: 'may@bury.invalid', name: 'May', role: 'duty worker', area: 'bury' } as const;
  const account = (await accounts.invite({ ...person, hash: 'invitation' }, 'command')) ?? '';
  const joining = { account, invitation: 'invitation', passwordHash: 'argon', recoveryCodes: [] };
  await secondFactors.join({ ...joining, tokenHash: 'token', browser: 'browser' });
  clock.pass(20);
  await signins.see('token');
  clock.pass(20);
  expect((await signins.find('token'))?.person.id).toBe(account);
  const older = await keep(store.file, 'signins');
  clock.pass(31);
  await asStranger(store.file, `update signins set seen_at = '${clock().toISOString()}'`);
  expect(await signins.find('token')).toBeUndefined();
  expect(await find(store.file)).toEqual([`access planted: a session of account ${account}`]);
  await older();
  expect(await signins.find('token')).toBeUndefined();
});

it('existing rows are summed at the upgrade', async () => {
  const store = await openTemporary();
  const { id } = await openConsultation(store);
  await write(store, id, 'Sam is hungry');
  await store.close();
  for (const statement of ['drop table row_sums', 'drop index looks_row_changes'])
    await asStranger(store.file, statement);
  const macs = createMacs(openAuditKey(checkpointFiles(store.file)));
  const { engine } = await openEngine({ file: store.file, databaseUrl: await databaseOf(store.file) });
  await engine.write((db) => addRowSums(db, engine.definitions, '', macs));
  await engine.close();
  expect(await find(store.file)).toEqual([]);
});
