/**
 * What does not follow from the log but is protected by it: mails, calls to clients, reports of numbers, counts of the
 * public's conversations.
 */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeFindings } from '../../server/audit/findings.ts';
import type { Happening } from '../../server/consultation/entry.ts';
import { readHeadsOf } from '../../server/store/checkpoints.ts';
import { verifyInService } from '../../server/store/in-service.ts';
import { digestOfRow, OUTBOX } from '../../server/store/outbox.ts';
import { checkpointFiles, type Store } from '../../server/store/store.ts';
import { isPostgres } from '../postgres/databases.ts';
import { asStranger, createClock, databaseOf, makeFolder, openConsultation, openTemporary } from './temporary.ts';

const WHO = { id: 'a', name: 'Amina', role: 'administrator' };
const PERSON = { by: 'duty worker', who: { id: 'b', name: 'Bea', role: 'duty worker' } } as const;
const ASKED: Happening = { kind: 'handed over', question: 'Is it?', reach: '0161', urgent: 'no', deadlines: [] };

async function find(file: string): Promise<string[]> {
  const databaseUrl = await databaseOf(file);
  const { findings } = await verifyInService({ file, databaseUrl }, readHeadsOf(checkpointFiles(file)));
  const list = findings.list().filter(({ kind }) => kind !== 'flow missing');
  const places = list.flatMap(({ kind, first }) => first.map((where) => `${kind}: ${where}`));
  return places.filter((place) => !OWN_TABLES.includes(place));
}

/** Tables in which these tests keep rows, to put them back later. */
const OWN_TABLES = ['shape changed: table kept', 'shape changed: table late'];

/**
 * A desk with mail and a client with a webhook: three consultations, of which two mails and two calls have been sent.
 */
async function openDesk() {
  const clock = createClock();
  const store = await openTemporary({ clock, hasMail: () => true });
  const rights = ['read'] as const;
  const client = await store.clients.make(
    { name: 'Case system', area: 'bury', rights: [...rights], tokenHash: 't', expiresAt: '2027-11-22T09:00:00.000Z' },
    WHO,
  );
  const found = await store.clients.find(client);
  if (found === undefined) throw new Error('no client');
  await store.clients.setWebhook(found, { url: 'https://case.example', secret: 'sealed' }, WHO);
  for (let number = 1; number <= 3; number++) await openConsultation(store, { version: 'v1', also: [ASKED] });
  await store.checkpoints.write();
  return { store, clock, client };
}

/** One attempt that fails, one delivery that is given up, one that arrives. */
async function sendAll({ mails, deliveries }: Store, clock: ReturnType<typeof createClock>): Promise<void> {
  for (const [outcome, ...more] of [['put off'], ['failed', 'gone'], ['sent']] as const)
    for (const kind of [mails, deliveries]) {
      const { number = 0 } = (await kind.take(5)) ?? {};
      if (outcome === 'put off') await kind.putOff(number, '2026-11-22T10:00:00.000Z', 'busy');
      else await kind.settle(number, outcome, ...more);
    }
  clock.pass(5);
}

it('each state of what is to be sent matches the log: sent, put off, given up, tried again or needless', async () => {
  const { store, clock, client } = await openDesk();
  expect(await find(store.file)).toEqual([]);
  await sendAll(store, clock);
  expect(await store.mails.tryAgain('bury', 2)).toBe(true);
  expect(await store.deliveries.replay(client, 3)).toBe(true);
  const [{ consultation = '' } = {}] = await asStranger<{ consultation: string }>(
    store.file,
    'select consultation from mails order by number limit 1',
  );
  await store.log.decide(consultation, () => [{ kind: 'claimed' }], PERSON);
  await store.checkpoints.write();
  clock.pass(30);
  await store.log.decide(consultation, () => [{ kind: 'noted', text: 'a' }], PERSON);
  await store.checkpoints.write();
  clock.pass(30);
  await store.mails.queueUnclaimed(['bury'], 15);
  while ((await store.mails.take(5)) !== undefined);
  await store.checkpoints.write();
  expect(await asStranger(store.file, `select 1 as one from mails where state = 'needless'`)).not.toEqual([]);
  expect(await find(store.file)).toEqual([]);
});

