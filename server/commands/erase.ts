/**
 * `npm run erase`: lists what is due for erasure, approved and not on hold. `npm run erase -- --yes` checks the log,
 * erases these consultations and cleans the database, so that no trace is left, while others go on using it. With
 * `--newest-day` the log is checked only from the newest checkpoint that is at least a day old, for operators who check
 * all of it every week; each line to be erased is checked in any case. With `--clean-later` the database is not cleaned
 * at once; `npm run erase -- --clean` does only that. `npm run erase -- --rewrite` writes the database anew, which gives
 * back the room that it no longer needs; whoever writes has to wait.
 */

import { describeFindings } from '../audit/findings.ts';
import { localDay } from '../base/days.ts';
import { type Config, readConfig } from '../config.ts';
import { describePlan, erase, planErasure } from '../erasure.ts';
import { type Library, loadLibrary } from '../flow/check/library.ts';
import { readFolder } from '../flow/language/folder.ts';
import { describeProblem, hasErrors } from '../flow/problem.ts';
import { readHeadsFor } from '../store/checkpoints.ts';
import { refuseNothing, verifyInService } from '../store/in-service.ts';
import { databaseFile, openStore, type Store } from '../store/store.ts';
import { readArguments } from './read-arguments.ts';
import { reportFailure } from './report-failure.ts';

const LEFT =
  'The texts are erased, but another program still reads an older state, so that the files of the database can hold them. ' +
  'Run npm run erase -- --clean again, or when the server is stopped.';
const CLEANING_DUE =
  'Nobody is shown them any more, but unused parts of the file can still hold pieces of them. ' +
  'Run npm run erase -- --clean within the month: it reads the whole database.';

async function main(): Promise<void> {
  const flag = { type: 'boolean' } as const;
  const { values } = readArguments({
    options: { yes: flag, 'newest-day': flag, 'clean-later': flag, clean: flag, rewrite: flag },
  });
  const config = readConfig(process.env);
  const today = localDay(new Date());
  const { library, problems } = loadLibrary(readFolder(config.flowsDir), today);
  if (hasErrors(problems)) throw new Error(problems.map(describeProblem).join('\n'));
  await refuseNothing({ file: databaseFile(config.dataDir), databaseUrl: config.databaseUrl }, config, 'erase');
  if (values.yes) await refuseUnlessSound(config, values['newest-day'] === true);
  const store = await openStore({ ...config, file: databaseFile(config.dataDir), clock: () => new Date() });
  try {
    if (values.rewrite) return await leaveNothing(store, 'compact');
    if (values.clean) return await leaveNothing(store, 'clean');
    await eraseDue(store, library, { today, yes: values.yes === true });
    if (!values.yes || store.erasing.cleaningDueSince() === undefined) return;
    if (values['clean-later']) return console.log(CLEANING_DUE);
    await leaveNothing(store, 'clean');
  } finally {
    await store.close();
  }
}

async function eraseDue(store: Store, { areas }: Library, { today, yes }: { today: string; yes: boolean }) {
  // The start after a restore does this as well, unless it was interrupted.
  if (yes) await store.erasing.eraseAgain();
  let lines = 0;
  for (const [area, { desk }] of areas) {
    if (desk === undefined) continue;
    const planned = await planErasure(store, area, desk, today);
    console.log(describePlan(planned).join('\n'));
    if (yes) lines += await erase(store, planned);
  }
  if (yes) console.log(`${lines} entries and looks have lost their text. Backups still have it: see the README.`);
  else console.log('Nothing was erased. To do it: npm run erase -- --yes');
}

/** What was erased can no longer be compared, so nothing is erased from a log that is not as it was written. */
async function refuseUnlessSound(config: Config, newestDay: boolean): Promise<void> {
  const { dataDir, databaseUrl } = config;
  const place = { file: databaseFile(dataDir), databaseUrl };
  const { heads, since } = readHeadsFor(config, newestDay);
  const { findings } = await verifyInService(place, heads, since);
  const words = describeFindings(findings);
  if (words.length > 0) throw new Error(`Nothing was erased: the log is not as it was written.\n${words.join('\n')}`);
}

async function leaveNothing({ erasing }: Store, how: 'clean' | 'compact'): Promise<void> {
  if (!(await erasing[how]())) throw new Error(LEFT);
  const done = how === 'clean' ? 'cleaned' : 'written anew';
  console.log(`The database was ${done}: nothing of what was erased is left in it.`);
}

try {
  await main();
} catch (error) {
  reportFailure(error);
}
