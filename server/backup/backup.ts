/**
 * Makes a backup in a folder: a checked copy, encrypted if there are keys, with a description beside it. Then removes
 * superseded backups.
 */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { Encrypter } from 'age-encryption';
import * as z from 'zod';
import type { Checkpoint } from '../audit/line.ts';
import { backingUp, type WrittenBackup } from '../store/backing-up.ts';
import type { InService } from '../store/in-service.ts';
import { createEncrypter, encryptFile } from './encryption.ts';
import { BackupProblem, isOfTheDisk } from './problem.ts';
import { backupName, findSuperseded, incrementName, instantOf, type KeepCounts } from './rotation.ts';

/**
 * The description beside a backup, in JSON. It tells, without the key, whether the backup is complete and where the log
 * ends in it.
 */
const DESCRIPTION = z.object({
  file: z.string(),
  madeAt: z.iso.datetime(),
  bytes: z.int(),
  sha256: z.string(),
  /** Number of the newest migration, see `migrations.ts`. */
  schema: z.int(),
  /** The last line of the log. */
  log: z.object({ position: z.int(), hash: z.string() }),
  encrypted: z.boolean(),
  /** For an increment: its number, and the hash of the backup that it follows. */
  increment: z.object({ number: z.int(), after: z.string() }).optional(),
});
export type Description = z.infer<typeof DESCRIPTION>;

export interface BackupOptions {
  database: InService;
  folder: string;
  at: Date;
  /** Public age keys; if there are none, the backup is not encrypted. */
  recipients: readonly string[];
  keep: KeepCounts;
  /** The newest signed head, read before. A database that ends before it is not the one in service. */
  signed?: Pick<Checkpoint, 'position'> | undefined;
}

export interface MadeBackup extends Description {
  path: string;
  removed: string[];
}

/** Makes a full backup. If increments are made, the next one follows it. */
export function makeBackup(options: BackupOptions): Promise<MadeBackup> {
  return makeWhole(options, false);
}

/** How many increments may follow a full backup, since a restore has to apply all of them. */
const MOST_INCREMENTS = 100;

/**
 * Makes an increment with what was written, changed or erased since the last backup, reading nothing else. It makes a
 * full backup instead if it is the first, if the last backup is not in the folder, if a hundred increments have
 * followed the last full one, or if tables were created anew.
 */
export async function makeIncrement(options: BackupOptions): Promise<MadeBackup> {
  const database = await backingUp(options.database);
  const position = await database.position();
  const before = position === undefined ? undefined : findByHash(options.folder, position.newest);
  if (position === undefined || before === undefined || position.increments >= MOST_INCREMENTS)
    return makeWhole(options, true);
  return makeFile(
    options,
    (isEncrypted) => incrementName(before.file, options.at, isEncrypted),
    async (plain) => ({
      ...(await database.writeIncrement(plain)),
      increment: { number: position.increments + 1, after: position.newest },
    }),
  );
}

async function makeWhole(options: BackupOptions, beginsIncrements: boolean): Promise<MadeBackup> {
  const { at, database } = options;
  return makeFile(
    options,
    (isEncrypted) => backupName(at, isEncrypted),
    async (plain) => (await backingUp(database)).writeWhole(plain, beginsIncrements),
  );
}

type Written = WrittenBackup & Pick<Description, 'increment'>;
/** Writes a backup, unencrypted, to this file. */
type Write = (plain: string) => Promise<Written>;

async function makeFile(
  { folder, keep, at, recipients, signed }: BackupOptions,
  nameOf: (isEncrypted: boolean) => string,
  write: Write,
): Promise<MadeBackup> {
  // Checked before anything is copied, so that a wrong key costs no time.
  const encrypter = recipients.length > 0 ? createEncrypter(recipients) : undefined;
  makeFolder(folder);
  const encrypted = encrypter !== undefined;
  const path = join(folder, nameOf(encrypted));
  refuseSecond(path);
  removeLeftovers(folder, at);
  try {
    const { schema, log, increment, acknowledge } = await writeSealed(path, encrypter, write);
    refuseShorter(log, signed);
    const about = { madeAt: at.toISOString(), schema, log, encrypted };
    const described = { ...(await measure(path)), ...about, ...(increment !== undefined && { increment }) };
    writeFileSync(descriptionOf(path), `${JSON.stringify(described, null, 2)}\n`, { mode: 0o600, flush: true });
    const position = { newest: described.sha256, increments: increment?.number ?? 0 };
    await acknowledge?.(position);
    return { ...described, path, removed: rotate(folder, keep) };
  } catch (error) {
    // The file did not exist before, so whatever is there now is incomplete.
    for (const file of [path, descriptionOf(path)]) rmSync(file, { force: true });
    throw asProblem(error, folder);
  }
}

