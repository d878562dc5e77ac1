/**
 * `npm run traces -- --erased 20000`: what is left in the file of rows that are gone, in databases in which rows came,
 * grew, shrank and went in any order, before they are cleaned and after; then in one that another process writes to all
 * the time while it is cleaned again and again. Fails if anything is left, lost or broken.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Sqlite from 'better-sqlite3';
import { cleanFile, createRandom, startChurn, wordsOnDisk } from './churn.ts';

const AT_ONCE = 10_000;
const WRITES_MS = 20_000;
/** Until the other process has made the tables. */
const FIRST_MS = 5_000;

/** The other process: writes to the file, then says which words are gone from it and which are there. */
async function write(file: string): Promise<void> {
  const churn = startChurn(file, createRandom(5));
  churn.database.pragma('busy_timeout = 10000');
  const end = Date.now() + WRITES_MS;
  let changes = 0;
  for (; Date.now() < end; changes += 20) {
    churn.go(20);
    await wait(2);
  }
  churn.database.close();
  console.log(JSON.stringify({ changes, gone: churn.gone(), there: churn.there() }));
}

async function tryInUse(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-traces-'));
  const file = join(folder, 'used.sqlite');
  const self = [...process.execArgv, fileURLToPath(import.meta.url), '--write', file];
  const writer = spawn(process.execPath, self, { stdio: ['ignore', 'pipe', 'inherit'] });
  let [said, isOver, cleaned] = ['', false, 0];
  writer.stdout.on('data', (part) => {
    said += part;
  });
  writer.on('exit', () => {
    isOver = true;
  });
  await wait(FIRST_MS);
  for (; !isOver; await wait(100)) cleaned += Number(await cleanFile(file));
  const { changes, gone, there } = JSON.parse(said) as { changes: number; gone: string[]; there: string[] };
  await cleanFile(file);
  const database = new Sqlite(file);
  const broken = database.pragma('integrity_check', { simple: true });
  database.exec(`insert into words (words) values ('integrity-check')`);
  const rows = Number(database.prepare('select count(*) from notes').pluck().get());
  database.close();
  const left = wordsOnDisk(file, gone).length;
  rmSync(folder, { recursive: true });
  console.log(
    `In use: ${changes} changes, cleaned ${cleaned} times; of ${gone.length} rows erased words of ${left} were left`,
  );
  if (broken !== 'ok' || rows !== there.length)
    throw new Error(`The file is broken, or rows are lost: ${broken}, ${rows}`);
  return left;
}

async function tryOne(seed: number): Promise<{ erased: number; before: number; after: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-traces-'));
  const file = join(folder, 'churn.sqlite');
  const churn = startChurn(file, createRandom(seed * 7919));
  try {
    churn.go(AT_ONCE);
    churn.eraseMost();
    churn.database.pragma('wal_checkpoint(TRUNCATE)');
    const before = wordsOnDisk(file, churn.gone()).length;
    if (!(await cleanFile(file))) throw new Error('The file could not be cleaned');
    const broken = churn.database.pragma('integrity_check', { simple: true });
    if (broken !== 'ok') throw new Error(`The file is broken: ${broken}`);
    churn.database.exec(`insert into words (words) values ('integrity-check')`);
    const lost = churn.there().length - wordsOnDisk(file, churn.there()).length;
    if (lost > 0) throw new Error(`${lost} rows that were there are not`);
    return { erased: churn.gone().length, before, after: wordsOnDisk(file, churn.gone()).length };
  } finally {
    churn.database.close();
    rmSync(folder, { recursive: true });
  }
}

async function main({ erased: wanted, write: file }: { erased: string; write?: string | undefined }): Promise<void> {
  if (file !== undefined) return write(file);
  let [erased, before, after] = [0, 0, 0];
  for (let seed = 1; erased < Number(wanted); seed++) {
    const one = await tryOne(seed);
    [erased, before, after] = [erased + one.erased, before + one.before, after + one.after];
    console.log(`${erased} rows erased: words of ${before} were left before cleaning, of ${after} after it`);
  }
  process.exitCode = after + (await tryInUse()) > 0 ? 1 : 0;
}

const { values } = parseArgs({ options: { erased: { type: 'string', default: '20000' }, write: { type: 'string' } } });
await main(values);
