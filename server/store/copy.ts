/** A copy of the database that is not in service: describing it, and putting it in the place of the database. */
import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Checkpoint } from '../audit/line.ts';
import { syncToDisk } from './backup.ts';
import { StoreProblem } from './failure.ts';
import { NEWEST } from './migrations.ts';

export interface CopyDescribed {
  /** Number of the newest migration. */
  schema: number;
  /** Last line of the log; position 0 if nothing was written yet. */
  log: Checkpoint;
  /** When the last entry was written; undefined if there is none. */
  lastAt?: string;
  consultations: number;
}

interface Describing {
  /** Every page of it was checked just before. */
  isChecked?: boolean;
}

/** Throws `StoreProblem` if the file is damaged, is not a database of this product, or is newer than this program. */
export function describeCopy(file: string, { isChecked = false }: Describing = {}): CopyDescribed {
  const connection = openCopy(file);
  try {
    if (!isChecked) checkWhole(connection);
    const schema = readSchema(connection, file);
    const line = connection.prepare('select position, hash from chain order by position desc limit 1').get();
    const log = (line as Checkpoint | undefined) ?? { position: 0, hash: '' };
    const lastAt = connection.prepare('select max(at) from entries').pluck().get() as string | null;
    const consultations = connection.prepare('select count(*) from consultations').pluck().get() as number;
    return { schema, log, consultations, ...(lastAt !== null && { lastAt }) };
  } finally {
    connection.close();
  }
}

function openCopy(file: string): Sqlite.Database {
  try {
    return new Sqlite(file, { readonly: true, fileMustExist: true });
  } catch (error) {
    throw damaged(file, error);
  }
}

function checkWhole(connection: Sqlite.Database): void {
  try {
    const found = connection.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new Error(String(found));
  } catch (error) {
    throw damaged(connection.name, error);
  }
}

function damaged(file: string, error: unknown): StoreProblem {
  return new StoreProblem(
    `${file} is damaged, or is no database: ${(error as Error).message}`,
    'a backup as it was written',
    'take another backup',
    error,
  );
}

function readSchema(connection: Sqlite.Database, file: string): number {
  const tables = connection.prepare("select name from sqlite_schema where name in ('migrations', 'chain')").all();
  if (tables.length < 2)
    throw new StoreProblem(`${file} is a database of something else`, 'a backup of Front Door', 'give another file');
  const schema = Number(connection.prepare('select max(number) from migrations').pluck().get() ?? 0);
  if (schema > NEWEST)
    throw new StoreProblem(
      `${file} was made by a newer Front Door: its tables are at step ${schema}`,
      `step ${NEWEST} or earlier`,
      'restore it with that newer version',
    );
  return schema;
}

/**
 * Puts the copy in the place of the database, which is renamed and kept beside it. Returns the new name; undefined if
 * there was no database. Throws `StoreProblem` if a server is using the database.
 */
export function putInPlace(copy: string, file: string, at: Date): string | undefined {
  const kept = `${file}.replaced-${at.toISOString().slice(0, 19).replaceAll(':', '-')}`;
  const isThere = existsSync(file);
  if (isThere) {
    leaveAlone(file);
    for (const ending of ['', '-wal', '-shm']) if (existsSync(file + ending)) renameSync(file + ending, kept + ending);
  }
  renameSync(copy, file);
  syncToDisk(dirname(file));
  return isThere ? kept : undefined;
}

/** SQLite grants an exclusive lock only if nobody else has the database open. */
export function leaveAlone(file: string): void {
  let connection: Sqlite.Database | undefined;
  try {
    connection = new Sqlite(file, { timeout: 0 });
    connection.pragma('locking_mode = EXCLUSIVE');
    connection.exec('begin exclusive; rollback');
  } catch (error) {
    if (!(error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return;
    throw new StoreProblem(
      `A program has the database ${file} open. Nothing was changed`,
      'a server that is stopped',
      'stop the server, then try again',
      error,
    );
  } finally {
    connection?.close();
  }
}
