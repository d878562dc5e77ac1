/** A signed checkpoint of the chain. Kept outside the database and printed on exports, it exposes a chain that was rebuilt. */
import { hash as digest, type KeyObject, sign, verify } from 'node:crypto';
import type { Checkpoint } from './line.ts';

export interface SignedCheckpoint extends Checkpoint {
  at: string;
  /** Link to the checkpoint before it in the file (`linkOf`); empty in the first. Undefined in checkpoints from before they were linked. */
  before?: string;
  signature: string;
}

/** `last`: the one before it in the file. */
export function signCheckpoint(
  { position, hash }: Checkpoint,
  { at, last }: { at: string; last: SignedCheckpoint | undefined },
  key: KeyObject,
): SignedCheckpoint {
  const head = { position, hash, at, before: last === undefined ? '' : linkOf(last) };
  return { ...head, signature: sign(null, signedText(head), key).toString('base64url') };
}

/** A hash of the signature, which covers everything that was signed. */
export function linkOf({ signature }: SignedCheckpoint): string {
  return digest('sha256', signature, 'base64url');
}

/** `key`: the public one. */
export function isSigned(head: SignedCheckpoint, key: KeyObject): boolean {
  return verify(null, signedText(head), key, Buffer.from(head.signature, 'base64url'));
}

function signedText({ position, hash, at, before }: Omit<SignedCheckpoint, 'signature'>): Buffer {
  const signed =
    before === undefined ? ['front-door head', position, hash, at] : ['front-door head 2', position, hash, at, before];
  return Buffer.from(JSON.stringify(signed));
}

/** Parses a line of the checkpoint file; undefined if it is not a checkpoint. */
export function readCheckpoint(line: string): SignedCheckpoint | undefined {
  try {
    const { position, hash, at, before, signature } = JSON.parse(line);
    const texts = [hash, at, signature].every((text) => typeof text === 'string');
    const isLinked = before === undefined || typeof before === 'string';
    if (!texts || !isLinked || !Number.isInteger(position)) return undefined;
    return { position, hash, at, ...(before !== undefined && { before }), signature };
  } catch {
    return undefined;
  }
}