describe.each(['mails', 'deliveries'] as const)('%s', (table) => {
  it('that are deleted, inserted, put back or changed are found', async () => {
    const { store, clock } = await openDesk();
    const { file } = store;
    await asStranger(file, `create table kept as select * from ${table}`);
    await sendAll(store, clock);
    expect(await find(file)).toEqual([]);
    await asStranger(file, `create table late as select * from ${table}`);
    const putBack = (from: string, numbers = '1, 2, 3') =>
      asStranger(
        file,
        `delete from ${table} where number in (${numbers});
          insert into ${table} select * from ${from} where number in (${numbers})`,
      );
    // The first is waiting for its next attempt; the third has arrived.
    await asStranger(file, `update ${table} set next_at = '2099-01-01T00:00:00.000Z' where number = 1`);
    await asStranger(file, `delete from ${table} where number = 2`);
    await putBack('kept', '3');
    expect((await find(file)).map((line) => line.split(',', 2).join())).toEqual([
      `message changed: ${table}, number 1`,
      `message changed: ${table}, number 3`,
      `message deleted: ${table}, number 2`,
    ]);
    await putBack('late');
    expect(await find(file)).toEqual([]);
    const columns = OUTBOX[table].filter((name) => name !== 'number' && name !== ('moment' as string)).join();
    const [names, values] = table === 'mails' ? [`${columns}, moment`, `${columns}, 'entry 9'`] : [columns, columns];
    await asStranger(file, `insert into ${table} (number, ${names}) select 99, ${values} from late where number = 1`);
    expect((await find(file)).join()).toMatch(new RegExp(`message planted: ${table}, number 99`));
  }, 60_000);

  it('that were changed do not become valid when the server continues with them', async () => {
    const { store } = await openDesk();
    await asStranger(store.file, `update ${table} set reference = 'B999' where number = 1`);
    const { number = 0 } = (await store[table].take(5)) ?? {};
    await store[table].settle(number, 'sent');
    expect((await find(store.file)).join()).toMatch(new RegExp(`message changed: ${table}, number 1`));
  });
});

it('rows of an erased consultation are not missed, and rows that come back are found', async () => {
  const { store } = await openDesk();
  await asStranger(store.file, 'create table kept as select * from mails');
  await asStranger(store.file, 'delete from mails where number = 1');
  const [{ consultation = '' } = {}] = await asStranger<{ consultation: string }>(
    store.file,
    'select consultation from kept where number = 1',
  );
  const erase = `update retention_lines set erased_at = '2026-11-22' where consultation = '${consultation}'`;
  await asStranger(store.file, erase);
  const ofMails = async () => (await find(store.file)).filter((line) => line.includes('mails, number'));
  expect(await ofMails()).toEqual([]);
  await asStranger(store.file, 'insert into mails select * from kept where number = 1');
  expect(await ofMails()).toEqual([expect.stringContaining('message planted: mails, number 1')]);
});

describe('counts of the public’s conversations', () => {
  async function openCounts() {
    const clock = createClock();
    const store = await openTemporary({ clock });
    const count = async (...ends: string[]) => {
      for (const end of ends) await store.tallies.count('bury', end);
    };
    await count('ring', 'ring', 'read');
    clock.pass(61);
    await store.checkpoints.write();
    await asStranger(store.file, 'create table kept as select * from tallies');
    await count('ring', 'read', 'told');
    await asStranger(store.file, 'create table late as select * from tallies');
    expect(await find(store.file)).toEqual([]);
    return { store, clock, count };
  }

  it.each([
    ['changed', `update tallies set count = count + 1 where "end" = 'ring'`],
    ['moved to another end', `update tallies set "end" = 'none' where "end" = 'told'`],
    ['moved to another week', `update tallies set week = '2026-11-09' where "end" = 'told'`],
    ['taken out', `delete from tallies where "end" = 'read'`],
    ['put in', `insert into tallies (area, "end", week, count) values ('bury', 'none', '2026-11-16', 1)`],
    [
      'put in with the mark of another',
      `insert into tallies select 'bolton', "end", week, count, counted, mac from late`,
    ],
    [
      'put back to what they were',
      `delete from tallies where "end" = 'ring'; insert into tallies select * from kept where "end" = 'ring'`,
    ],
  ])('that are %s are found, even if more was counted since', async (_what, deed) => {
    const { store, count } = await openCounts();
    await asStranger(store.file, deed);
    await count('ring', 'ring', 'told', 'none', 'read');
    expect((await find(store.file)).join()).toContain('tally changed');
  });

  it('that are all put back together are found once the log has recorded the sum, at most once an hour', async () => {
    const { store, clock, count } = await openCounts();
    const noted = async () =>
      (await asStranger(store.file, `select seq from looks where what = 'tallies noted'`)).length;
    expect(await noted()).toBe(1);
    clock.pass(61);
    for (let times = 0; times < 3; times++) {
      await store.checkpoints.write();
      await count('read');
    }
    expect(await noted()).toBe(2);
    await asStranger(store.file, 'delete from tallies; insert into tallies select * from kept');
    expect(await find(store.file)).toEqual([
      'tally changed: the log says that 6 conversations were counted, and the rows come to 3',
      'tally changed: 6 conversations were counted, and the rows come to 3',
    ]);
  });

  it('that are all put back together within the hour are found by the file beside the checkpoints, which cannot be put back either', async () => {
    const { store, clock } = await openCounts();
    const file = `${checkpointFiles(store.file).headsFile}.counted`;
    const putBack = () => asStranger(store.file, 'delete from tallies; insert into tallies select * from kept');
    const first = readFileSync(file);
    clock.pass(6);
    await store.checkpoints.write();
    expect(await find(store.file)).toEqual([]);
    await putBack();
    const changed = 'tally changed: 6 conversations were counted, and the rows come to 3';
    expect(await find(store.file)).toEqual([changed]);
    // The server keeps working, and what it writes does not hide anything.
    for (let times = 0; times < 2; times++) {
      clock.pass(6);
      await openConsultation(store, { version: 'v1' });
      await store.checkpoints.write();
    }
    expect(await find(store.file)).toEqual([changed]);
    writeFileSync(file, first);
    expect((await find(store.file)).join()).toMatch(/beside the heads .* is an older copy/);
    writeFileSync(file, first.toString().replace('"counted":3', '"counted":1'));
    expect((await find(store.file)).join()).toMatch(/beside the heads .* was not written with this key/);
    rmSync(file);
    expect((await find(store.file)).join()).toMatch(/beside the heads .* is not there/);
  });

  it.skipIf(isPostgres)('of a backup that went into service with a reason are lower, without a finding', async () => {
    const { store, clock, count } = await openCounts();
    const copy = join(makeFolder(), 'copy.sqlite');
    await store.backup(copy);
    await count('read');
    clock.pass(6);
    await openConsultation(store, { version: 'v1' });
    await store.checkpoints.write();
    await store.close();
    copyFileSync(copy, store.file);
    const again = await openTemporary({ clock, file: store.file, restored: 'The disk broke; A. Khan' });
    expect(await find(store.file)).toEqual([]);
    await again.close();
  });

  it('are recorded when the server stops, without area and end in the log', async () => {
    const { store, count } = await openCounts();
    await count('ring');
    await store.close();
    const bodies = await asStranger<{ body: string; area: string }>(
      store.file,
      `select body, area from looks where what = 'tallies noted' order by seq`,
    );
    expect(bodies.map(({ body, area }) => [JSON.parse(body), area])).toEqual([
      [{ counted: 3 }, ''],
      [{ counted: 7 }, ''],
    ]);
  });
});

