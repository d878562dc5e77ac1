import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { readConfig } from '../../../server/config.ts';
import { dueDay, readRetention } from '../../../server/desk/retention.ts';
import { checkErasure } from '../../../server/doctor/data.ts';
import { describePlan, erase, planErasure } from '../../../server/erasure.ts';
import type { Desk } from '../../../server/flow/desk.ts';
import { verifyDatabase } from '../../../server/store/audit-lines.ts';
import { readPublicKey } from '../../../server/store/checkpoints.ts';
import { checkpointFiles } from '../../../server/store/store.ts';
import { openRaw } from '../../store/temporary.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';

type World = Awaited<ReturnType<typeof openDeskApp>>;
const DAY = 24 * 60;
const YEAR = 366 * DAY;

async function ask(world: World, name: string, question?: string) {
  const browser = world.openBrowser();
  const { id, at } = await beginConsultation(browser);
  await browser.post(paths.addition(id, 'child'), { known: 'yes', name }, paths.record(id));
  if (question !== undefined) await browser.post(paths.handovers(id), { question, reach: '0161 496 0001' }, at);
  return { browser, id };
}

const deskOf = ({ services }: World) => services.library.areas.get('bury')?.desk as Desk;
const dayOf = ({ clock }: World) => clock().toISOString().slice(0, 10);
const plan = (world: World) => planErasure(world.store, 'bury', deskOf(world), dayOf(world));

async function findings({ store }: World) {
  const { keyFile, headsFile } = checkpointFiles(store.file);
  const read = readFileSync(headsFile, 'utf8').split('\n').filter(Boolean);
  const verified = await verifyDatabase(store.file, { lines: read, key: readPublicKey(keyFile), printed: [] });
  return { found: verified.findings.list(), erased: verified.erased };
}

/** All bytes of the database on the disk. */
function onDisk({ store }: World): string {
  const files = [store.file, `${store.file}-wal`].filter((file) => existsSync(file));
  return Buffer.concat(files.map((file) => readFileSync(file))).toString('latin1');
}

describe('what is due', () => {
  it('depends on the outcome, the content, and extensions', async () => {
    const world = await openDeskApp();
    const { id } = await ask(world, 'Sam Lee', 'Is it?');
    const entries = (await world.store.log.read(id)) ?? [];
    const retention = readRetention(entries);
    expect(retention).toMatchObject({ kind: 'without an outcome', approved: false });
    const desk = deskOf(world);
    const at = '2026-11-22T09:00:00.000Z';
    const facts = { kind: 'advice_only', since: at, last: '2027-01-31T09:00:00.000Z' } as const;
    expect(dueDay(facts, desk)).toBe('2033-01-31');
    const byOutcome: Desk = { ...desk, retention: { ...desk.retention, from: 'the outcome' } };
    expect(dueDay(facts, byOutcome)).toBe('2032-11-22');
    expect(dueDay({ ...facts, keepUntil: '2040-01-01' }, desk)).toBe('2040-01-01');
    // Half past midnight in London, while it is still 30 June in UTC.
    expect(dueDay({ ...facts, last: '2027-06-30T23:30:00.000Z' }, desk)).toBe('2033-07-01');
    const threeMonths: Desk = { ...desk, retention: { ...desk.retention, withoutOutcome: '3 months' } };
    const leftAlone = { ...facts, kind: 'without an outcome', last: '2026-11-30T09:00:00.000Z' } as const;
    expect(dueDay(leftAlone, threeMonths)).toBe('2027-02-28');
    expect((await plan(world)).due).toEqual([]);
    world.clock.pass(6 * YEAR);
    expect((await plan(world)).due).toMatchObject([{ consultation: id, approved: false, held: false }]);
  });
});

