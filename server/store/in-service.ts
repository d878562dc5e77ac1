/** What other programs do with the database in service while a server uses it, whether it is SQLite or PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { CheckpointsRead } from '../audit/check-checkpoints.ts';
import type { Checkpoint } from '../audit/line.ts';
import type { Verified } from '../audit/verify.ts';
import { verifyDatabase } from './audit-lines.ts';
import { backupFile } from './backup.ts';
import { hasNoTables, isEmptyFile, refuseLost } from './check-start.ts';
import type { Engine } from './engine.ts';
import { StoreProblem, StoreUnavailable } from './failure.ts';
import { refuseOtherKey } from './other-key.ts';
import { readVersion, refuseOtherVersion } from './other-version.ts';
import { checkPeopleKey } from './people-key.ts';
import type { Database, Tables } from './tables.ts';

export interface InService {
  /** The SQLite database. With PostgreSQL, its folder holds the keys and, for a while, copies. */
  file: string;
  databaseUrl?: string | undefined;
}

/** A PostgreSQL database is assumed to exist; a SQLite file exists after the first start. */
export function isThere({ file, databaseUrl }: InService): boolean {
  return databaseUrl !== undefined || existsSync(file);
}

/**
 * Throws `StoreProblem` if there is no database, or one without tables: where no head was signed, that is how each
 * begins; otherwise it is lost, or somewhere else. A command that went on would make one, or report that all is well.
 */
export async function refuseNothing(
  { file, databaseUrl }: InService,
  { headsFile }: { headsFile: string },
  work: 'check' | 'erase',
): Promise<void> {
  const isSqlite = databaseUrl === undefined;
  if (!(isSqlite ? isEmptyFile(file) : await isEmptyServer(databaseUrl))) return;
  const place = isSqlite ? resolve(file) : (await import('./postgres.ts')).placeOf(databaseUrl);
  await refuseLost({ headsFile }, { place, isSqlite }, () => true);
  const elsewhere = isSqlite
    ? 'if the database is in PostgreSQL, give its address in DATABASE_URL, which is not set; if it is in another folder, give DATA_DIR'
    : 'if it is another database, give its address in DATABASE_URL';
  throw new StoreProblem(
    `There is nothing to ${work} yet: ${isSqlite ? `there is no database ${place}` : `${place} is empty`}, and no head was signed in ${resolve(headsFile)}`,
    'a database that a server has had in service',
    `start the server, which makes what is missing; ${elsewhere}`,
  );
}

async function isEmptyServer(databaseUrl: string): Promise<boolean> {
  const { readFromPostgres } = await import('./postgres.ts');
  return hasNoTables({ read: (query) => readFromPostgres(databaseUrl, query) });
}

/** Makes a checked copy in a new SQLite file; the server can keep running. Throws `StoreProblem`. */
export async function copyInService({ file, databaseUrl }: InService, toFile: string): Promise<void> {
  if (databaseUrl === undefined) return backupFile(file, toFile);
  const { copyFromPostgres } = await import('./postgres.ts');
  await copyFromPostgres(databaseUrl, toFile);
}

/** What an open PostgreSQL database contains; undefined if it has no tables yet. */
export async function describeDatabase({ read, size }: Pick<Engine, 'read' | 'size'>) {
  if (await hasNoTables({ read })) return undefined;
  return read(async (db) => {
    const { schema } = await db
      .selectFrom('migrations')
      .select(({ fn }) => fn.max('number').as('schema'))
      .executeTakeFirstOrThrow();
    const { lastAt } = await db
      .selectFrom('entries')
      .select(({ fn }) => fn.max('at').as('lastAt'))
      .executeTakeFirstOrThrow();
    const { consultations } = await db
      .selectFrom('consultations')
      .select(({ fn }) => fn.countAll<number>().as('consultations'))
      .executeTakeFirstOrThrow();
    return {
      schema: Number(schema),
      lastAt: lastAt ?? undefined,
      consultations: Number(consultations),
      bytes: await size(),
    };
  });
}

