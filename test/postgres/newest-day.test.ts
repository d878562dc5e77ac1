/** The check of the newest day, of PostgreSQL: it finds what the same check finds in SQLite, accuses nothing else, and reads no more than that day. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import pg from 'pg';
import { expect, it } from 'vitest';
import type { Checkpoint } from '../../server/audit/line.ts';
import { readCheckpoint } from '../../server/audit/signed-checkpoint.ts';
import type { Verified } from '../../server/audit/verify.ts';
import { verifyDatabase } from '../../server/store/audit-lines.ts';
import { CHECKED, type HowChecked, TAMPERINGS } from '../../server/store/checked-tables.ts';
import { type HeadsSince, readHeadsOf, readHeadsSince } from '../../server/store/checkpoints.ts';
import { copyInto } from '../../server/store/copy-tables.ts';
import { copyInService, verifyInService } from '../../server/store/in-service.ts';
import { copyForCheck } from '../../server/store/postgres.ts';
import { checkpointFiles, openStore } from '../../server/store/store.ts';
import type { Tables } from '../../server/store/tables.ts';
import { DO, describeTable, makeBoth, withoutTriggers } from '../audit/every-deed.ts';
import { makeLog } from '../audit/tampered-log.ts';
import {
  copyEmpty,
  createClock,
  databaseOf,
  makeFolder,
  openConsultation,
  openRaw,
  openTemporary,
} from '../store/temporary.ts';
import { query, withAllRights } from './databases.ts';

type Table = keyof Tables;

async function makeWorld() {
  const { file, older, copiedAt } = await makeBoth({ quiet: ['Sam Lee', 'Ada Quixley'] });
  const databaseUrl = (await databaseOf(file)) ?? '';
  const same = join(makeFolder(), 'same.sqlite');
  await copyInService({ file, databaseUrl }, same);
  const newest = readHeadsSince(checkpointFiles(file), new Date(copiedAt.getTime() + 60_000));
  if (newest === undefined) throw new Error('no head was signed before the copy was made');
  return { file, older, same, databaseUrl, newest };
}

type World = Awaited<ReturnType<typeof makeWorld>>;

/** What a check finds, or why it cannot be made. Of many places it names some, and which ones depends on the order of rows. */
async function outcomeOf(check: Promise<Pick<Verified, 'findings'>>) {
  try {
    const found = (await check).findings.list();
    const places = (count: number, first: string[]) => (count === first.length ? first.toSorted().join('; ') : '');
    return found.map(({ kind, count, first }) => `${count} ${kind}: ${places(count, first)}`).sort();
  } catch (error) {
    return [(error as Error).message.split('\n')[0]];
  }
}

/** As `verifyInService` does, without comparing the triggers, which nothing here touches. */
async function checkPostgres(
  { databaseUrl }: World,
  { heads, since }: { heads: HeadsSince['heads']; since: Checkpoint },
) {
  const copy = join(makeFolder(), 'copy.sqlite');
  const peaks = await copyForCheck(databaseUrl, copy, since);
  const rows = openRaw(copy).prepare('select count(*) from entries').pluck().get() as number;
  return { ...(await verifyDatabase(copy, heads, since, peaks)), rows };
}

/** Makes tables of PostgreSQL as they are in the file, as somebody who has all rights. */
async function putInto({ databaseUrl }: World, from: Sqlite.Database, tables: readonly Table[]): Promise<void> {
  const client = new pg.Client({ connectionString: withAllRights(databaseUrl) });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    for (const table of tables) {
      await client.query(`delete from ${table}`);
      await copyInto(client, table, describeTable(from, table).all(from));
    }
  } finally {
    await client.end();
  }
}

/** Where a step of the tables is missing or unknown, nothing is copied. */
const STEPS = 'migrations';
const ALL = (Object.keys(CHECKED) as Table[]).filter((table) => typeof CHECKED[table] !== 'object' && table !== STEPS);
const whereCheck = (holds: (check: HowChecked) => boolean) =>
  ALL.filter((table) => table !== 'chain' && holds(CHECKED[table]));
/** Tables to which something is done at once: what is found in one hides nothing of another. */
const TOGETHER: Table[][] = [
  ['chain'],
  whereCheck((check) => check === 'chained'),
  whereCheck((check) => check !== 'chained'),
];

/** Rows of the log never change, so that none can be put back; and its first two lines are older than the day. */
const SILENT = ['put back: chain', 'swapped: chain', `put back: ${TOGETHER[1]}`];

interface Done {
  what: string;
  tables: readonly Table[];
  /** Undefined: the file as it is, changed by what is done. */
  work: (raw: Sqlite.Database) => void;
}

/** What each table would suffer, and faults that are no change of one row. */
function deedsOn({ older }: World): Done[] {
  const before = openRaw(older);
  const rows = TOGETHER.flatMap((tables) =>
    TAMPERINGS.map((deed) => ({
      what: `${deed}: ${tables}`,
      tables,
      work: (raw: Sqlite.Database) => {
        for (const table of tables) DO[deed](describeTable(raw, table), raw, before);
      },
    })),
  );
  const runs = (what: string, tables: Table[], statement: string): Done => ({
    what,
    tables,
    work: (raw) => void raw.exec(statement),
  });
  return [
    ...rows,
    runs(
      'the end cut off',
      ['chain', 'looks'],
      `delete from chain where position > (select max(position) - 5 from chain); delete from looks where seq > (select max(seq) - 5 from looks)`,
    ),
    runs(
      'the texts of a day changed, of which no line says so',
      ['entries', 'consultations', 'tree_nodes'],
      `update entries set body = '{}' where seq > (select max(seq) - 3 from entries);
        update consultations set area = 'bolton'; update tree_nodes set hash = 'AAAA'`,
    ),
    runs('counts put back', ['tallies', 'row_sums'], `update tallies set counted = 1; update row_sums set changes = 1`),
  ];
}

