/**
 * `npm run restore -- [FILE] [--key FILE] [--yes]`: checks a backup (the newest unless one is named), and says what was
 * written after it. With `--yes` it then replaces the database, which is kept beside it; the server has to be stopped.
 * With DATABASE_URL the backup goes into that database, which has to be empty. Exits 1 if the backup cannot be used.
 */
import { dirname } from 'node:path';
import { listBackups } from '../backup/backup.ts';
import { BackupProblem } from '../backup/problem.ts';
import { describeProved, proveBackup, removeCopy, replaceDatabase } from '../backup/restore.ts';
import { readConfig } from '../config.ts';
import { fillPostgres } from '../store/move.ts';
import { databaseFile } from '../store/store.ts';
import { readArguments } from './read-arguments.ts';
import { reportFailure } from './report-failure.ts';

const AFTERWARDS =
  'Start the server once with RESTORED="why, and who decided it": the reason becomes an entry of the log, and consultations that were erased ' +
  'since the backup are erased again, if the list of them is there, beside the heads. Then run npm run erase -- --yes.';

async function main(): Promise<void> {
  const { values, positionals } = readArguments({
    options: { key: { type: 'string' }, yes: { type: 'boolean' } },
    allowPositionals: true,
  });
  const config = readConfig(process.env);
  const file = databaseFile(config.dataDir);
  const backup = positionals[0] ?? findNewest(config.backup.folder);
  const began = performance.now();
  const proved = await proveBackup({ backup, keyFile: values.key, workFolder: dirname(file), checkpointFiles: config });
  try {
    for (const line of describeProved(backup, proved)) console.log(line);
    console.log(`It took ${((performance.now() - began) / 1000).toFixed(1)} s.`);
    if (!values.yes)
      return console.log('This was a drill: nothing was changed. To restore it, stop the server and add --yes');
    if (config.databaseUrl !== undefined) {
      await fillPostgres(proved.copy, config.databaseUrl);
      return console.log(`It is in the PostgreSQL database of DATABASE_URL, which was empty.\n${AFTERWARDS}`);
    }
    const kept = replaceDatabase(proved, file, new Date());
    console.log(`It is in service at the next start: ${file}.`);
    if (kept !== undefined)
      console.log(`The database that was there is kept as ${kept}. Delete it when nobody needs it.`);
    console.log(AFTERWARDS);
  } finally {
    removeCopy(proved.copy);
  }
}

function findNewest(folder: string): string {
  const [newest] = listBackups(folder);
  if (newest !== undefined) return newest;
  throw new BackupProblem(
    `There is no backup in ${folder}`,
    'one that npm run backup made',
    'give its file, or set BACKUP_DIR',
  );
}

try {
  await main();
} catch (error) {
  reportFailure(error);
}
