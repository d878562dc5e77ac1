/** Makes a backup in a folder: a checked copy, encrypted where keys are given, described beside it; then removes those that are superseded. */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { backupFile } from '../store/backup.ts';
import { describeCopy } from '../store/copy.ts';
import { createEncrypter, encryptFile } from './encryption.ts';
import { BackupProblem } from './problem.ts';
import { backupName, findSuperseded, instantOf, type Keep } from './rotation.ts';

/** What stands beside a backup, in JSON: enough to know without the key whether it is whole, and where the log ends in it. */
const DESCRIPTION = z.object({
  file: z.string(),
  madeAt: z.iso.datetime(),
  bytes: z.int(),
  sha256: z.string(),
  /** Step of the tables, see `migrations.ts`. */
  schema: z.int(),
  /** The last line of the log. */
  log: z.object({ position: z.int(), hash: z.string() }),
  encrypted: z.boolean(),
});
export type Description = z.infer<typeof DESCRIPTION>;

export interface BackupOptions {
  databaseFile: string;
  folder: string;
  at: Date;
  /** Public keys of age; none: it is not encrypted. */
  recipients: readonly string[];
  keep: Keep;
}

export interface MadeBackup extends Description {
  path: string;
  removed: string[];
}

export async function makeBackup({ databaseFile, folder, at, recipients, keep }: BackupOptions): Promise<MadeBackup> {
  const isEncrypted = recipients.length > 0;
  // Before anything is copied: a mistake in a key costs no time then.
  const encrypter = createEncrypter(recipients);
  makeFolder(folder);
  const path = join(folder, backupName(at, isEncrypted));
  const plain = isEncrypted ? `${path}.plain` : path;
  try {
    await backupFile(databaseFile, plain);
    const { schema, log } = describeCopy(plain);
    if (isEncrypted) await encryptFile(plain, path, encrypter);
    const description: Description = {
      ...(await measure(path)),
      madeAt: at.toISOString(),
      schema,
      log,
      encrypted: isEncrypted,
    };
    writeFileSync(descriptionOf(path), `${JSON.stringify(description, null, 2)}\n`, { mode: 0o600, flush: true });
    return { ...description, path, removed: rotate(folder, keep) };
  } catch (error) {
    for (const file of isEncrypted ? [path, descriptionOf(path)] : [descriptionOf(path)]) rmSync(file, { force: true });
    throw asProblem(error, folder);
  } finally {
    if (isEncrypted) rmSync(plain, { force: true });
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw asProblem(error, folder);
  }
}

function asProblem(error: unknown, folder: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return error;
  return new BackupProblem(
    `No backup was made: ${message}`,
    `a folder ${folder} that this program may write to, with room for the whole database`,
    'free space there or set BACKUP_DIR to another disk; the earlier backups are as they were',
  );
}

const descriptionOf = (path: string) => `${path}.json`;

/** Undefined when there is none beside it. Throws `BackupProblem` when it is no description. */
export function readDescription(path: string): Description | undefined {
  const file = descriptionOf(path);
  if (!existsSync(file)) return undefined;
  try {
    return DESCRIPTION.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new BackupProblem(
      `${file} does not describe a backup`,
      'the file as it was written with the backup',
      'restore it from another copy; or move it away, to use the backup without it',
    );
  }
}

/** The bytes as they are on the disk, read again. */
export async function measure(path: string): Promise<Pick<Description, 'file' | 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return { file: basename(path), bytes: statSync(path).size, sha256: hash.digest('hex') };
}

function rotate(folder: string, keep: Keep): string[] {
  const superseded = findSuperseded(readdirSync(folder), keep);
  for (const name of superseded)
    for (const file of [name, descriptionOf(name)]) rmSync(join(folder, file), { force: true });
  return superseded;
}

/** Paths of those in the folder, the newest first. */
export function listBackups(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => instantOf(name) !== undefined);
  return names
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}