it('finds in PostgreSQL what it finds in SQLite, whatever is done to a table', async () => {
  const world = await makeWorld();
  const { same, newest } = world;
  expect(await outcomeOf(verifyDatabase(same, newest.heads, newest.since))).toEqual([]);
  openRaw(same).pragma('journal_mode = delete');
  const tampered = `${same}-tampered`;
  const silent: string[] = [];
  for (const { what, tables, work } of deedsOn(world)) {
    copyFileSync(same, tampered);
    const raw = openRaw(tampered);
    raw.pragma('synchronous = off');
    raw.pragma('foreign_keys = off');
    withoutTriggers(raw, () => {
      work(raw);
      return true;
    });
    await putInto(world, raw, tables);
    const due = await outcomeOf(verifyDatabase(tampered, newest.heads, newest.since));
    expect(await outcomeOf(checkPostgres(world, newest)), what).toEqual(due);
    if (due.length === 0) silent.push(what);
    await putInto(world, openRaw(same), tables);
    raw.close();
    rmSync(tampered);
  }
  expect(silent).toEqual(SILENT);
  const all = { heads: readHeadsOf(checkpointFiles(world.file)), since: { position: 1, hash: '' } };
  const [day, whole] = [await checkPostgres(world, newest), await checkPostgres(world, all)];
  expect([day.findings.list(), whole.findings.list()]).toEqual([[], []]);
  expect(day.rows).toBeLessThan(whole.rows);
  const { databaseUrl, file } = world;
  const steps = openRaw(same);
  steps.exec(`delete from ${STEPS} where number = (select max(number) from ${STEPS})`);
  expect((await verifyInService({ file, databaseUrl }, newest.heads, newest.since)).findings.list()).toEqual([]);
  await putInto(world, steps, [STEPS]);
  await expect(verifyInService({ file, databaseUrl }, newest.heads, newest.since)).rejects.toThrow('are at step');
}, 120_000);

/** Tables that grow with every consultation. */
const GROWING = ALL.filter((table) => ['chained', 'recomputed', 'noted'].includes(String(CHECKED[table]))).concat([
  'desk_words',
  'sightings',
  'tree_nodes',
  'figure_counts',
  'sheet_fields',
]);
const FEW: readonly Table[] = ['account_entries', 'flow_versions'];

it('goes through no table that grows, nor does a start', async () => {
  const { file, ids } = await makeLog(await copyEmpty());
  const databaseUrl = (await databaseOf(file)) ?? '';
  const admin = withAllRights(databaseUrl);
  // Without it the planner goes through every table, since they are so small; with it only those that no index helps with.
  await query(admin, `alter database ${new URL(databaseUrl).pathname.slice(1)} set enable_seqscan = off`);
  await query(admin, 'select pg_stat_reset()');
  const store = await openStore({ file, databaseUrl, clock: createClock() });
  await store.close();
  const heads = readHeadsOf(checkpointFiles(file));
  const [, second] = (heads.lines ?? []).map((line) => readCheckpoint(line));
  const peaks = await copyForCheck(databaseUrl, join(makeFolder(), 'copy.sqlite'), second);
  expect([ids.length, peaks !== undefined]).toEqual([4, true]);
  const scans = () =>
    query(admin, `select relname as name, seq_scan::int as seq, idx_scan::int as idx from pg_stat_user_tables`);
  await expect
    .poll(async () => (await scans()).find(({ name }) => name === 'figure_lines')?.idx, { timeout: 20_000 })
    .toBeGreaterThan(0);
  const gone = (await scans()).filter(
    ({ name, seq }) => GROWING.includes(name as Table) && !FEW.includes(name as Table) && Number(seq) > 0,
  );
  expect(gone).toEqual([]);
}, 60_000);

it('copies the sheets of the day alone, by an index', async () => {
  const clock = createClock();
  const store = await openTemporary({ clock });
  const { file, handoverSheets, checkpoints } = store;
  for (let day = 0; day < 12; day++) {
    const { id } = await openConsultation(store);
    const field = { field: 'concern', value: 'Sam is hungry', filled: '', writer: 'A' };
    await handoverSheets.change(id, () => ({ write: [field], saw: undefined }));
    await checkpoints.write();
    clock.pass(24 * 60);
  }
  await store.close();
  const databaseUrl = (await databaseOf(file)) ?? '';
  const copied = async (day: string) => {
    const copy = join(makeFolder(), 'copy.sqlite');
    await copyForCheck(databaseUrl, copy, readHeadsSince(checkpointFiles(file), new Date(day))?.since);
    return openRaw(copy).prepare('select count(*) from sheet_fields').pluck().get();
  };
  expect([await copied('2026-12-02T12:00:00Z'), await copied('2026-11-22T12:00:00Z')]).toEqual([2, 12]);
});
