/** Signed checkpoints of the chain, one per line, appended to a file beside the database or, better, on another disk. `write` returns once the line is on the disk. */
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CheckpointsRead } from '../audit/check-checkpoints.ts';
import { parsePrivateKey, parsePublicKey } from '../audit/key-file.ts';
import type { Checkpoint } from '../audit/line.ts';
import { type Mac, readMacs } from '../audit/mac.ts';
import { noteOf, readCheckpoint, type SignedCheckpoint, signCheckpoint } from '../audit/signed-checkpoint.ts';
import type { Engine } from './engine.ts';
import { StoreProblem } from './failure.ts';
import { startOfLine } from './line-start.ts';
import { createLinesAhead } from './lines-ahead.ts';
import { growTree } from './log-tree.ts';
import { findNewestHead } from './other-key.ts';
import type { Database } from './tables.ts';
import { readTallyMarkFile } from './tally-mark.ts';

export interface Checkpoints {
  /**
   * Signs and appends a checkpoint if the chain has grown. Returns the newest. Throws `StoreProblem` if it would have
   * to sign a line that none of our programs wrote, unless `accepted`: then the operator has explained that line.
   */
  write(accepted?: boolean): Promise<SignedCheckpoint | undefined>;
  newest(): SignedCheckpoint | undefined;
  /** The newest, signed in the format of transparency logs; undefined if it was signed before there was a tree. */
  note(head: SignedCheckpoint): string | undefined;
}

export interface CheckpointFiles {
  keyFile: string;
  headsFile: string;
}

/** What signing needs from the database. */
interface CheckpointParts {
  engine: Engine;
  /** The last committed line. */
  head: () => Promise<Checkpoint>;
  clock: () => Date;
  /** For the lines of the chain. */
  mac: Mac;
}

export function openCheckpoints(
  files: CheckpointFiles,
  { engine, head, clock, mac }: CheckpointParts,
  key: KeyObject,
): Checkpoints {
  let newest = readLastHead(files.headsFile);
  const ahead = createLinesAhead(engine, mac);
  /** A checkpoint from before lines had a MAC is followed by one that says from which line on they have it. */
  const isNewest = (now: Checkpoint) =>
    now.position === (newest?.position ?? 0) &&
    now.hash === (newest?.hash ?? '') &&
    (newest === undefined || newest.macFrom !== undefined);

  /**
   * Runs in a transaction, so that no other program signs at the same time: every checkpoint refers to the previous one
   * in the file.
   */
  function sign(db: Database, accepted: boolean): Promise<SignedCheckpoint | undefined> {
    return head().then(async (now) => {
      const last = readLastHead(files.headsFile);
      if ((last?.position ?? 0) < (newest?.position ?? 0)) throw goneBack(files.headsFile, newest);
      if (!accepted) await refuseOtherFile(db, last, files.headsFile);
      newest = last;
      if (isNewest(now)) return newest;
      const macFrom = newest?.macFrom ?? (await findLastWithout(db, mac));
      const { position: checked, nodes } = await ahead.takeIn(db);
      const checkFrom = Math.max(macFrom, newest?.position ?? 0, checked);
      const foreign = accepted ? undefined : await findForeign(db, checkFrom, mac);
      if (foreign !== undefined) throw notOurs(foreign);
      const root = await growTree(db, now.position, nodes);
      const signed = signCheckpoint(now, { at: clock().toISOString(), last: newest, root, macFrom }, key);
      const line = JSON.stringify(signed);
      await append(files.headsFile, line);
      newest = signed;
      await db
        .insertInto('newest_head')
        .values({ id: 1, head: line })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ head: line }))
        .execute();
      return signed;
    });
  }

  return {
    newest: () => newest,
    note: (head) => noteOf(head, createPublicKey(key)),
    async write(accepted = false) {
      // Checked outside a transaction first, since most of the time there is nothing to sign.
      if (isNewest(await head())) return newest;
      await ahead.read({ position: newest?.position ?? 0, macFrom: newest?.macFrom ?? 0 });
      return engine.write((db) => sign(db, accepted));
    },
  };
}

const AT_ONCE = 1000;

