/** The head of the chain, signed: kept outside the database and printed on exports, it tells a chain that was made anew from the one that was. */
import { type KeyObject, sign, verify } from 'node:crypto';
import type { Checkpoint } from './line.ts';

export interface SignedCheckpoint extends Checkpoint {
  at: string;
  signature: string;
}

export function signCheckpoint({ position, hash }: Checkpoint, at: string, key: KeyObject): SignedCheckpoint {
  const head = { position, hash, at };
  return { ...head, signature: sign(null, signedText(head), key).toString('base64url') };
}

/** `key`: the public one. */
export function isSigned(head: SignedCheckpoint, key: KeyObject): boolean {
  return verify(null, signedText(head), key, Buffer.from(head.signature, 'base64url'));
}

function signedText({ position, hash, at }: Omit<SignedCheckpoint, 'signature'>): Buffer {
  return Buffer.from(JSON.stringify(['front-door head', position, hash, at]));
}

/** A line of the file of heads; undefined when it is none. */
export function readCheckpoint(line: string): SignedCheckpoint | undefined {
  try {
    const { position, hash, at, signature } = JSON.parse(line);
    const texts = [hash, at, signature].every((text) => typeof text === 'string');
    return texts && Number.isInteger(position) ? { position, hash, at, signature } : undefined;
  } catch {
    return undefined;
  }
}
