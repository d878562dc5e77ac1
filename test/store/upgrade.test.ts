/**
 * Upgrades a database of each earlier version. Each is made as that version made it, step by step, and contains a day
 * at the desk, as far as that version had tables and columns for it.
 */
import { createPrivateKey } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createMacs } from '../../server/audit/mac.ts';
import { readCheckpoint, type SignedCheckpoint, signCheckpoint } from '../../server/audit/signed-checkpoint.ts';
import { paths } from '../../server/base/paths.ts';
import type { Happening } from '../../server/consultation/entry.ts';
import { readDeskCase } from '../../server/desk/desk-case.ts';
import { verifyDatabase } from '../../server/store/audit-lines.ts';
import { openAuditKey, readHeadsOf, readHeadsSince } from '../../server/store/checkpoints.ts';
import { markedWords } from '../../server/store/index-words.ts';
import { migrate, NEWEST } from '../../server/store/migrations.ts';
import { RENEWED_FORM } from '../../server/store/queue-row-mapping.ts';
import type { SearchCriteria } from '../../server/store/search-criteria.ts';
import { openSqlite } from '../../server/store/sqlite.ts';
import { checkpointFiles, openStore } from '../../server/store/store.ts';
import type { Tables } from '../../server/store/tables.ts';
import { someOf } from '../short-form.ts';
import { beginConsultation } from '../web/begin-consultation.ts';
import { openDeskApp } from '../web/people/desk-app.ts';
import { createClock, makeFile, openConsultation, openRaw, openTemporary } from './temporary.ts';

/**
 * Before the first of these, no consultation could be held; before the second, there was no chain; before the third, no
 * desk to ask.
 */
const FIRST_HELD = 2;
const FIRST_COUNTED = 4;
const FIRST_CHAINED = 7;
const FIRST_MAILED = 9;
const FIRST_ASKED = 10;
/** From this step on, lines of the log have a MAC, and checkpoints say so. */
const FIRST_MARKED = 28;
/** From this step on, the log records what is to be sent; counts of conversations get MACs one step later. */
const FIRST_NOTED = 32;
/** From this step on, each word of the full text has a mark of four letters in front. */
const FIRST_MARKED_WORDS = 46;
/** The last step at which hand-over sheets had one sum, and not one for each of the last days. */
const BEFORE_DAYS = 46;
/** The last step before children are found by word beginnings. */
const BEFORE_CHILD_WORDS = 28;

async function openOne() {
  const world = await openDeskApp();
  const browser = world.openBrowser();
  return { world, browser, ...(await beginConsultation(browser)) };
}

/** A professional who does not ask the desk. */
async function consultAlone() {
  const { world, browser, at, id } = await openOne();
  await browser.post(paths.answers(id), { question: 'immediate_danger', immediate_danger: 'no' }, at);
  await world.store.checkpoints.write();
  return { file: world.store.file, id, entries: (await world.store.log.read(id)) ?? [] };
}

/** Asked, claimed and read: gives rows to accounts, the access log, the queue, and everything derived. */
async function liveOneDay() {
  const { world, browser, at, id } = await openOne();
  await browser.post(paths.addition(id, 'child'), { known: 'yes', name: 'Sam O’Brien' }, at);
  await browser.post(paths.handovers(id), { question: 'Is this one for you?', reach: '0161 496 0001' }, at);
  const worker = await world.openDesk('duty worker');
  await worker.post(paths.deskAction(id, 'claims'), {}, paths.desk());
  await worker.get(paths.deskRecord(id));
  await world.store.checkpoints.write();
  const entries = (await world.store.log.read(id)) ?? [];
  expect(readDeskCase(entries)?.state).toBe('claimed');
  const close = async () => {
    const outcome = { outcome: 'advice_only', words: 'Advice only', reason: 'He is safe', decidedBy: 'May' } as const;
    const happenings: Happening[] = [
      { kind: 'outcome recorded', ...outcome, level: 0, advised: '', deadlines: [] },
      { kind: 'referrer answered', how: 'by telephone', answer: 'Told' },
      { kind: 'told', spokeTo: 'The hub', when: 'today', reference: '' },
    ];
    await world.store.log.decide(id, () => happenings, 'duty worker');
    await world.store.checkpoints.write();
    return (await world.store.queueRows.find(id))?.due;
  };
  return { file: world.store.file, id, entries, close };
}