/** The first line after `position` that was not written with the audit key; undefined if there is none. */
export async function findForeign(db: Database, position: number, mac: Mac): Promise<number | undefined> {
  for (let after = position; ; ) {
    const lines = await marked(db).where('position', '>', after).orderBy('position').limit(AT_ONCE).execute();
    const foreign = lines.find((line) => !mac.fits(line.mac, line.hash));
    if (foreign !== undefined || lines.length < AT_ONCE) return foreign?.position;
    after = lines.at(-1)?.position ?? after;
  }
}

/** The last line from before lines had a MAC, or before the audit key was replaced; 0 if every line has a MAC. */
async function findLastWithout(db: Database, mac: Mac): Promise<number> {
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const lines = await marked(db).where('position', '<', before).orderBy('position', 'desc').limit(AT_ONCE).execute();
    const without = lines.find((line) => !mac.fits(line.mac, line.hash));
    if (without !== undefined || lines.length < AT_ONCE) return without?.position ?? 0;
    before = lines.at(-1)?.position ?? before;
  }
}

function marked(db: Database) {
  return db.selectFrom('chain').select(['position', 'hash', 'mac']);
}

function notOurs(position: number): StoreProblem {
  return new StoreProblem(
    `Line ${position} of the log was put there by a program that does not have the key of the audit`,
    'lines that a server or a command of Front Door wrote',
    'find out who could write to the database file; run npm run verify; restore a backup from before, or start once with RESTORED="why it stays"',
  );
}

/**
 * The database knows the newest checkpoint of all servers. The file must contain it, or a later one that the database
 * lost in a crash.
 */
async function refuseOtherFile(db: Database, last: SignedCheckpoint | undefined, headsFile: string): Promise<void> {
  const known = await findNewestHead(db);
  if (known === undefined || known.position <= (last?.position ?? 0)) return;
  throw new StoreProblem(
    `The file of heads ${headsFile} ends at line ${last?.position ?? 0} of the log, and another server has signed up to line ${known.position} in a file of its own`,
    'one file of heads for all servers of a database',
    'let all machines use one folder for keys and heads: see "Several machines" in docs/operate.md',
  );
}

function goneBack(headsFile: string, newest: SignedCheckpoint | undefined): StoreProblem {
  return new StoreProblem(
    `The file of heads ${headsFile} has lost heads while the server ran: there was one for line ${newest?.position}`,
    'the file as this program left it',
    'find out who could write to it, and compare it with a copy',
  );
}

async function append(file: string, line: string): Promise<void> {
  try {
    await appendFile(file, `${startOfLine(file)}${line}\n`, { mode: 0o600, flush: true });
  } catch (error) {
    throw new StoreProblem(
      `The head of the log cannot be written: ${(error as Error).message}`,
      `a file ${file} that this program may write to`,
      'free space, or see AUDIT_HEADS in the README',
      error,
    );
  }
}

/** Reads only the end of the file. Lines that are not checkpoints are skipped here; `npm run verify` reports them. */
const TAIL_BYTES = 64 * 1024;

export function readLastHead(file: string): SignedCheckpoint | undefined {
  return readLastHeads(file).at(-1);
}

/** The newest of them, the last one last. */
export function readLastHeads(file: string): SignedCheckpoint[] {
  if (!existsSync(file)) return [];
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(handle, tail, 0, tail.length, size - tail.length);
    const heads = tail.toString('utf8').split('\n');
    return heads.flatMap((line) => readCheckpoint(line) ?? []);
  } finally {
    closeSync(handle);
  }
}

/**
 * Created at the first start, readable by its owner only. Never replaced, because a second key would make all
 * checkpoints of the first one worthless.
 */
export function openAuditKey({ keyFile, headsFile }: CheckpointFiles): KeyObject {
  try {
    for (const file of [keyFile, headsFile]) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if (!existsSync(keyFile)) makeKey(keyFile, headsFile);
    return parsePrivateKey(readFileSync(keyFile));
  } catch (error) {
    if (error instanceof StoreProblem) throw error;
    throw new StoreProblem(
      `The key of the audit cannot be used: ${(error as Error).message}`,
      `an Ed25519 key in ${keyFile}, and the right to write ${headsFile}`,
      'restore the key from where you keep it; see AUDIT_KEY_FILE and AUDIT_HEADS in the README',
      error,
    );
  }
}

