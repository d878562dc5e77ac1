/**
 * A signed checkpoint of the chain. Because it is kept outside the database and printed on exports, a rebuilt chain can
 * be recognised.
 */
import { hash as digest, type KeyObject, sign, verify } from 'node:crypto';
import type { Checkpoint } from './line.ts';
import { noteText, toNote } from './note.ts';

export interface SignedCheckpoint extends Checkpoint {
  at: string;
  /** Link to the checkpoint before it in the file (`linkOf`); empty in the first. Undefined in checkpoints from before they were linked. */
  before?: string;
  /** Root of the Merkle tree over all lines, in base64. Undefined in checkpoints from before there was a tree. */
  root?: string;
  /** All lines after this position have a MAC (`mac.ts`). Undefined in checkpoints from before there were MACs. */
  macFrom?: number;
  signature: string;
}

interface Signing {
  at: string;
  /** The checkpoint before it in the file. */
  last: SignedCheckpoint | undefined;
  /** Root of the tree over all lines. */
  root: string;
  /** Undefined only for checkpoints in the form from before lines had a MAC. */
  macFrom: number | undefined;
}

export function signCheckpoint(
  { position, hash }: Checkpoint,
  { at, last, root, macFrom }: Signing,
  key: KeyObject,
): SignedCheckpoint {
  const head = {
    position,
    hash,
    at,
    before: last === undefined ? '' : linkOf(last),
    root,
    ...(macFrom !== undefined && { macFrom }),
  };
  return { ...head, signature: sign(null, signedText(head), key).toString('base64url') };
}

/** A hash of the signature, which covers everything that was signed. */
export function linkOf({ signature }: SignedCheckpoint): string {
  return digest('sha256', signature, 'base64url');
}

/** `key`: the public key. */
export function isSigned(head: SignedCheckpoint, key: KeyObject): boolean {
  return verify(null, signedText(head), key, Buffer.from(head.signature, 'base64url'));
}

/**
 * In the format of transparency logs; undefined for a checkpoint from before there was a tree. `key`: the public key.
 */
export function noteOf(head: SignedCheckpoint, key: KeyObject): string | undefined {
  const { before, root } = head;
  if (before === undefined || root === undefined) return undefined;
  return toNote({ ...head, before, root }, Buffer.from(head.signature, 'base64url'), key);
}

function signedText({ position, hash, at, before, root, macFrom }: Omit<SignedCheckpoint, 'signature'>): Buffer {
  if (before !== undefined && root !== undefined)
    return Buffer.from(noteText({ position, hash, root, at, before, macFrom }));
  const signed =
    before === undefined ? ['front-door head', position, hash, at] : ['front-door head 2', position, hash, at, before];
  return Buffer.from(JSON.stringify(signed));
}

/** Parses a line of the checkpoint file; undefined if it is not a checkpoint. */
export function readCheckpoint(line: string): SignedCheckpoint | undefined {
  try {
    const { position, hash, at, before, root, macFrom, signature } = JSON.parse(line);
    const texts = [hash, at, signature].every((text) => typeof text === 'string');
    const isLinked = before === undefined || typeof before === 'string';
    const isRooted = root === undefined || typeof root === 'string';
    const isNumber = macFrom === undefined || Number.isInteger(macFrom);
    if (!texts || !isLinked || !isRooted || !isNumber || !Number.isInteger(position)) return undefined;
    return {
      position,
      hash,
      at,
      ...(before !== undefined && { before }),
      ...(root !== undefined && { root }),
      ...(macFrom !== undefined && { macFrom }),
      signature,
    };
  } catch {
    return undefined;
  }
}
