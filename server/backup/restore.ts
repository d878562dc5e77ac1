/**
 * Checks a backup: that it is complete, can be decrypted, belongs to this version, and that its log and flows are as
 * they were written. Also says what was written after it. Only then may it replace the database.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CheckpointsRead } from '../audit/check-checkpoints.ts';
import { describeFindings, type FindingKind } from '../audit/findings.ts';
import { readCheckpoint, type SignedCheckpoint } from '../audit/signed-checkpoint.ts';
import { verifyDatabase } from '../store/audit-lines.ts';
import { type CheckpointFiles, readHeadsOf } from '../store/checkpoints.ts';
import { type CopyDescribed, describeCopy, putInPlace } from '../store/copy.ts';
import { applyIncrement, finishCopy } from '../store/increment.ts';
import { type Description, findByHash, measure, readDescription } from './backup.ts';
import { decryptFile } from './encryption.ts';
import { BackupProblem, isOfTheDisk } from './problem.ts';
import { isIncrement } from './rotation.ts';

export interface RestoreOptions {
  backup: string;
  /** The secret key, needed for an encrypted backup. */
  keyFile?: string | undefined;
  /** Where the copy is opened and checked. To replace the database, it has to be on the same disk. */
  workFolder: string;
  checkpointFiles: CheckpointFiles;
}

export interface Proved {
  /** The checked copy, to be put in place or removed. */
  copy: string;
  described: CopyDescribed;
  /**
   * What was written to the log after the backup, according to the signed checkpoints; undefined if there are none to
   * compare with.
   */
  lost?: { lines: number; until: string };
  /** The backup has no description, so its bytes could not be compared. */
  isUndescribed: boolean;
}

/** Throws `BackupProblem` or `StoreProblem`, and then leaves no copy behind. */
export async function proveBackup({ backup, keyFile, workFolder, checkpointFiles }: RestoreOptions): Promise<Proved> {
  const isUndescribed = await checkBytes(backup);
  const copy = join(workFolder, `${basename(backup).replace(/\.age$/, '')}.${process.pid}.restoring`);
  try {
    mkdirSync(workFolder, { recursive: true, mode: 0o700 });
    const increments = await openChain(backup, copy, keyFile);
    const described = describeCopy(copy);
    refuseOtherEnd(backup, described);
    finishCopy(copy, increments > 0);
    const lost = await checkLog(copy, described, readHeadsOf(checkpointFiles));
    return { copy, described, isUndescribed, ...(lost !== undefined && { lost }) };
  } catch (error) {
    removeCopy(copy);
    if (!isOfTheDisk(error)) throw error;
    throw new BackupProblem(
      `${backup} cannot be opened for the check: ${error.message}`,
      `a backup that can be read, and a folder ${workFolder} with room for a copy of it`,
      'free space there; the backup and the database are as they were',
    );
  }
}

/** Returns true if there is no description to compare it with. */
async function checkBytes(backup: string): Promise<boolean> {
  if (!existsSync(backup))
    throw new BackupProblem(`There is no backup ${backup}`, 'a file that npm run backup wrote', 'look into BACKUP_DIR');
  const description = readDescription(backup);
  if (description === undefined) return true;
  const { bytes, sha256 } = await measure(backup);
  if (bytes === description.bytes && sha256 === description.sha256) return false;
  throw new BackupProblem(
    `${backup} is not as it was written: it has ${bytes} bytes, and its hash is ${sha256.slice(0, 16)}…`,
    `${description.bytes} bytes with the hash ${description.sha256.slice(0, 16)}…`,
    'take another backup, and find out who could write to this one',
  );
}

/**
 * The full backup, and each increment up to the one to be restored, the oldest first. Throws if one of them is missing.
 */
function chainOf(backup: string): { path: string; description?: Description | undefined }[] {
  const chain = [{ path: backup, description: readDescription(backup) }];
  for (;;) {
    const [{ path, description } = { path: backup, description: undefined }] = chain;
    const increment = description?.increment;
    if (increment === undefined) return refuseAlone(chain);
    const before = findByHash(dirname(path), increment.after);
    if (before === undefined)
      throw new BackupProblem(
        `${path} is increment ${increment.number}, and the backup before it is not beside it`,
        `a file whose description has the hash ${increment.after.slice(0, 16)}…`,
        'fetch it from where copies of the backups are, or take an earlier increment',
      );
    chain.unshift({ path: join(dirname(path), before.file), description: before });
  }
}

/** Without its description, it is unknown which backup an increment follows. */
function refuseAlone<Chain extends readonly { path: string }[]>(chain: Chain): Chain {
  const [first] = chain;
  if (first === undefined || !isIncrement(basename(first.path))) return chain;
  throw new BackupProblem(
    `${first.path} is an increment, and its description is not beside it`,
    `${first.path}.json, as it was written with it`,
    'fetch it from where copies of the backups are, or take an earlier increment',
  );
}

