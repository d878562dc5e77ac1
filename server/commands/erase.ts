/**
 * `npm run erase`: lists what is due for erasure, approved and not on hold. `npm run erase -- --yes` checks the log, erases it and rewrites the
 * database file, so that no trace is left. Best run out of hours, since other writes wait meanwhile. With `--newest-day` the log is checked only
 * from the newest head on that is a day old, for whoever checks all of it every week; each line that is erased is checked all the same.
 */

import { parseArgs } from 'node:util';
import { describeFindings } from '../audit/findings.ts';
import { localDay } from '../base/days.ts';
import { type Config, readConfig } from '../config.ts';
import { describePlan, erase, planErasure } from '../erasure.ts';
import { loadLibrary } from '../flow/check/library.ts';
import { readFolder } from '../flow/language/folder.ts';
import { describeProblem, hasErrors } from '../flow/problem.ts';
import { readHeadsOf, readHeadsSince } from '../store/checkpoints.ts';
import { isThere, verifyInService } from '../store/in-service.ts';
import { databaseFile, openStore, type Store } from '../store/store.ts';

const DAY_MS = 86_400_000;
const LEFT =
  'The texts are erased, but another program still reads an older state, so that the files of the database can hold them. ' +
  'Run this again with --yes when the server is stopped.';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { yes: { type: 'boolean' }, 'newest-day': { type: 'boolean' } } });
  const config = readConfig(process.env);
  const today = localDay(new Date());
  const { library, problems } = loadLibrary(readFolder(config.flowsDir), today);
  if (hasErrors(problems)) throw new Error(problems.map(describeProblem).join('\n'));
  if (values.yes) await refuseUnlessSound(config, values['newest-day'] === true);
  const store = await openStore({ ...config, file: databaseFile(config.dataDir), clock: () => new Date() });
  try {
    let lines = 0;
    for (const [area, { desk }] of library.areas) {
      if (desk === undefined) continue;
      const planned = await planErasure(store, area, desk, today);
      console.log(describePlan(planned).join('\n'));
      if (values.yes) lines += await erase(store, planned);
    }
    await finish(store, values.yes === true, lines);
  } finally {
    await store.close();
  }
}

/** What is erased cannot be compared any more: nothing is taken from a log that is not as it was written. */
async function refuseUnlessSound(config: Config, newestDay: boolean): Promise<void> {
  const { dataDir, databaseUrl } = config;
  const place = { file: databaseFile(dataDir), databaseUrl };
  if (!isThere(place)) return;
  // Where no head is as old as a day, all of it is no more than that.
  const newest = newestDay ? readHeadsSince(config, new Date(Date.now() - DAY_MS)) : undefined;
  const { findings } = await verifyInService(place, newest?.heads ?? readHeadsOf(config), newest?.since);
  const words = describeFindings(findings);
  if (words.length > 0) throw new Error(`Nothing was erased: the log is not as it was written.\n${words.join('\n')}`);
}

async function finish({ erasing }: Store, did: boolean, lines: number): Promise<void> {
  if (!did) return console.log('Nothing was erased. To do it: npm run erase -- --yes');
  console.log(`${lines} entries and looks have lost their text. Backups still have it: see the README.`);
  if (!(await erasing.compact())) throw new Error(LEFT);
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