it('looks for what the desk was never asked about from where the last erasure ended, and verify sees where that is changed', async () => {
  const world = await openDeskApp();
  const { id: first } = await ask(world, 'Lonely Xylander');
  await world.store.checkpoints.write();
  world.clock.pass(10 * DAY);
  const { id: second } = await ask(world, 'Sam Lee');
  await world.store.checkpoints.write();
  world.clock.pass(YEAR - 5 * DAY);
  const planned = await plan(world);
  expect(planned.neverAsked).toEqual([first]);
  await erase(world.store, planned);
  await world.store.checkpoints.write();
  expect((await plan(world)).neverAsked).toEqual([]);
  world.clock.pass(10 * DAY);
  expect((await plan(world)).neverAsked).toEqual([second]);
  await world.store.checkpoints.write();
  expect((await findings(world)).found).toEqual([]);
  openRaw(world.store.file).exec(`update retention_lines set since = '2099' where consultation = '${first}'`);
  expect((await plan(world)).neverAsked).toEqual([]);
  expect((await findings(world)).found).toMatchObject([
    { kind: 'derived changed', first: [expect.stringContaining(first)] },
  ]);
});

it('is reviewed, held, extended and approved by people who may, and erased only then', async () => {
  const world = await openDeskApp();
  const { id } = await ask(world, 'Sam Lee', 'Is it?');
  world.clock.pass(6 * YEAR);
  const lead = await world.openDesk('safeguarding lead');
  const duty = await world.openDesk('duty worker');
  expect((await duty.get(paths.erasure())).status).toBe(403);
  expect((await lead.get(paths.erasure())).text).toContain('To be reviewed');
  const page = paths.deskRetention(id);
  const post = (noun: string, fields = {}) => lead.post(paths.deskRetentionAction(id, noun), fields, page);
  const empty = await post('holds', { reason: '' });
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Write why it must not be erased')]);
  expect((await post('holds', { reason: 'Court, case 12' })).status).toBe(303);
  expect((await lead.get(page)).text).toContain('Court, case 12');
  expect((await post('approvals')).status).toBe(409);
  expect((await lead.get(paths.erasure())).text).toContain('Legal hold');
  await post('hold-liftings', { reason: 'The case is over' });
  expect((await post('keepings', { until: '1 1 2020', reason: 'x' })).status).toBe(422);
  expect((await post('keepings', { until: '1 1 2234', reason: 'x' })).text).toContain('Is 2234 meant?');
  await post('keepings', { until: '1 1 2034', reason: 'A sibling is known' });
  expect((await plan(world)).due).toEqual([]);
  expect((await post('approvals')).text).toContain('It is kept until 2034-01-01');
  world.clock.pass(2 * YEAR);
  const later = await world.openDesk('safeguarding lead');
  expect((await later.post(paths.deskRetentionAction(id, 'approvals'), {}, page)).status).toBe(303);
  const planned = await plan(world);
  expect(describePlan(planned)).toContain('  1 without an outcome: approved, to be erased');
  await world.store.log.decide(id, () => [{ kind: 'noted', text: 'She rang again' }], 'professional');
  expect(await erase(world.store, planned)).toBe(0);
  expect(describePlan(await plan(world)).join()).not.toContain('to be erased: approved');
  expect((await world.store.log.read(id))?.at(-1)?.what.kind).toBe('noted');
});

