/**
 * Moves the database in service from SQLite to PostgreSQL, or back. It is checked before, copied with its chain, and
 * checked after.
 */
import { existsSync, rmSync } from 'node:fs';
import type { CheckpointsRead } from '../audit/check-checkpoints.ts';
import { describeFindings } from '../audit/findings.ts';
import type { Checkpoint } from '../audit/line.ts';
import { verifyDatabase } from './audit-lines.ts';
import { leaveAlone } from './copy.ts';
import { copyIn } from './copy-tables.ts';
import { StoreProblem } from './failure.ts';
import { copyInService, verifyInService } from './in-service.ts';

export interface MoveOptions {
  file: string;
  databaseUrl: string;
  heads: CheckpointsRead;
}

export interface MovedLog {
  /** Where the log ends, in both. */
  head: Checkpoint;
  lines: number;
}

/**
 * The server has to be stopped and the PostgreSQL database empty. If it throws `StoreProblem`, the file is as it was.
 */
export async function moveToPostgres({ file, databaseUrl, heads }: MoveOptions): Promise<MovedLog> {
  if (!existsSync(file))
    throw new StoreProblem(`There is no database ${file}`, 'a SQLite database', 'set DATA_DIR as the server has it');
  leaveAlone(file);
  const before = await soundly('before the move', () => verifyDatabase(file, heads));
  await fillPostgres(file, databaseUrl);
  const after = await soundly('in PostgreSQL', () => verifyInService({ file, databaseUrl }, heads));
  return same(before, after);
}

/** Fills an empty PostgreSQL database from a SQLite database: all of it or nothing. */
export async function fillPostgres(file: string, databaseUrl: string): Promise<void> {
  const { inOneTransaction } = await import('./postgres.ts');
  await inOneTransaction(databaseUrl, (session) => copyIn(file, session));
}

/**
 * The servers have to be stopped, and the file must not exist. If it throws `StoreProblem`, the PostgreSQL database is
 * as it was.
 */
export async function moveToSqlite({ file, databaseUrl, heads }: MoveOptions): Promise<MovedLog> {
  if (existsSync(file))
    throw new StoreProblem(
      `There is a database ${file} already. Nothing was changed`,
      'none',
      'put it away, if it is the one from before the move to PostgreSQL',
    );
  const { refuseOthers } = await import('./postgres.ts');
  await refuseOthers(databaseUrl);
  const before = await soundly('before the move', () => verifyInService({ file, databaseUrl }, heads));
  await copyInService({ file, databaseUrl }, file);
  try {
    const after = await soundly('in SQLite', () => verifyDatabase(file, heads));
    return same(before, after);
  } catch (error) {
    for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
    throw error;
  }
}

async function soundly(when: string, check: () => ReturnType<typeof verifyDatabase>): Promise<MovedLog> {
  const { findings, head, lines } = await check();
  const words = describeFindings(findings);
  if (words.length === 0) return { head, lines };
  throw new StoreProblem(
    `The log ${when} is not as it was written:\n${words.join('\n')}`,
    'a log that agrees with its signed heads',
    'find out why before anything is moved; use the database that was in service until then',
  );
}

function same(before: MovedLog, after: MovedLog): MovedLog {
  if (before.head.hash === after.head.hash && before.lines === after.lines) return after;
  throw new StoreProblem(
    `The log ended at line ${before.head.position} before the move, and ends at line ${after.head.position} after it`,
    'the same log in both',
    'stop whatever writes to the database, empty the new one, and move it again',
  );
}