/**
 * Opens the whole chain at `copy`: the database as it was when the last of them was made. Returns the number of
 * increments.
 */
async function openChain(backup: string, copy: string, keyFile: string | undefined): Promise<number> {
  const chain = chainOf(backup);
  const [whole, ...increments] = chain;
  for (const { path } of chain) if (path !== backup) await checkBytes(path);
  await openBackup(whole?.path ?? backup, copy, keyFile);
  const opened = `${copy}-increment`;
  for (const { path } of increments) {
    try {
      await openBackup(path, opened, keyFile);
      applyIncrement(copy, opened);
    } finally {
      rmSync(opened, { force: true });
    }
  }
  return increments.length;
}

async function openBackup(backup: string, copy: string, keyFile: string | undefined): Promise<void> {
  if (!backup.endsWith('.age')) return copyFile(backup, copy);
  if (keyFile === undefined)
    throw new BackupProblem(
      `${backup} is encrypted`,
      'the secret key that belongs to it',
      'give its file: -- --key FILE; the key is kept away from the server',
    );
  return decryptFile(backup, copy, keyFile);
}

/** The log has to end where it ended when the last increment was made. */
function refuseOtherEnd(backup: string, { log }: CopyDescribed): void {
  const due = readDescription(backup)?.log;
  if (due === undefined || (due.position === log.position && due.hash === log.hash)) return;
  throw new BackupProblem(
    `${backup} with what goes before it ends at line ${log.position} of the log`,
    `line ${due.position}, as its description says`,
    'take an earlier backup, and keep this one for whoever looks into it',
  );
}

const OF_HEADS: readonly FindingKind[] = ['no heads', 'no key', 'heads missing'];

async function checkLog(copy: string, { log }: CopyDescribed, heads: CheckpointsRead): Promise<Proved['lost']> {
  const signed = (heads.lines ?? []).flatMap((line) => readCheckpoint(line) ?? []);
  const within = (heads.lines ?? []).filter((line) => (readCheckpoint(line)?.position ?? 0) <= log.position);
  // The copy does not contain what was counted since it was made.
  const { findings } = await verifyDatabase(copy, {
    ...heads,
    lines: heads.lines === undefined ? undefined : within,
    tallyMark: undefined,
  });
  // Without checkpoints, the end of the log cannot be compared with anything. That is reported, but is not a fault of
  // the backup.
  const expected: readonly FindingKind[] =
    heads.lines === undefined ? OF_HEADS : isBeforeFirst(signed, within) ? ['no heads'] : [];
  const words = describeFindings({
    ...findings,
    list: () => findings.list().filter(({ kind }) => !expected.includes(kind)),
  });
  if (words.length > 0)
    throw new BackupProblem(
      `The log in the backup is not as it was written.\n${words.join('\n')}`,
      'a log that agrees with its signed heads',
      'take an earlier backup, and keep this one for whoever looks into it',
    );
  return measureLoss(signed, log.position);
}

/**
 * Whether the backup was made in the first seconds of the database: then the very first checkpoint, which has no
 * predecessor, was signed later.
 */
function isBeforeFirst([first]: readonly SignedCheckpoint[], within: readonly string[]): boolean {
  return within.length === 0 && first !== undefined && (first.before ?? '') === '';
}

function measureLoss(signed: readonly SignedCheckpoint[], position: number): Proved['lost'] {
  const newest = signed.at(-1);
  if (newest === undefined) return undefined;
  return { lines: Math.max(0, newest.position - position), until: newest.at };
}

export function removeCopy(copy: string): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(copy + ending, { force: true });
}

/** Returns where the replaced database is kept; undefined if there was none. */
export function replaceDatabase({ copy }: Proved, databaseFile: string, at: Date): string | undefined {
  return putInPlace(copy, databaseFile, at);
}

/** What the operator is told about the backup, as sentences. */
export function describeProved(backup: string, { described, lost, isUndescribed }: Proved): string[] {
  const { consultations, log, lastAt } = described;
  return [
    `${backup} is whole: ${consultations} consultations, ${log.position} lines of the log, the last entry ${lastAt ?? 'none'}.`,
    'Its log, its accounts and its flows are as they were written.',
    ...(isUndescribed ? ['No description stands beside it, so its bytes could not be compared.'] : []),
    lost === undefined
      ? 'There are no signed heads to say what was written after it. Give the file of heads, AUDIT_HEADS, as the server had it.'
      : lost.lines === 0
        ? 'Nothing that was signed was written after it.'
        : `${lost.lines} lines of the log were written after it, until ${lost.until}: they are lost with it. Tell the desks which hours.`,
  ];
}