const tablesOf = (raw: ReturnType<typeof openRaw>) =>
  raw
    .prepare("select name from sqlite_schema where type = 'table' and sql not like 'create virtual%' order by rowid")
    .pluck()
    .all() as string[];
const columnsOf = (raw: ReturnType<typeof openRaw>, table: string) =>
  raw.prepare('select name from pragma_table_info(?)').pluck().all(table) as string[];

/** Without the database's internal tables and those of the full text. */
const isOurs = (table: string) => !/^(migrations|sqlite_|desk_words)/.test(table);

/** Checkpoints as they were signed before lines had a MAC. */
function signAsEarlier({ headsFile, keyFile }: ReturnType<typeof checkpointFiles>): string {
  const key = createPrivateKey(readFileSync(keyFile));
  let last: SignedCheckpoint | undefined;
  const lines = readHeadsOf({ headsFile, keyFile }).lines?.map((line) => {
    const { position, hash, at, root = '' } = readCheckpoint(line) as SignedCheckpoint;
    last = signCheckpoint({ position, hash }, { at, last, root, macFrom: undefined }, key);
    return JSON.stringify(last);
  });
  writeFileSync(headsFile, `${lines?.join('\n')}\n`);
  return JSON.stringify(last);
}

/** A sent mail and a count of conversations, as they were before anything protected them. */
function addUnnoted(raw: ReturnType<typeof openRaw>): void {
  const tables = tablesOf(raw);
  if (tables.includes('tallies')) raw.exec(`insert into tallies values ('bury', 'ring', '2026-11-16', 3)`);
  if (tables.includes('mails'))
    raw.exec(`insert into mails (consultation, area, reference, about, moment, state, made_at, next_at, problem, message_id, tries)
      select id, area, reference, 'waits', 'entry 2', 'sent', opened_at, opened_at, '', 'random', 1 from consultations`);
}

/** A database at that step, with as much of the day as it can hold. */
async function makeEarlier(step: number, from: string): Promise<string> {
  const file = makeFile();
  const engine = openSqlite(file);
  await migrate(engine, { file, now: () => '2026-01-01T00:00:00.000Z', upTo: step });
  await engine.close();
  if (step >= FIRST_CHAINED) {
    const [theirFiles, files] = [checkpointFiles(from), checkpointFiles(file)];
    copyFileSync(theirFiles.keyFile, files.keyFile);
    copyFileSync(theirFiles.headsFile, files.headsFile);
  }
  const raw = openRaw(file);
  raw.pragma('foreign_keys = OFF');
  raw.prepare('attach ? as newer').run(from);
  const newer = openRaw(from);
  const theirs = new Set(tablesOf(newer));
  for (const table of tablesOf(raw).filter((name) => isOurs(name) && theirs.has(name))) {
    const known = columnsOf(newer, table);
    const columns = columnsOf(raw, table)
      .filter((name) => known.includes(name))
      .map((name) => `"${name}"`);
    raw.exec(`insert into "${table}" (${columns}) select ${columns} from newer."${table}" order by rowid`);
  }
  // The full text of the queue has to be made, because its internal tables cannot be copied.
  if (columnsOf(raw, 'desk_words').length > 0) {
    raw.function('unmarked', (text) => String(text).replaceAll(/(?<=^| )\S{4}/g, ''));
    const asThen = (column: string) => (step < FIRST_MARKED_WORDS ? `unmarked(${column})` : column);
    raw.exec(`insert into desk_words (rowid, area, professional, agency, words) select rowid, area,
      ${['professional', 'agency', 'words'].map(asThen)} from newer.desk_words`);
  }
  if (step < FIRST_NOTED) addUnnoted(raw);
  // The database contains the newest of them.
  const head = step >= FIRST_CHAINED && step < FIRST_MARKED ? signAsEarlier(checkpointFiles(file)) : undefined;
  if (head !== undefined && tablesOf(raw).includes('newest_head'))
    raw.prepare('update main.newest_head set head = ?').run(head);
  // No earlier version wrote its rows in the present form.
  if (step < NEWEST && columnsOf(raw, 'desk_lines').includes('form'))
    raw.prepare('update desk_lines set form = ?').run(RENEWED_FORM - 1);
  return file;
}

