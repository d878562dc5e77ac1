/** What an erasure leaves: a mark in place of each body, and a line of the access log with their number and a digest of which they were. */
import { createHash, type Hash } from 'node:crypto';

/** `seq`: the number of the erasure's own line in the access log. */
export function erasedMark(seq: number): string {
  return `{"erased":${seq}}`;
}

/** Bodies with such a mark, in the form of `like`. */
export const ERASED_BODIES = '{"erased":%';

/** The number of the erasure that removed the body; undefined if the body is there. */
export function findErasure(body: string): number | undefined {
  const seq = body.startsWith('{"erased":') ? /^\{"erased":(\d+)\}$/.exec(body)?.[1] : undefined;
  return seq === undefined ? undefined : Number(seq);
}

/** To be fed with lines in the order of the chain. */
export interface ErasedLines {
  count: number;
  hash: Hash;
}

export function countErased(): ErasedLines {
  return { count: 0, hash: createHash('sha256') };
}

export function addErased(lines: ErasedLines, source: string, seq: number): void {
  lines.count++;
  lines.hash.update(`${source} ${seq}\n`);
}

export function digestOf({ hash }: ErasedLines): string {
  return hash.digest('base64url');
}