/**
 * Checks the database in service. Of PostgreSQL it reads a copy of one instant, and the triggers of the database
 * itself. With `since` the copy holds only what such a check reads.
 */
export async function verifyInService(
  { file, databaseUrl }: InService,
  heads: CheckpointsRead,
  since?: Checkpoint,
): Promise<Verified> {
  if (databaseUrl === undefined) return verifyDatabase(file, heads, since);
  refuseWithoutFolder(dirname(file));
  const { readFromPostgres } = await import('./postgres.ts');
  // Copying what is to be checked takes minutes, and with another key or version it would be for nothing.
  await readFromPostgres(databaseUrl, async (db) => {
    refuseOtherVersion(await readVersion(db));
    await refuseOtherKey(db, heads);
  });
  removeLeftovers(dirname(file));
  const copy = join(dirname(file), `verify-${randomUUID()}.sqlite`);
  try {
    const peaks = await makeCopy(databaseUrl, copy, since);
    const verified = await verifyDatabase(copy, heads, since, peaks);
    const { checkPostgresTriggers, checkPostgresWords } = await import('./postgres-triggers.ts');
    await checkPostgresTriggers(databaseUrl, verified.findings);
    if (since === undefined) await checkPostgresWords(databaseUrl, verified.findings);
    return verified;
  } finally {
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(copy + ending, { force: true });
  }
}

function refuseWithoutFolder(folder: string): void {
  if (existsSync(folder)) return;
  throw new StoreProblem(
    `There is no folder ${resolve(folder)}`,
    'DATA_DIR as the server has it: the key of the audit and the heads are kept in it, and a copy while it is checked',
    'give DATA_DIR',
  );
}

/**
 * The key of people that does not belong to the database in service, in words: it is no part of the log, and what it
 * sealed cannot be read without it. Undefined if all is well.
 */
export async function describePeopleKey({ file, databaseUrl }: InService): Promise<string | undefined> {
  const check = (db: Database) => checkPeopleKey(db, dirname(file));
  try {
    if (databaseUrl === undefined) await readSqlite(file, check);
    else await (await import('./postgres.ts')).readFromPostgres(databaseUrl, check);
    return undefined;
  } catch (error) {
    if (error instanceof StoreProblem) return error.message;
    throw error;
  }
}

async function readSqlite<Result>(file: string, work: (db: Database) => Promise<Result>): Promise<Result> {
  const connection = new Sqlite(file, { readonly: true });
  try {
    return await work(new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) }));
  } finally {
    connection.close();
  }
}

/** What a check that was killed has left, such as `verify-….sqlite-journal`: it can hold what was erased since. */
const LEFTOVER = /^verify-[\w-]+\.sqlite(-wal|-shm|-journal)?$/;
/** Longer than any check takes, so that one that is running is left alone. */
const LEFT_AFTER_MS = 6 * 3_600_000;

function removeLeftovers(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((each) => LEFTOVER.test(each))) {
    const left = join(folder, name);
    if (Date.now() - (statSync(left, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > LEFT_AFTER_MS)
      rmSync(left, { force: true });
  }
}

async function makeCopy(databaseUrl: string, copy: string, since?: Checkpoint): Promise<Buffer[] | undefined> {
  try {
    closeSync(openSync(copy, 'wx', 0o600));
    const { copyForCheck } = await import('./postgres.ts');
    return await copyForCheck(databaseUrl, copy, since);
  } catch (error) {
    if (error instanceof StoreProblem || error instanceof StoreUnavailable) throw error;
    throw new StoreProblem(
      `What is to be checked cannot be copied out of PostgreSQL: ${(error as Error).message}`,
      `tables that hold what this version writes, and room to write ${copy}`,
      'look at the free space and the permissions; where rows do not fit into the tables, find out who could write to the database',
      error,
    );
  }
}
