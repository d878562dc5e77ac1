/**
 * Runs before a database goes into service, to make sure that it is the one whose newest checkpoint was signed. A
 * database that is shorter, older or a different one is refused unless the operator says why it was restored. The
 * reason becomes an entry, and `npm run verify` takes into account what the restore left behind.
 */
import { readFileSync, statSync } from 'node:fs';
import { sql } from 'kysely';
import type { Checkpoint } from '../audit/line.ts';
import { readMacs } from '../audit/mac.ts';
import { isSigned, type SignedCheckpoint } from '../audit/signed-checkpoint.ts';
import { type AccessLog, START_OF_SERVER } from './access-log.ts';
import { type CheckpointFiles, findForeign, readKeys, readLastHead, readLastHeads } from './checkpoints.ts';
import type { Engine } from './engine.ts';
import { StoreProblem, StoreUnavailable } from './failure.ts';
import { type Differing, findNewestHead, findOtherKey } from './other-key.ts';
import { describeFewer, type RowSums, readChanges, readNoted } from './row-sums.ts';
import { parseTallyMark, readTallyMarkFile } from './tally-mark.ts';

interface Start {
  engine: Engine;
  accessLog: AccessLog;
  rowSums: Pick<RowSums, 'findDiffering'>;
  files: CheckpointFiles;
  /** Why the database may be older than its checkpoints; undefined if no backup was restored. */
  restored: string | undefined;
}

/**
 * Throws `StoreProblem` if there is no database where the settings say, and heads of one were signed: it is somewhere
 * else, or lost. Runs before anything is made, because an empty database in its place would be backed up as if it were
 * the real one, and no restore could take that place.
 */
export async function refuseLost(
  { headsFile }: Pick<CheckpointFiles, 'headsFile'>,
  { place, isSqlite }: { place: string; isSqlite: boolean },
  isEmpty: () => Promise<boolean> | boolean,
): Promise<void> {
  // Read before the database: another server may be making the tables and signing its first head.
  const head = readLastHead(headsFile);
  if (head === undefined || !(await isEmpty())) return;
  const elsewhere = isSqlite
    ? 'if the database is in PostgreSQL, give DATABASE_URL; if it is in another folder, give DATA_DIR'
    : 'give the DATABASE_URL of the database that was in service, or take DATABASE_URL away if that is SQLite';
  throw new StoreProblem(
    `${isSqlite ? `There is no database ${place}` : `${place} is empty`}, and heads of a database were signed up to line ${head.position} in ${headsFile}. Nothing was made`,
    'the database whose heads these are',
    `${elsewhere}; if it is lost, run npm run restore -- --yes; if this is to be a new one, put the file of heads and the keys away`,
  );
}

export function isEmptyFile(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0;
}

/** Whether a PostgreSQL database has no tables of ours yet. */
export async function hasNoTables({ read }: Pick<Engine, 'read'>): Promise<boolean> {
  const { rows } = await read((db) =>
    sql<{ made: boolean }>`select to_regclass('migrations') is not null as made`.execute(db),
  );
  return rows[0]?.made !== true;
}

/**
 * Throws `StoreProblem` if the database is not the one that was in service and no reason is given. Returns whether it
 * is a different one that was accepted for a reason.
 */
export async function checkStart({ engine, accessLog, rowSums, files, restored }: Start): Promise<boolean> {
  const differing = await describeHeads(engine, files);
  if (restored === undefined) {
    if (differing !== undefined) throw refused(differing);
    return false;
  }
  const found = differing?.found ?? (await describeDiffering(rowSums));
  if (found === undefined) return false;
  const head = readLastHead(files.headsFile);
  if (await wasSaid(engine, restored))
    throw new StoreProblem(
      `${found}. The reason in RESTORED was given for an earlier restore already`,
      'a reason for this one',
      'give the new reason, or take RESTORED away if nothing was restored',
    );
  const body = { reason: restored, head: head === undefined ? null : { position: head.position, hash: head.hash } };
  await accessLog.add({ who: START_OF_SERVER, area: '', what: 'restore', body });
  return true;
}

const OTHER_MACHINE =
  'if this is another machine, let it have the keys and heads of the first (see "Several machines" in docs/operate.md)';

function refused({ found, expected, todo }: Partial<Differing> & Pick<Differing, 'found'>): StoreProblem {
  if (expected !== undefined && todo !== undefined)
    return new StoreProblem(
      found,
      expected,
      `${todo}; ${OTHER_MACHINE}; if the right key is lost for good, start once with RESTORED="why, and who decided it": sessions, return codes and invitations end then`,
    );
  return new StoreProblem(
    found,
    'the database and the file of heads as they were when the server stopped',
    `if you restored a backup, start once with RESTORED="why, and who decided it" (see the README, "The log"); ${OTHER_MACHINE}; ` +
      'if not, keep both files as they are, look for who could write to them, and restore the newest backup',
  );
}

