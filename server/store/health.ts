/** The health of the database, for operators. */
import { dirname } from 'node:path';
import { describeHeads } from './check-start.ts';
import type { CheckpointFiles } from './checkpoints.ts';
import type { Engine } from './engine.ts';
import { StoreUnavailable } from './failure.ts';
import { freeBytes } from './levels.ts';

export interface Health {
  reads: boolean;
  /** False if data can be read but not saved. */
  writes: boolean;
  /** False if the log does not match its newest signed checkpoint, or the checkpoints cannot be read. */
  log: boolean;
  /** False if there is so little space that saving will soon fail. */
  space: boolean;
  /** What is wrong. */
  problem?: string;
}

/** A few hours of a busy desk, so that somebody can act before saving fails. */
const LEAST_FREE_BYTES = 100 * 1024 * 1024;

interface HealthParts {
  file: string;
  files: CheckpointFiles;
  now: () => string;
}

/** Reads something, and writes something. */
export async function checkHealth(engine: Engine, { file, files, now }: HealthParts): Promise<Health> {
  const reading = await problemOf(() => engine.read((db) => db.selectFrom('migrations').select('number').execute()));
  if (reading !== undefined) return { reads: false, writes: false, log: false, space: true, problem: reading };
  const writing = await problemOf(() => writePulse(engine, now()));
  const differing = await describeLog(engine, files);
  const free = freeBytes(dirname(file));
  const space = free >= LEAST_FREE_BYTES;
  const full = space ? undefined : `Only ${Math.round(free / 1024 / 1024)} MB are free where ${file} stands`;
  const problem = writing ?? differing ?? full;
  return {
    reads: true,
    writes: writing === undefined,
    log: differing === undefined,
    space,
    ...(problem !== undefined && { problem }),
  };
}

/** Files that cannot be read count as a problem of the log, too. */
async function describeLog(engine: Engine, files: CheckpointFiles): Promise<string | undefined> {
  try {
    return (await describeHeads(engine, files))?.found;
  } catch (error) {
    return (error as Error).message;
  }
}

async function problemOf(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof StoreUnavailable) return error.message;
    throw error;
  }
}

function writePulse({ write }: Engine, at: string): Promise<unknown> {
  return write((db) =>
    db
      .insertInto('pulse')
      .values({ id: 1, at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ at }))
      .execute(),
  );
}
