/**
 * Fills a new database with as many invented consultations as a country has: entries, a log with checkpoints, queue,
 * search and figures, all of which `npm run verify` accepts. The newest come last, and the desk's day begins after
 * them.
 */

import { createPrivateKey } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { createMacs, type Macs } from '../../../server/audit/mac.ts';
import { type SignedCheckpoint, signCheckpoint } from '../../../server/audit/signed-checkpoint.ts';
import type { ReadLibrary } from '../../../server/flow/check/library.ts';
import { versionOf } from '../../../server/flow/language/version.ts';
import type { CheckpointFiles } from '../../../server/store/checkpoints.ts';
import type { RowChanges } from '../../../server/store/row-sums.ts';
import type { Store } from '../../../server/store/store.ts';
import type { Tables } from '../../../server/store/tables.ts';
import { createTallyMarks } from '../../../server/store/tally-mark.ts';
import { makeJourneys } from './invented.ts';
import { createWriter, type Desk, type Rows, type Writer } from './rows.ts';

/** A new database. It must not be used before `finish`. */
export interface Target {
  begin(): Promise<void>;
  write(table: keyof Tables, rows: readonly Record<string, unknown>[]): Promise<void>;
  /** Deletes the sum of hand-over sheets that the store has made, so that another one can be written. */
  clearSum(): Promise<void>;
  commit(): Promise<void>;
  finish(): Promise<void>;
}

export interface Filling {
  consultations: number;
  /**
   * How many of the newest are not answered yet: the desks' open work, which does not grow with the number of closed
   * consultations.
   */
  open: number;
  /** When the newest consultation is written. */
  until: Date;
  onProgress?: (done: number) => void;
}

/** When the newest consultation is written. */
export const UNTIL = new Date('2026-11-22T08:00:00Z');
const AREAS = ['bury', 'bolton', 'stockport'];
/** How many consultations there are between two checkpoints, and in each transaction. */
const HEAD_EVERY = 96;
const COMMIT_EVERY = 20 * HEAD_EVERY;
/** A million consultations take three years. */
const HEAD_AFTER_MS = (3 * 365 * 86_400_000) / (1_000_000 / HEAD_EVERY);

/** Opens the database with empty tables. */
export async function openTarget({
  file,
  databaseUrl,
}: {
  file: string;
  databaseUrl?: string | undefined;
}): Promise<Target> {
  if (databaseUrl === undefined) return (await import('./sqlite.ts')).openSqliteTarget(file);
  return (await import('./postgres.ts')).openPostgresTarget(databaseUrl);
}

export function desksOf(library: ReadLibrary): Desk[] {
  return AREAS.map((area) => {
    const flows = [...(library.areas.get(area)?.flows.values() ?? [])];
    const flow = flows.find(({ reader }) => reader === 'professional');
    if (flow === undefined) throw new Error(`${area} has no flow for professionals`);
    return { flow, journeys: makeJourneys(flow) };
  });
}

/**
 * Written through the store before everything else, so that versions are stored the way the program that uses them does
 * it.
 */
export async function keepFlows(store: Pick<Store, 'versions'>, desks: readonly Desk[]): Promise<void> {
  for (const { flow } of desks) await store.versions.keep(versionOf(flow), flow);
}

export async function fill(
  target: Target,
  desks: readonly Desk[],
  files: CheckpointFiles,
  how: Filling,
): Promise<void> {
  const { consultations, open, until, onProgress } = how;
  const key = createPrivateKey(readFileSync(files.keyFile));
  const macs = createMacs(key);
  const writer = createWriter(macs);
  const heads = createHeads(writer, key);
  const begins = until.getTime() - Math.ceil(consultations / HEAD_EVERY) * HEAD_AFTER_MS;
  await target.begin();
  for (let number = 0; number < consultations; number++) {
    if (number % HEAD_EVERY === 0) writer.setTime(begins + (number / HEAD_EVERY) * HEAD_AFTER_MS);
    await writer.add({ number, closed: number < consultations - open }, desks[number % desks.length] as Desk);
    const done = number + 1;
    if (done % HEAD_EVERY === 0 || done === consultations)
      heads.sign(new Date(begins + (done / HEAD_EVERY) * HEAD_AFTER_MS));
    if (done % COMMIT_EVERY !== 0) continue;
    await writeAll(target, writer.take());
    await target.commit();
    await target.begin();
    onProgress?.(done);
  }
  await writeAll(target, writer.take());
  await target.write('figure_counts', writer.takeCounts());
  const sum = writer.sumOfSheets();
  await target.clearSum();
  await target.write('row_sums', [{ ...sum }]);
  await target.write('newest_head', [{ id: 1, head: heads.newest() }]);
  await target.commit();
  appendFileSync(files.headsFile, heads.lines(), { mode: 0o600, flush: true });
  await noteBeside(files, macs, until, { position: writer.head().position, changes: { sheet_fields: sum.changes } });
  await target.finish();
}

/** Writes the file beside the heads that says how often rows were changed. */
async function noteBeside(
  { headsFile }: CheckpointFiles,
  { tally }: Macs,
  until: Date,
  { position, changes }: { position: number; changes: RowChanges },
): Promise<void> {
  const [countAll, readChanges] = [async () => 0, async () => changes];
  await createTallyMarks({ headsFile, clock: () => until, mac: tally, countAll, readChanges }).keep(position);
}

/** Tables that others refer to come first. */
const FIRST: readonly (keyof Tables)[] = ['consultations', 'entries', 'looks', 'chain'];

async function writeAll(target: Target, rows: Rows): Promise<void> {
  const tables = [...FIRST, ...[...rows.keys()].filter((table) => !FIRST.includes(table))];
  for (const table of tables) await target.write(table, rows.get(table) ?? []);
}

function createHeads(writer: Pick<Writer, 'head' | 'root'>, key: Parameters<typeof signCheckpoint>[2]) {
  const signed: string[] = [];
  let last: SignedCheckpoint | undefined;
  return {
    sign(at: Date): void {
      last = signCheckpoint(writer.head(), { at: at.toISOString(), last, root: writer.root(), macFrom: 0 }, key);
      signed.push(JSON.stringify(last));
    },
    newest: () => signed.at(-1) ?? '',
    lines: () => `${signed.join('\n')}\n`,
  };
}