/** Writes the file, and encrypts it if there are keys. */
async function writeSealed(path: string, encrypter: Encrypter | undefined, write: Write): Promise<Written> {
  if (encrypter === undefined) return write(path);
  const plain = path + PLAIN;
  try {
    const written = await write(plain);
    await encryptFile(plain, path + PART, encrypter);
    renameSync(path + PART, path);
    return written;
  } finally {
    for (const file of [plain, path + PART]) rmSync(file, { force: true });
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
  if (!isOfTheDisk(error)) return error;
  return new BackupProblem(
    `No backup was made: ${error.message}`,
    `a folder ${folder} that this program may write to, with room for the whole database, twice over if it is encrypted`,
    'free space there or set BACKUP_DIR to another disk; the earlier backups are as they were',
  );
}

function refuseSecond(path: string): void {
  if (existsSync(path))
    throw new BackupProblem(
      `${path} is there already`,
      'one backup in a second',
      'run it again; that one is as it was',
    );
}

/** Kept like any other, backups of the wrong database would in time push out those of the right one. */
function refuseShorter(log: Checkpoint, signed: BackupOptions['signed']): void {
  if (signed === undefined || log.position >= signed.position) return;
  throw new BackupProblem(
    `No backup was made: the database ends at line ${log.position} of the log, and a head was signed up to line ${signed.position}`,
    'the database whose heads these are: not another one, one that was cut off, or a restored one before its first start',
    'look at DATABASE_URL and DATA_DIR, then run npm run verify; npm run backup -- FILE makes a copy all the same; the earlier backups are as they were',
  );
}

const PLAIN = '.plain';
const PART = '.part';
/** What a backup that was killed has left behind: the unencrypted copy, or a part of the backup. */
const LEFTOVER =
  /^front-door-[\dT+-]+\.sqlite(\.age\.plain|\.age\.part|\.age\.plain\.part|\.part)(-wal|-shm|-journal)?$/;
/** Longer than any backup takes, so that one in progress is not removed. */
const LEFT_AFTER_MS = 6 * 3_600_000;

function removeLeftovers(folder: string, at: Date): void {
  const left = readdirSync(folder).filter((name) => LEFTOVER.test(name));
  for (const file of left.map((name) => join(folder, name)))
    if (at.getTime() - statSync(file).mtimeMs > LEFT_AFTER_MS) rmSync(file, { force: true });
}

const descriptionOf = (path: string) => `${path}.json`;

/** Undefined if there is no description beside it. Throws `BackupProblem` if the file is not a description. */
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

/** Size and hash of the file as it is on the disk, read again. */
export async function measure(path: string): Promise<Pick<Description, 'file' | 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return { file: basename(path), bytes: statSync(path).size, sha256: hash.digest('hex') };
}

/** A backup that cannot be removed now is removed next time: the new backup is complete all the same. */
function rotate(folder: string, keep: KeepCounts): string[] {
  return findSuperseded(readdirSync(folder), keep).filter((name) => {
    try {
      for (const file of [name, descriptionOf(name)]) rmSync(join(folder, file), { force: true });
      return true;
    } catch {
      return false;
    }
  });
}

/** Paths of the backups in the folder, including increments, the newest first. */
export function listBackups(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const instant = instantOf(name);
      return instant === undefined ? [] : [{ name, instant }];
    })
    .sort((one, other) => other.instant.localeCompare(one.instant) || other.name.localeCompare(one.name))
    .map(({ name }) => join(folder, name));
}

/** The backup in the folder whose description has this hash; undefined if there is none. */
export function findByHash(folder: string, sha256: string): Description | undefined {
  for (const path of listBackups(folder)) {
    const description = readDescription(path);
    if (description?.sha256 === sha256) return { ...description, file: basename(path) };
  }
  return undefined;
}