/**
 * Throws `StoreProblem` if the database was written with another key of the audit. Runs before the tables are brought up
 * to date, since that marks rows with the key; `describeHeads` looks again afterwards.
 */
export async function refuseOtherKeyAtStart(engine: Engine, files: CheckpointFiles): Promise<void> {
  const differing = await findOther(engine, files).catch((error) => {
    // A new database has no tables yet, and an older one may have no marks or heads.
    if (error instanceof StoreUnavailable) throw error;
    return undefined;
  });
  if (differing !== undefined) throw refused(differing);
}

function findOther({ read }: Engine, files: CheckpointFiles): Promise<Differing | undefined> {
  const given = { ...readKeys(files.keyFile), heads: readLastHeads(files.headsFile), files };
  return read((db) => findOtherKey(db, { key: undefined, macs: undefined, ...given }));
}

/** This reads all the rows, so it runs only at a start with a reason, which then covers these differences as well. */
async function describeDiffering({ findDiffering }: Pick<RowSums, 'findDiffering'>): Promise<string | undefined> {
  const tables = await findDiffering();
  return tables.length === 0 ? undefined : `Rows of ${tables.join(', ')} are not those that were written last`;
}

/** How the database and the signed checkpoints differ; undefined if they belong together. */
export async function describeHeads(
  engine: Engine,
  files: CheckpointFiles,
): Promise<(Partial<Differing> & Pick<Differing, 'found'>) | undefined> {
  const other = await findOther(engine, files);
  const found = other === undefined ? await describeOwn(engine, files) : undefined;
  return other ?? (found === undefined ? undefined : { found });
}

/** The same, where the key is the one of the database. */
async function describeOwn(engine: Engine, files: CheckpointFiles): Promise<string | undefined> {
  const { headsFile, keyFile } = files;
  const head = readLastHead(headsFile);
  const { key } = readKeys(keyFile);
  if (head !== undefined && (key === undefined || !isSigned(head, key)))
    return `The newest head in ${headsFile} was not signed with the key ${keyFile}`;
  return (
    (await describeChain(engine, head, headsFile)) ??
    (await describeFile(engine, headsFile)) ??
    (await describeForeign(engine, head, keyFile)) ??
    (await describeRows(engine, files))
  );
}

/** Lines that were written since the newest checkpoint without our key. */
async function describeForeign({ read }: Engine, head: SignedCheckpoint | undefined, keyFile: string) {
  if (head?.macFrom === undefined) return undefined;
  const mac = readMacs(readFileSync(keyFile))?.line;
  const foreign = mac && (await read((db) => findForeign(db, Math.max(head.position, head.macFrom ?? 0), mac)));
  return foreign === undefined
    ? undefined
    : `Line ${foreign} of the log was put there by a program that does not have the key ${keyFile}`;
}

async function describeChain({ read }: Engine, head: Checkpoint | undefined, headsFile: string) {
  if (head === undefined) return undefined;
  const line = await read((db) =>
    db.selectFrom('chain').select('hash').where('position', '=', head.position).executeTakeFirst(),
  );
  if (line?.hash === head.hash) return undefined;
  return line === undefined
    ? `The database ends before line ${head.position} of the log, for which there is a signed head in ${headsFile}: it was cut off, or is an older copy`
    : `Line ${head.position} of the log is not the one that was signed in ${headsFile}: the log was rewritten, or is another one`;
}

/** The file must contain the newest checkpoint that the database knows of, or a later one. */
async function describeFile({ read }: Engine, headsFile: string) {
  const known = await read(findNewestHead);
  // Read after the database, because another server may be signing: a checkpoint is in the file before it is in the
  // database.
  const head = readLastHead(headsFile);
  if (known === undefined || known.position <= (head?.position ?? 0)) return undefined;
  return head === undefined
    ? `The file of heads ${headsFile} is empty or not there, and heads were signed up to line ${known.position}`
    : `The file of heads ${headsFile} ends at line ${head.position}, and heads were signed up to line ${known.position}: it is an older copy`;
}

/**
 * Compares how often rows were changed with the log, and with the file that is kept beside the checkpoints. It does not
 * read the rows themselves.
 */
async function describeRows({ read }: Engine, { headsFile, keyFile }: CheckpointFiles) {
  const mac = readMacs(readFileSync(keyFile))?.tally;
  const mark = readTallyMarkFile(headsFile);
  const marked = mac && mark !== null ? (parseTallyMark(mark, mac)?.changes ?? {}) : {};
  const changes = await read(readChanges);
  const fewer = describeFewer(marked, changes) ?? describeFewer(await read(readNoted), changes);
  return fewer === undefined ? undefined : `Rows of the database were put back to an earlier state: ${fewer}`;
}

async function wasSaid({ read }: Engine, reason: string): Promise<boolean> {
  const rows = await read((db) =>
    db.selectFrom('looks').select('body').where('what', '=', sql.lit('restore')).execute(),
  );
  return rows.some(({ body }) => JSON.parse(body).reason === reason);
}