function makeKey(keyFile: string, headsFile: string): void {
  if (readLastHead(headsFile) !== undefined)
    throw new StoreProblem(
      `The key ${keyFile} is not there, and heads of the log were signed with it in ${headsFile}`,
      'the key that signed them',
      'restore it; if it is lost, put that file away, with a note of when and why, and start again',
    );
  const { privateKey } = generateKeyPairSync('ed25519');
  const partFile = `${keyFile}.${process.pid}.part`;
  writeFileSync(partFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  try {
    linkSync(partFile, keyFile);
  } catch (error) {
    // Another server that started at the same time created it first; its key is used.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(partFile, { force: true });
  }
}

/** For `npm run verify`, and before an erasure. */
export function readHeadsOf({ headsFile, keyFile }: CheckpointFiles): CheckpointsRead {
  const lines = existsSync(headsFile) ? readLines(headsFile) : undefined;
  return {
    lines,
    ...readKeys(keyFile),
    tallyMark: readTallyMarkFile(headsFile),
    files: { keyFile, headsFile },
    printed: [],
  };
}

/** A checkpoint at which a check can begin, and those after it. */
export interface HeadsSince {
  since: SignedCheckpoint;
  heads: CheckpointsRead;
}

const DAY_MS = 86_400_000;

/** All checkpoints, or only those since the newest that is at least a day old. If none is that old, there are few. */
export function readHeadsFor(
  files: CheckpointFiles,
  newestDay: boolean,
): Partial<HeadsSince> & Pick<HeadsSince, 'heads'> {
  const newest = newestDay ? readHeadsSince(files, new Date(Date.now() - DAY_MS)) : undefined;
  return newest ?? { heads: readHeadsOf(files) };
}

/**
 * The newest checkpoint that was signed before this instant, and those after it, read without the earlier part of the
 * file. Undefined if there is none.
 */
export function readHeadsSince({ headsFile, keyFile }: CheckpointFiles, before: Date): HeadsSince | undefined {
  if (!existsSync(headsFile)) return undefined;
  const lines: string[] = [];
  for (const line of readLinesBackwards(headsFile)) {
    lines.push(line);
    const head = readCheckpoint(line);
    if (head === undefined || head.at >= before.toISOString()) continue;
    const tallyMark = readTallyMarkFile(headsFile);
    const read = { ...readKeys(keyFile), files: { keyFile, headsFile } };
    const heads = { lines: lines.reverse(), isTail: true, ...read, tallyMark, printed: [] };
    return { since: head, heads };
  }
  return undefined;
}

const PIECE_BYTES = 1024 * 1024;

/** Read in pieces, because after some years the file is longer than the longest string. */
function readLines(file: string): string[] {
  const [lines, handle, piece]: [string[], number, Buffer] = [[], openSync(file, 'r'), Buffer.alloc(PIECE_BYTES)];
  const decoder = new TextDecoder();
  try {
    let rest = '';
    for (let bytes = readSync(handle, piece); bytes > 0; bytes = readSync(handle, piece)) {
      const parts = (rest + decoder.decode(piece.subarray(0, bytes), { stream: true })).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) if (part !== '') lines.push(part);
    }
    if (rest !== '') lines.push(rest);
    return lines;
  } finally {
    closeSync(handle);
  }
}

/** Yields the last line first. */
function* readLinesBackwards(file: string): Generator<string> {
  const handle = openSync(file, 'r');
  try {
    let [end, rest] = [fstatSync(handle).size, Buffer.alloc(0) as Buffer];
    while (end > 0) {
      const piece = Buffer.alloc(Math.min(end, PIECE_BYTES));
      end -= readSync(handle, piece, 0, piece.length, end - piece.length);
      const bytes = Buffer.concat([piece, rest]);
      // The piece begins in the middle of a line, whose beginning is in the piece before.
      const cut = end === 0 ? 0 : bytes.indexOf('\n') + 1;
      const from = end > 0 && cut === 0 ? bytes.length : cut;
      rest = bytes.subarray(0, from);
      yield* bytes.subarray(from).toString('utf8').split('\n').filter(Boolean).reverse();
    }
  } finally {
    closeSync(handle);
  }
}

export function readKeys(keyFile: string): Pick<CheckpointsRead, 'key' | 'macs'> {
  const macs = existsSync(keyFile) ? readMacs(readFileSync(keyFile)) : undefined;
  return { key: readPublicKey(keyFile), macs };
}

/** The public key, from a file that contains the private key, or only the public key as auditors have it. */
export function readPublicKey(file: string): KeyObject | undefined {
  try {
    return parsePublicKey(readFileSync(file));
  } catch {
    return undefined;
  }
}
