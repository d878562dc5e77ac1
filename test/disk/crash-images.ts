/**
 * What the disk may contain after a power cut, modelled on ALICE and CrashMonkey: everything that was synced, and any
 * part of what was written since, with each write complete, torn at a sector, or missing. Each image is opened and
 * checked.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

export interface Step {
  /**
   * `lost`: a sync failed, so nothing that was written since the last one is certain to reach the disk, whatever later
   * syncs report.
   */
  what: 'write' | 'cut' | 'sync' | 'lost' | 'gone' | 'said';
  name: string;
  at: number;
  data: Buffer;
}

export function readRecord(file: string): Step[] {
  const record = readFileSync(file);
  const steps: Step[] = [];
  for (let place = 0; place < record.length; ) {
    const end = record.indexOf(10, place);
    const [what, name = '', at, length] = record.toString('latin1', place, end).split(' ');
    const data = record.subarray(end + 1, end + 1 + Number(length));
    steps.push({ what: what as Step['what'], name, at: Number(at), data });
    place = end + 1 + data.length;
  }
  return steps;
}

const SECTOR = 512;

/** A file as it certainly is on the disk, and what was done to it since. */
interface OnDisk {
  synced: Buffer;
  since: Step[];
}

function apply(content: Buffer, { what, at, data }: Step, bytes = data.length): Buffer {
  if (what === 'cut') return content.length > at ? content.subarray(0, at) : grow(content, at);
  const grown = Buffer.from(grow(content, at + bytes));
  data.copy(grown, at, 0, bytes);
  return grown;
}

function grow(content: Buffer, length: number): Buffer {
  return content.length >= length ? content : Buffer.concat([content, Buffer.alloc(length - content.length)]);
}

/** One of its possible states: which of the steps since the sync were completed, and how much of the last one. */
function crash({ synced, since }: OnDisk, random: () => number): Buffer {
  const way = random();
  const last = Math.floor(random() * (since.length + 1));
  return since.reduce((content, step, index) => {
    if (way < 0.1) return content;
    if (way < 0.2) return apply(content, step);
    const isThere = way < 0.6 ? index < last : random() < 0.5;
    if (!isThere) return content;
    const isTorn = step.what === 'write' && random() < 0.2;
    return apply(content, step, isTorn ? SECTOR * Math.floor((random() * step.data.length) / SECTOR) : undefined);
  }, synced);
}

export interface Images {
  steps: readonly Step[];
  count: number;
  /** An empty folder, if possible in memory. */
  folder: string;
  /** The same numbers give the same images. */
  random: () => number;
}

/** Returns the problems in words, and the number of images. */
export function checkImages({ steps, count, folder, random }: Images): { images: number; problems: string[] } {
  const disk = new Map<string, OnDisk>();
  const [said, problems]: [number[], string[]] = [[], []];
  let images = 0;
  steps.forEach((step, index) => {
    if (step.what === 'said')
      for (const [, save] of step.data.toString().matchAll(/saved (\d+)/g)) said.push(Number(save));
    else keep(disk, step);
    // The tables are created before the first save, when nothing has been acknowledged.
    const due = Math.floor((count * (index + 1)) / steps.length);
    for (; images < due; images++) {
      const found = disk.size === 0 ? [] : checkImage(disk, { said, folder, random });
      problems.push(...found.map((problem) => `after step ${index + 1} of ${steps.length}: ${problem}`));
    }
  });
  return { images, problems };
}

function keep(disk: Map<string, OnDisk>, step: Step): void {
  if (step.what === 'gone') return void disk.delete(step.name);
  const file = disk.get(step.name) ?? { synced: Buffer.alloc(0), since: [] };
  disk.set(step.name, file);
  if (step.what === 'lost') file.since = [];
  else if (step.what !== 'sync') file.since.push(step);
  else {
    file.synced = file.since.reduce((content, one) => apply(content, one), file.synced);
    file.since = [];
  }
}

function checkImage(
  disk: Map<string, OnDisk>,
  { said, folder, random }: Pick<Images, 'folder' | 'random'> & { said: number[] },
) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, file] of disk) writeFileSync(join(folder, name), crash(file, random));
  const [main] = [...disk.keys()].filter((name) => name.endsWith('.sqlite'));
  return checkSaves(join(folder, main ?? ''), said);
}

/**
 * Opens it as after a crash: everything that was acknowledged has to be there, complete and in order, in the entries
 * and in the chain.
 */
export function checkSaves(file: string, said: readonly number[]): string[] {
  const problems: string[] = [];
  let raw: Sqlite.Database | undefined;
  try {
    raw = new Sqlite(file);
    const integrity = raw.pragma('integrity_check', { simple: true });
    if (integrity !== 'ok') problems.push(`integrity_check: ${integrity}`);
    if (said.length === 0) return problems;
    const texts = raw
      .prepare(`select json_extract(body, '$.text') from entries where kind = 'noted' order by seq`)
      .pluck();
    const saved = new Set((texts.all() as string[]).map((text) => Number(text.split(' ')[1])));
    const lost = said.filter((save) => !saved.has(save));
    if (lost.length > 0) problems.push(`lost: saves ${lost.join(', ')}`);
    const broken = raw
      .prepare(`select count(*) from chain line where position > 1
        and previous is not (select hash from chain where position = line.position - 1)`)
      .pluck();
    if (broken.get() !== 0) problems.push(`${broken.get()} lines of the chain do not follow the one before`);
    const unchained = raw.prepare(
      `select count(*) from entries where seq not in (select seq from chain where source = 'entries')`,
    );
    if (unchained.pluck().get() !== 0) problems.push('entries without a line of the chain');
  } catch (error) {
    if (said.length > 0) problems.push(`cannot be read: ${(error as Error).message}`);
  } finally {
    raw?.close();
  }
  return problems;
}

/** The same seed gives the same numbers. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
