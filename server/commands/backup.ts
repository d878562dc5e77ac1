/**
 * `npm run backup`: a checked copy of the database while the server runs, in BACKUP_DIR, encrypted to BACKUP_RECIPIENTS, described beside it;
 * then removes what BACKUP_KEEP no longer keeps. `npm run backup -- FILE` writes one copy to that file and removes nothing.
 */
import { makeBackup } from '../backup/backup.ts';
import { readConfig } from '../config.ts';
import { copyInService } from '../store/in-service.ts';
import { databaseFile } from '../store/store.ts';

async function main([file]: string[]): Promise<string[]> {
  const { dataDir, databaseUrl, backup } = readConfig(process.env);
  const from = { file: databaseFile(dataDir), databaseUrl };
  const care = 'It holds personal data: keep it as safe as the database.';
  if (file !== undefined) {
    await copyInService(from, file);
    return [`The backup is in ${file}. ${care}`];
  }
  const made = await makeBackup({ database: from, at: new Date(), ...backup });
  return [
    `The backup is in ${made.path}: ${made.bytes} bytes, the log up to line ${made.log.position}.`,
    made.encrypted ? 'It is encrypted: only who has the secret key can read it.' : `It is not encrypted. ${care}`,
    ...made.removed.map((name) => `Removed, as BACKUP_KEEP says: ${name}`),
  ];
}

try {
  console.log((await main(process.argv.slice(2))).join('\n'));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