it('an earlier database is upgraded, keeps its contents, and its log is valid', async () => {
  const [alone, asked] = [await consultAlone(), await liveOneDay()];
  const steps = Array.from({ length: NEWEST - FIRST_HELD + 1 }, (_, index) => FIRST_HELD + index);
  for (const step of someOf(steps, 9)) {
    const day = step < FIRST_ASKED ? alone : asked;
    const file = await makeEarlier(step, day.file);
    const store = await openStore({ file, clock: createClock() });
    expect(await store.log.read(day.id), `step ${step}`).toEqual(day.entries);
    await store.renewal.rest.run();
    await store.close();
    const { findings } = await verifyDatabase(file, readHeadsOf(checkpointFiles(file)));
    expect(findings.list(), `step ${step}`).toEqual([]);
    const raw = openRaw(file);
    expect(raw.prepare('select max(number) from migrations').pluck().get()).toBe(NEWEST);
    raw.exec('delete from tallies; delete from mails');
    const { findings: missed } = await verifyDatabase(file, readHeadsOf(checkpointFiles(file)));
    const due = [
      ...(step >= FIRST_MAILED && step < FIRST_NOTED ? ['message deleted'] : []),
      ...(step >= FIRST_COUNTED && step < FIRST_NOTED ? ['tally changed'] : []),
    ];
    expect(
      missed.list().map(({ kind }) => kind),
      `step ${step}`,
    ).toEqual(due);
  }
}, 120_000);

it('what an earlier version derived differently is derived again, and verify finds nothing before or after', async () => {
  const day = await liveOneDay();
  // With nothing left to do, it is not renewed before the first request.
  expect(await day.close()).toBeNull();
  const file = await makeEarlier(BEFORE_CHILD_WORDS, day.file);
  const raw = openRaw(file);
  raw.exec(`update desk_words set words = words || ' print duty O’Hara Łódź';
    update figure_lines set facts = json_set(facts, '$."deadline steps"', 'late');
    update figure_counts set value = 'late' where figure = 'deadline steps'`);
  const findings = async () => (await verifyDatabase(file, readHeadsOf(checkpointFiles(file)))).findings.list();
  const counts = (of: ReturnType<typeof openRaw>) =>
    of.prepare('select * from figure_counts where count > 0 order by area, month, figure, value').all();
  const store = await openStore({ file, clock: createClock() });
  const found = async (criteria: SearchCriteria) => (await store.queueRows.search('bury', criteria, 5)).length;
  const all = async () => [
    await found({ words: 'print' }),
    await found({ child: 'sam' }),
    await found({ child: 'brien' }),
  ];
  expect(await all()).toEqual([1, 1, 0]);
  // Before the renewal too, however an earlier version had folded it.
  for (const words of ['OHar', 'o’hara', 'LODZ print', 'łód'])
    expect([words, await found({ words })]).toEqual([words, 1]);
  expect(await findings()).toEqual([]);
  await store.renewal.rest.run();
  expect(await all()).toEqual([0, 1, 1]);
  expect(counts(raw)).toEqual(counts(openRaw(day.file)));
  expect(raw.prepare('select count(*) from desk_lines where form < ?').pluck().get(RENEWED_FORM)).toBe(0);
  await store.close();
  expect(await findings()).toEqual([]);
}, 60_000);

