/**
 * `npm run erase`: lists what is due for erasure, approved and not on hold. `npm run erase -- --yes` checks the log,
 * erases these consultations and rewrites the database file, so that no trace is left. Best run out of hours, because
 * other writes have to wait. With `--newest-day` the log is checked only from the newest checkpoint that is at least a
 * day old, for operators who check all of it every week; each line to be erased is checked in any case. With
 * `--rewrite-later` the file is not rewritten at once; `npm run erase -- --rewrite` does only that, in a quiet hour.
 */

import { parseArgs } from 'node:util';
import { describeFindings } from '../audit/findings.ts';
import { localDay } from '../base/days.ts';
import { type Config, readConfig } from '../config.ts';
import { describePlan, erase, planErasure } from '../erasure.ts';
import { loadLibrary } from '../flow/check/library.ts';
import { readFolder } from '../flow/language/folder.ts';
import { describeProblem, hasErrors } from '../flow/problem.ts';
import { readHeadsFor } from '../store/checkpoints.ts';
import { isThere, verifyInService } from '../store/in-service.ts';
import { databaseFile, openStore, type Store } from '../store/store.ts';

const LEFT =
  'The texts are erased, but another program still reads an older state, so that the files of the database can hold them. ' +
  'Run npm run erase -- --rewrite when the server is stopped.';
const REWRITE_DUE =
  'Nobody is shown them any more, but unused parts of the file can still hold pieces of them. ' +
  'Run npm run erase -- --rewrite in a quiet hour, within the month: it writes the whole database anew.';

async function main(): Promise<void> {
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({ options: { yes: flag, 'newest-day': flag, 'rewrite-later': flag, rewrite: flag } });
  const config = readConfig(process.env);
  const today = localDay(new Date());
  const { library, problems } = loadLibrary(readFolder(config.flowsDir), today);
  if (hasErrors(problems)) throw new Error(problems.map(describeProblem).join('\n'));
  if (values.yes) await refuseUnlessSound(config, values['newest-day'] === true);
  const store = await openStore({ ...config, file: databaseFile(config.dataDir), clock: () => new Date() });
  try {
    if (values.rewrite) return await rewrite(store);
    // The start after a restore does this as well, unless it was interrupted.
    if (values.yes) await store.erasing.eraseAgain();
    let lines = 0;
    for (const [area, { desk }] of library.areas) {
      if (desk === undefined) continue;
      const planned = await planErasure(store, area, desk, today);
      console.log(describePlan(planned).join('\n'));
      if (values.yes) lines += await erase(store, planned);
    }
    if (!values.yes) return console.log('Nothing was erased. To do it: npm run erase -- --yes');
    console.log(`${lines} entries and looks have lost their text. Backups still have it: see the README.`);
    if (!values['rewrite-later']) return await rewrite(store);
    if (store.erasing.rewriteDueSince() !== undefined) console.log(REWRITE_DUE);
  } finally {
    await store.close();
  }
}

/** What was erased can no longer be compared, so nothing is erased from a log that is not as it was written. */
async function refuseUnlessSound(config: Config, newestDay: boolean): Promise<void> {
  const { dataDir, databaseUrl } = config;
  const place = { file: databaseFile(dataDir), databaseUrl };
  if (!isThere(place)) return;
  const { heads, since } = readHeadsFor(config, newestDay);
  const { findings } = await verifyInService(place, heads, since);
  const words = describeFindings(findings);
  if (words.length > 0) throw new Error(`Nothing was erased: the log is not as it was written.\n${words.join('\n')}`);
}

/** If nothing was erased since the last time, there is nothing to rewrite. */
async function rewrite({ erasing }: Store): Promise<void> {
  if (erasing.rewriteDueSince() === undefined) return;
  if (!(await erasing.compact())) throw new Error(LEFT);
  console.log('The database was written anew: nothing of what was erased is left in it.');
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
