/**
 * `npm run move -- postgres`: moves the SQLite database of DATA_DIR into the empty PostgreSQL database of DATABASE_URL.
 * `npm run move -- sqlite` moves it back. The server has to be stopped. The log is checked on both sides; the database
 * that it is moved from does not change.
 */
import { readConfig } from '../config.ts';
import { readHeadsOf } from '../store/checkpoints.ts';
import { moveToPostgres, moveToSqlite } from '../store/move.ts';
import { databaseFile } from '../store/store.ts';
import { reportFailure } from './report-failure.ts';

const USAGE = 'Say where to: "npm run move -- postgres", or "npm run move -- sqlite" to move it back';

async function main([to, ...more]: string[]): Promise<string[]> {
  // An option that this command does not have, such as --dry-run, must not be taken for a plain move.
  if ((to !== 'postgres' && to !== 'sqlite') || more.length > 0) throw new Error(USAGE);
  const config = readConfig(process.env);
  const { databaseUrl } = config;
  if (databaseUrl === undefined)
    throw new Error('DATABASE_URL is missing: it says where the PostgreSQL database is, for both ways');
  const file = databaseFile(config.dataDir);
  const began = performance.now();
  const move = to === 'postgres' ? moveToPostgres : moveToSqlite;
  const { head, lines } = await move({ file, databaseUrl, heads: readHeadsOf(config) });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  return [
    `The database is moved, ${lines} lines of the log, in ${seconds} s. The log is as it was written on both sides, and ends at ${head.position}:${head.hash.slice(0, 16)}.`,
    to === 'postgres'
      ? `Start the servers with DATABASE_URL. Put ${file} away as a backup: no server may write to it any more.`
      : 'Start the server without DATABASE_URL. Keep the PostgreSQL database as a backup: no server may write to it any more.',
  ];
}

try {
  console.log((await main(process.argv.slice(2))).join('\n'));
} catch (error) {
  reportFailure(error);
}
