/**
 * `npm run traces -- --erased 20000`: what is left in the file of rows that are gone, in databases in which rows came,
 * grew, shrank and went in any order, before they are cleaned and after. Fails if anything is left, or broken.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cleanFile, createRandom, startChurn, wordsOnDisk } from './churn.ts';

const AT_ONCE = 10_000;

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

const { values } = parseArgs({ options: { erased: { type: 'string', default: '20000' } } });
let [erased, before, after] = [0, 0, 0];
for (let seed = 1; erased < Number(values.erased); seed++) {
  const one = await tryOne(seed);
  [erased, before, after] = [erased + one.erased, before + one.before, after + one.after];
  console.log(`${erased} rows erased: words of ${before} were left before cleaning, of ${after} after it`);
}
process.exitCode = after > 0 ? 1 : 0;
