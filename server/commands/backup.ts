/**
 * `npm run backup`: makes a checked copy of the database while the server runs, in BACKUP_DIR, encrypted to
 * BACKUP_RECIPIENTS, with a description beside it; then removes what BACKUP_KEEP no longer keeps. `npm run backup --
 * --increment`: copies only what was written, changed or erased since the last backup. `npm run backup -- FILE` writes
 * one copy to that file and removes nothing.
 */
import { makeBackup, makeIncrement } from '../backup/backup.ts';
import { readConfig } from '../config.ts';
import { readLastHead } from '../store/checkpoints.ts';
import { copyInService } from '../store/in-service.ts';
import { databaseFile } from '../store/store.ts';
import { readArguments } from './read-arguments.ts';
import { reportFailure } from './report-failure.ts';

async function main(): Promise<string[]> {
  const { values, positionals } = readArguments({
    options: { increment: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [file] = positionals;
  const { dataDir, databaseUrl, headsFile, backup } = readConfig(process.env);
  const from = { file: databaseFile(dataDir), databaseUrl };
  const care = 'It holds personal data: keep it as safe as the database.';
  if (file !== undefined) {
    await copyInService(from, file);
    return [`The backup is in ${file}. ${care}`];
  }
  const make = values.increment ? makeIncrement : makeBackup;
  const signed = readLastHead(headsFile);
  const made = await make({ database: from, at: new Date(), ...backup, signed });
  return [
    `The backup is in ${made.path}: ${made.bytes} bytes, the log up to line ${made.log.position}.`,
    ...(values.increment ? [describeIncrement(made)] : []),
    made.encrypted ? 'It is encrypted: only who has the secret key can read it.' : `It is not encrypted. ${care}`,
    ...made.removed.map((name) => `Removed, as BACKUP_KEEP says: ${name}`),
  ];
}

function describeIncrement({ increment }: Awaited<ReturnType<typeof makeIncrement>>): string {
  if (increment === undefined)
    return 'It is a whole one, since there was none to go on from; the next ones go on from it.';
  return `It is increment ${increment.number} since the last whole one: keep all of these together, a restore needs each of them.`;
}

try {
  console.log((await main()).join('\n'));
} catch (error) {
  reportFailure(error);
}
