/**
 * What an erasure leaves behind: a mark in place of each body, and an access-log line with their number and a digest
 * that identifies them.
 */
import { createHash, type Hash } from 'node:crypto';

/** `seq`: the number of the erasure's own line in the access log. */
export function erasedMark(seq: number): string {
  return `{"erased":${seq}}`;
}

/** Erased bodies, as a pattern for `like`. */
export const ERASED_BODIES = '{"erased":%';

/** The number of the erasure that removed the body; undefined if it was not erased. */
export function findErasure(body: string): number | undefined {
  const seq = body.startsWith('{"erased":') ? /^\{"erased":(\d+)\}$/.exec(body)?.[1] : undefined;
  return seq === undefined ? undefined : Number(seq);
}

/** Call it with lines in the order of the chain. */
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