it('removes every word from the file, and leaves the chain valid', async () => {
  const world = await openDeskApp();
  const { id, browser } = await ask(world, 'Zebulon Quixley', 'Zanzibar question');
  const { id: other } = await ask(world, 'Another Child', 'Keep this question');
  const { id: alone } = await ask(world, 'Lonely Xylander');
  const typed = [{ field: 'seen', value: 'Sheet about a Kookaburra', filled: '', writer: 'page' }];
  for (const one of [id, alone]) {
    await world.store.handoverSheets.change(one, () => ({ write: typed, saw: undefined }));
    const lines = [{ part: 'seen' as const, label: 'What you saw', words: 'Sheet with a Pangolin' }];
    await world.store.log.decide(one, () => [{ kind: 'handover sheet taken away', as: 'pdf', lines }], 'professional');
  }
  await browser.post(paths.codes(id), {}, paths.record(id));
  const lead = await world.openDesk('safeguarding lead');
  await lead.post(paths.deskSearch(), { words: 'Quixley' }, paths.deskSearch());
  await lead.post(paths.deskSearch(), { words: 'Wolverine' }, paths.deskSearch());
  await lead.get(paths.deskRecord(id));
  await world.store.checkpoints.write();
  world.clock.pass(6 * YEAR);
  const later = await world.openDesk('safeguarding lead');
  const approved = await later.post(paths.deskRetentionAction(id, 'approvals'), {}, paths.deskRetention(id));
  expect(approved.status).toBe(303);
  const words = [
    'Zebulon',
    'Quixley',
    'quixley zebulon',
    'Zanzibar',
    'Xylander',
    'Wolverine',
    'Kookaburra',
    'Pangolin',
  ];
  expect(words.filter((word) => !onDisk(world).includes(word))).toEqual([]);

  const planned = await plan(world);
  expect([planned.due.length, planned.neverAsked, planned.searches.length]).toEqual([2, [alone], 2]);
  expect(world.store.erasing.cleaningDueSince()).toBeUndefined();
  expect(await erase(world.store, planned)).toBe(12);
  const config = readConfig({ DATA_DIR: dirname(world.store.file) });
  const doctor = (days: number) => checkErasure(config, new Date(world.clock().getTime() + days * 86_400_000));
  expect([doctor(1), doctor(32)]).toMatchObject([
    [{ state: 'look' }],
    [{ state: 'bad', says: expect.stringContaining('32 days ago') }],
  ]);
  expect(await world.store.erasing.clean()).toBe(true);
  expect([world.store.erasing.cleaningDueSince(), doctor(32)]).toEqual([undefined, []]);
  expect(words.filter((word) => onDisk(world).toLowerCase().includes(word.toLowerCase()))).toEqual([]);
  expect(onDisk(world)).toContain('Keep this question');

  await world.store.checkpoints.write();
  const { found, erased } = await findings(world);
  expect([found, erased]).toEqual([[], 12]);
  for (const gone of [id, alone]) expect(await world.store.log.read(gone)).toBeUndefined();
  expect((await world.store.log.read(other))?.length).toBe(3);
  for (const path of [paths.deskRecord(id), paths.deskRetention(id), paths.deskAccessLog(id)])
    expect((await later.get(path)).status).toBe(404);
  expect((await browser.get(paths.record(id))).status).toBe(404);
  expect((await plan(world)).neverAsked).toEqual([]);
  const raw = openRaw(world.store.file);
  const records = raw.prepare(`select body from looks where what = 'erasure'`).pluck().all().map(String);
  expect(records.map((body) => JSON.parse(body).kind)).toEqual(['without an outcome', 'never asked', 'searches']);
  expect(() => raw.exec(`update entries set body = '{"erased":1}' where consultation = '${other}'`)).toThrow();
});

