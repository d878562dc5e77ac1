/** A copy of the database while it is in use, by SQLite's own online backup: copying the file would miss what is still in the WAL. */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { StoreProblem } from './failure.ts';

/** Leaves a complete, checked copy at `toFile`, or nothing. */
export async function backupFile(fromFile: string, toFile: string): Promise<void> {
  if (!existsSync(fromFile))
    throw new StoreProblem(
      `There is no database ${fromFile}`,
      'the database to copy',
      'set DATA_DIR as the server has it',
    );
  await writeCopy(toFile, fromFile, (partFile) => copy(fromFile, partFile));
}

/**
 * Has the copy written to a temporary file, checks it, and moves it into place: either a complete copy or none. `from`:
 * what is copied, in words for messages.
 */
export async function writeCopy(
  toFile: string,
  from: string,
  write: (partFile: string) => Promise<void>,
): Promise<void> {
  if (existsSync(toFile))
    throw new StoreProblem(
      `${toFile} is there already`,
      'a new file',
      'give another name; a backup is never overwritten',
    );
  const partFile = `${toFile}.part`;
  try {
    rmSync(partFile, { force: true });
    closeSync(openSync(partFile, 'wx', 0o600));
    await write(partFile);
    checkCopy(partFile);
    syncToDisk(partFile);
    renameSync(partFile, toFile);
    syncToDisk(dirname(toFile));
  } catch (error) {
    for (const rest of [partFile, `${partFile}-wal`, `${partFile}-shm`, `${partFile}-journal`])
      rmSync(rest, { force: true });
    throw error instanceof StoreProblem ? error : noBackup(error, from, toFile);
  }
}

function noBackup(error: unknown, from: string, toFile: string): StoreProblem {
  return new StoreProblem(
    `No backup was made: ${(error as Error).message}`,
    `a readable database ${from} and room to write ${toFile}`,
    'look at the free space and the permissions, then try again',
    error,
  );
}

async function copy(fromFile: string, toFile: string): Promise<void> {
  const source = new Sqlite(fromFile, { readonly: true });
  try {
    // Copies the database as it is at this instant. Otherwise SQLite would start the copy again after every write, and
    // of a large database it would never finish.
    source.exec('begin; select 1 from sqlite_schema limit 1');
    await source.backup(toFile);
  } finally {
    source.close();
  }
}

/** Takes the copy out of WAL mode, so that it is one file that can be moved. */
function checkCopy(file: string): void {
  const copied = new Sqlite(file);
  try {
    copied.pragma('journal_mode = DELETE');
    const found = copied.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new Error(`the copy is damaged: ${found}`);
  } finally {
    copied.close();
  }
}

export function syncToDisk(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