it('an earlier full text of any size is indexed anew, and each of its rows is found', async () => {
  const file = makeFile();
  const engine = openSqlite(file);
  await migrate(engine, { file, now: () => '2026-01-01T00:00:00.000Z', upTo: FIRST_MARKED_WORDS - 1 });
  const raw = openRaw(file);
  const areas = ['bury', 'bolton'];
  const add = raw.prepare('insert into desk_words (rowid, area, professional, agency, words) values (?, ?, ?, ?, ?)');
  for (let row = 1; row <= 450; row++)
    add.run(row * 3, areas[row % 2], 'May Day', 'Elm', `Word${row} slept\n0161 slept`);
  await migrate(engine, { file, now: () => '2026-01-02T00:00:00.000Z' });
  const rowsWith = async (area: string, words: string) => {
    const sought = await engine.dialect.lookUpWords(engine.reading, markedWords(area, 'words', words));
    const rows = engine.reading.selectFrom('desk_words').select('rowid').where(engine.dialect.hasWords(sought));
    return (await rows.execute()).map(({ rowid }) => rowid / 3);
  };
  const odd = Array.from({ length: 225 }, (_, index) => index * 2 + 1);
  expect(await rowsWith('bolton', 'slept 0161')).toEqual(odd);
  expect([await rowsWith('bury', 'word450'), await rowsWith('bolton', 'word450')]).toEqual([[450], []]);
  expect(tablesOf(raw).filter((table) => table.includes('earlier'))).toEqual([]);
  raw.exec(`insert into desk_words (desk_words, rank) values ('integrity-check', 1)`);
  // A server of an earlier version that still runs is refused, instead of being told that nothing was found.
  const askAsEarlier = () =>
    raw.prepare(`select rowid from desk_words where desk_words match 'words : "slept"*'`).all();
  expect(askAsEarlier).toThrow(/column/);
  await engine.close();
});

/** What sheets of a fortnight come to, as it was kept at that step: one number. */
async function makeSheets(): Promise<string> {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const mac = createMacs(openAuditKey(checkpointFiles(store.file))).rowSum;
  for (let day = 0; day < 14; day++) {
    const { id } = await openConsultation(store);
    for (const field of ['concern', 'reach'])
      await store.handoverSheets.change(id, () => ({
        write: [{ field, value: `Day ${day}`, filled: '', writer: 'A' }],
        saw: undefined,
      }));
    await store.checkpoints.write();
    clock.pass(24 * 60);
  }
  await store.close();
  const file = await makeEarlier(BEFORE_DAYS, store.file);
  const raw = openRaw(file);
  const known = raw.prepare(`select * from row_sums where "table" = 'sheet_fields'`).get() as Tables['row_sums'];
  const parts = known.sum.match(/[0-9a-f]{64}/g) ?? [];
  const sum = (parts.reduce((all, part) => all + BigInt(`0x${part}`), 0n) % (1n << 256n)).toString(16);
  const before = { ...known, sum: sum.padStart(64, '0') };
  raw
    .prepare(`update row_sums set "sum" = ?, mac = ? where "table" = 'sheet_fields'`)
    .run(before.sum, mac.make('sum', 'sheet_fields', String(known.changes), before.sum));
  return file;
}

it.each<[string, string, string[]]>([
  ['sound ones', 'select 1', []],
  [
    'a row that was taken out before',
    `delete from sheet_fields where value = 'Day 13'`,
    ['sheet_fields, written before 2026-12-01'],
  ],
  [
    'a sum that somebody else wrote',
    `update row_sums set mac = 'A' where "table" = 'sheet_fields'`,
    ['sheet_fields: what its rows come to was not written by us'],
  ],
])('the sum of sheets is kept by days from then on, and what was found before still is: %s', async (_, deed, found) => {
  const file = await makeSheets();
  openRaw(file).exec(deed);
  const heads = () => readHeadsOf(checkpointFiles(file));
  const find = async (since?: SignedCheckpoint) =>
    (await verifyDatabase(file, heads(), since)).findings.list().flatMap(({ first }) => first);
  const clock = createClock(new Date('2026-12-06T10:00:00.000Z'));
  const store = await openStore({ file, clock });
  expect(await find()).toEqual(found);
  const { id } = await openConsultation(store);
  await store.handoverSheets.change(id, () => ({
    write: [{ field: 'concern', value: 'New', filled: '', writer: 'A' }],
    saw: undefined,
  }));
  await store.close();
  const oldest =
    found.length === 0 || found[0]?.includes('by us') ? found : ['sheet_fields, written before 2026-12-02'];
  expect(await find()).toEqual(oldest);
  const newest = readHeadsSince(checkpointFiles(file), new Date('2026-12-05T08:00:00.000Z'))?.since;
  expect(await find(newest as SignedCheckpoint)).toEqual(found[0]?.includes('by us') ? found : []);
});