describe('an intruder who changes the database instead of asking a reviewer', () => {
  const approved = 'insert into entries (consultation, number, at, "by", kind, body) values ';
  const DEEDS: [string, (id: string) => string][] = [
    ['three changed columns', () => "update retention_lines set approved = 1, held = 0, kind = 'without an outcome'"],
    [
      'an approval planted among the entries',
      (id) => `${approved} ('${id}', 5, '2020', 'duty worker', 'erasure approved',
      '{"due":"2020-01-01"}'); update retention_lines set approved = 1, held = 0`,
    ],
    [
      'a hold taken out of the entries',
      () => `delete from entries where kind = 'held'; update retention_lines set held = 0, approved = 1`,
    ],
    [
      'a hold that was rewritten as an approval',
      () => `update entries set kind = 'erasure approved', body = '{"due":"2020-01-01"}'
      where kind = 'held'; update retention_lines set held = 0, approved = 1`,
    ],
    [
      'rows that say that nobody asked',
      () => 'delete from retention_lines; delete from desk_words; delete from desk_lines',
    ],
    [
      'an earlier opening',
      () => "update consultations set opened_at = '2000'; delete from retention_lines; delete from desk_lines",
    ],
  ];
  it.each(DEEDS)('erases nothing: %s', async (_what, deed) => {
    const world = await openDeskApp();
    const { id } = await ask(world, 'Sam Lee', 'Is it?');
    const lead = await world.openDesk('safeguarding lead');
    await lead.post(paths.deskRetentionAction(id, 'holds'), { reason: 'Court, case 12' }, paths.deskRetention(id));
    const { id: young } = await ask(world, 'Kim Lee');
    const raw = openRaw(world.store.file);
    const before = raw.prepare('select count(*) from entries').pluck().get();
    for (const name of raw.prepare(`select name from sqlite_schema where type = 'trigger'`).pluck().all())
      raw.exec(`drop trigger "${name}"`);
    raw.pragma('foreign_keys = OFF');
    world.clock.pass(10 * 24 * 60);
    raw.exec(deed(id));
    const desk = deskOf(world);
    const planned = { ...(await plan(world)), neverAsked: [id, young] };
    const due = [
      { consultation: id, reference: 'x', kind: 'without an outcome', last: '', due: '', held: false, approved: true },
    ] as const;
    expect(await erase(world.store, { ...planned, due: [...due] })).toBe(0);
    expect(raw.prepare(`select count(*) from entries where body like '{"erased"%'`).pluck().get()).toBe(0);
    expect(desk.retention.neverAsked).not.toBe('');
    expect(before).toBeGreaterThan(0);
  });

  it('erases no access that is not a search, and none that is recent', async () => {
    const world = await openDeskApp();
    const { id } = await ask(world, 'Sam Lee', 'Is it?');
    const lead = await world.openDesk('safeguarding lead');
    await lead.get(paths.deskRecord(id));
    await lead.post(paths.deskSearch(), { words: 'Quixley' }, paths.deskSearch());
    const raw = openRaw(world.store.file);
    const looks = raw.prepare('select seq from looks').pluck().all().map(Number);
    expect((await world.store.erasing.eraseSearches('bury', looks, deskOf(world))).lines).toBe(0);
    world.clock.pass(6 * YEAR);
    expect((await world.store.erasing.eraseSearches('bury', looks, deskOf(world))).lines).toBe(1);
  });

  it('erases nothing with a changed access, since nobody could tell afterwards', async () => {
    const world = await openDeskApp();
    const { id } = await ask(world, 'Lonely Xylander');
    const lead = await world.openDesk('safeguarding lead');
    for (const words of ['Quixley', 'Wolverine']) await lead.post(paths.deskSearch(), { words }, paths.deskSearch());
    const raw = openRaw(world.store.file);
    for (const name of raw.prepare(`select name from sqlite_schema where type = 'trigger'`).pluck().all())
      raw.exec(`drop trigger "${name}"`);
    raw.exec(`update looks set name = 'Tom' where body like '%Wolverine%'`);
    world.clock.pass(6 * YEAR);
    const planned = await plan(world);
    expect([planned.neverAsked, planned.searches.length]).toEqual([[id], 2]);
    await expect(erase(world.store, { ...planned, neverAsked: [] })).rejects.toThrow(
      /Line \d+ of the log, look \d+, is not as it was written.*run npm run verify/s,
    );
    expect(raw.prepare(`select count(*) from looks where body like '{"erased"%'`).pluck().get()).toBe(0);
  });

  it('erases no list that showed others, although a sighting was inserted', async () => {
    const world = await openDeskApp();
    const { id: alone } = await ask(world, 'Lonely Xylander');
    const { id } = await ask(world, 'Sam Lee', 'Is it?');
    const lead = await world.openDesk('safeguarding lead');
    await lead.post(paths.deskSearch(), { words: 'Lee' }, paths.deskSearch());
    const raw = openRaw(world.store.file);
    raw.exec(`insert into sightings (consultation, look) select '${alone}', seq from looks where what = 'search'`);
    world.clock.pass(6 * YEAR);
    const planned = { ...(await plan(world)), searches: [], neverAsked: [alone] };
    await erase(world.store, planned);
    expect(await world.store.log.read(alone)).toBeUndefined();
    expect(await world.store.log.read(id)).toBeDefined();
    expect(
      raw.prepare(`select count(*) from looks where what = 'search' and body like '{"erased"%'`).pluck().get(),
    ).toBe(0);
  });
});
