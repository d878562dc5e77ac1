/** `npm run backup -- [FILE]`: makes and checks a full copy of the database while the server runs. Default: a file in DATA_DIR/backups. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { backupFile } from '../store/backup.ts';
import { databaseFile } from '../store/store.ts';

const { dataDir } = readConfig(process.env);
const folder = join(dataDir, 'backups');
const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
const file = process.argv[2] ?? join(folder, `front-door-${stamp}.sqlite`);

try {
  if (process.argv[2] === undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  await backupFile(databaseFile(dataDir), file);
  console.log(`The backup is in ${file}. It holds personal data: keep it as safe as the database.`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
