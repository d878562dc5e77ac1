/** Signed heads of the chain, in a file beside the database or, better, on another disk: appended, a line each, on the disk when `write` is done. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CheckpointsRead } from '../audit/check-checkpoints.ts';
import type { Checkpoint } from '../audit/line.ts';
import { readCheckpoint, type SignedCheckpoint, signCheckpoint } from '../audit/signed-checkpoint.ts';
import { StoreProblem } from './failure.ts';

export interface Checkpoints {
  /** Signs and keeps the head, if the chain has grown. The newest. */
  write(): Promise<SignedCheckpoint | undefined>;
  newest(): SignedCheckpoint | undefined;
}

export interface CheckpointFiles {
  keyFile: string;
  headsFile: string;
}

export function openCheckpoints(
  files: CheckpointFiles,
  clock: () => Date,
  head: () => Promise<Checkpoint>,
): Checkpoints {
  const key = openAuditKey(files);
  let newest = readHeads(files.headsFile).at(-1);
  let writing: Promise<unknown> = Promise.resolve();

  async function writeNow(): Promise<SignedCheckpoint | undefined> {
    const now = await head();
    if (now.position === (newest?.position ?? 0) && now.hash === (newest?.hash ?? '')) return newest;
    const signed = signCheckpoint(now, clock().toISOString(), key);
    await append(files.headsFile, `${JSON.stringify(signed)}\n`);
    newest = signed;
    return signed;
  }

  return {
    newest: () => newest,
    write() {
      const mine = writing.then(writeNow);
      writing = mine.catch(() => {});
      return mine;
    },
  };
}

async function append(file: string, line: string): Promise<void> {
  try {
    await appendFile(file, line, { mode: 0o600, flush: true });
  } catch (error) {
    throw new StoreProblem(
      `The head of the log cannot be written: ${(error as Error).message}`,
      `a file ${file} that this program may write to`,
      'free space, or see AUDIT_HEADS in the README',
      error,
    );
  }
}

/** What is no head is left out here; `npm run verify` tells of it. */
function readHeads(file: string): SignedCheckpoint[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => readCheckpoint(line) ?? []);
}

/** Made at the first start, for its owner's eyes alone. A second one would make the heads of the first worthless, so none is made then. */
function openAuditKey({ keyFile, headsFile }: CheckpointFiles): KeyObject {
  try {
    for (const file of [keyFile, headsFile]) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if (!existsSync(keyFile)) makeKey(keyFile, headsFile);
    return createPrivateKey(readFileSync(keyFile));
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
  if (readHeads(headsFile).length > 0)
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
    // Another server that starts at the same time was faster: its key counts.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(partFile, { force: true });
  }
}

/** For `npm run verify`, and before an erasure. */
export function readHeadsOf({ headsFile, keyFile }: CheckpointFiles): CheckpointsRead {
  const lines = existsSync(headsFile) ? readFileSync(headsFile, 'utf8').split('\n').filter(Boolean) : undefined;
  return { lines, key: readPublicKey(keyFile), printed: [] };
}

/** Of the private key, or of the public one alone, as an auditor has it. */
export function readPublicKey(file: string): KeyObject | undefined {
  try {
    return createPublicKey(readFileSync(file));
  } catch {
    return undefined;
  }
}