it('a new audit key gives the present counts a new MAC', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock });
  await store.tallies.count('bury', 'ring');
  await store.close();
  const { keyFile, headsFile } = checkpointFiles(store.file);
  for (const file of [keyFile, headsFile]) rmSync(file);
  const again = await openTemporary({ clock, file: store.file, restored: 'The key was lost' });
  expect(await find(store.file)).toEqual([]);
  await again.tallies.count('bury', 'ring');
  expect(await find(store.file)).toEqual([]);
  expect(await again.tallies.read('bury', '2026-11-16', '2026-11-16')).toMatchObject([{ count: 2 }]);
});

it('a report of a wrong number that an intruder deletes, inserts, settles or puts back is found', async () => {
  const { store } = await openDesk();
  const { file } = store;
  const report = { area: 'bury', contact: 'mash', way: '0161 496 0001', wrong: 'nobody_answers' };
  for (const wrong of ['nobody_answers', 'nobody_answers', 'has_changed'])
    await store.numberReports.add({ ...report, wrong });
  await asStranger(file, 'create table kept as select * from number_reports');
  await store.numberReports.settle(2, ['bury'], { id: 'lead', outcome: 'was_right' });
  await store.checkpoints.write();
  expect(await find(file)).toEqual([]);
  await asStranger(file, `update number_reports set settled_on = '2026-11-22' where number = 1`);
  await asStranger(file, 'delete from number_reports where number = 2');
  await asStranger(file, 'insert into number_reports select * from kept where number = 2');
  await asStranger(
    file,
    `insert into number_reports (number, area, contact, way, wrong, times, first_on, last_on)
      select 9, area, contact, way, wrong, times, first_on, last_on from kept where number = 1`,
  );
  expect((await find(file)).sort()).toEqual([
    'message changed: number_reports, number 1',
    'message changed: number_reports, number 2',
    'message planted: number_reports, number 9',
  ]);
  // A new report reuses the number of one that was deleted.
  await asStranger(file, 'delete from number_reports where number > 1');
  await store.numberReports.add({ ...report, wrong: 'is_a_shop' });
  expect((await find(file)).join()).toContain('message changed: number_reports, number 2');
});

it('each column of what is to be sent is recorded, and no change keeps the digest', async () => {
  const { store } = await openDesk();
  for (const table of ['mails', 'deliveries'] as const) {
    const [row = {}] = await asStranger(store.file, `select * from ${table} order by number limit 1`);
    expect([...OUTBOX[table]].sort()).toEqual(Object.keys(row).sort());
    for (const column of OUTBOX[table])
      expect([column, digestOfRow(table, { ...row, [column]: 'other' })]).not.toEqual([
        column,
        digestOfRow(table, row),
      ]);
  }
});

it('a migration that was removed from the list or renamed is found', async () => {
  const { file } = await openTemporary();
  await asStranger(file, `delete from migrations where number = 3`);
  await asStranger(file, `update migrations set name = 'other' where number = 5`);
  expect((await find(file)).filter((line) => line.startsWith('step'))).toHaveLength(3);
});

it('each new finding says what to do', () => {
  for (const kind of [
    'message planted',
    'message deleted',
    'message changed',
    'tally changed',
    'step changed',
  ] as const) {
    const list = () => [{ kind, count: 1, first: ['here'] }];
    expect(describeFindings({ add: () => {}, list }).join('\n')).toMatch(/to do: \w+/);
  }
});
