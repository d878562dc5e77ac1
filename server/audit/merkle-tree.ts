/**
 * The Merkle tree over the lines of the chain, as in RFC 6962. With the root, and at most about as many hashes as the
 * number of lines has bits, anybody can check that a line is in the log without having the other lines.
 */
import { hash } from 'node:crypto';

/** Prefixes of leaves and inner nodes, so that one cannot be mistaken for the other. */
const LEAF = '\x00';
const NODE = Buffer.of(1);

/** `lineHash`: the hash of a line of the chain. */
export function hashLeaf(lineHash: string): Buffer {
  return hash('sha256', LEAF + lineHash, 'buffer');
}

export function hashNode(left: Buffer, right: Buffer): Buffer {
  return hash('sha256', Buffer.concat([NODE, left, right]), 'buffer');
}

export interface TreeSoFar {
  size: number;
  /** Roots of the perfect subtrees that the first `size` leaves consist of, the largest first. */
  peaks: Buffer[];
}

/** Takes leaves one after the other. Calls `onNode` for each inner node that is complete. */
export function createTree(from: TreeSoFar, onNode?: (level: number, index: number, node: Buffer) => void) {
  let { size } = from;
  const peaks = [...from.peaks];
  return {
    add(leaf: Buffer): void {
      let [node, index, level] = [leaf, size++, 0];
      while (index % 2 === 1) {
        node = hashNode(peaks.pop() as Buffer, node);
        [index, level] = [(index - 1) / 2, level + 1];
        onNode?.(level, index, node);
      }
      peaks.push(node);
    },
    root: () => rootOf(peaks),
  };
}

/** Undefined for an empty tree. */
export function rootOf(peaks: readonly Buffer[]): Buffer | undefined {
  return peaks.length === 0 ? undefined : peaks.reduceRight((right, left) => hashNode(left, right));
}

/**
 * Reads a node. Level 0 is the leaves; node `index` of level n covers the leaves from `index * 2 ** n` on. It is called
 * only for complete nodes.
 */
export type ReadNode = (level: number, index: number) => Promise<Buffer>;

export async function readPeaks(size: number, read: ReadNode): Promise<Buffer[]> {
  const peaks: Buffer[] = [];
  let start = 0;
  for (let level = 52; level >= 0; level--) {
    const width = 2 ** level;
    if (size - start < width) continue;
    peaks.push(await read(level, start / width));
    start += width;
  }
  return peaks;
}

/**
 * The sibling hashes on the path from leaf `index` (from 0) to the root over the first `size` leaves, from the leaf up.
 */
export async function proveInclusion(index: number, size: number, read: ReadNode): Promise<Buffer[]> {
  const path: Buffer[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start);
    if (index < middle) {
      path.push(await hashRange(middle, end, read));
      end = middle;
    } else {
      path.push(await hashRange(start, middle, read));
      start = middle;
    }
  }
  return path.reverse();
}

function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** `start` is a multiple of the largest power of two that is not larger than the range. */
async function hashRange(start: number, end: number, read: ReadNode): Promise<Buffer> {
  const level = Math.log2(end - start);
  if (Number.isInteger(level)) return read(level, start / (end - start));
  const middle = start + largestPowerBelow(end - start);
  return hashNode(await hashRange(start, middle, read), await hashRange(middle, end, read));
}

export interface Inclusion {
  leaf: Buffer;
  /** Counted from 0. */
  index: number;
  size: number;
  path: readonly Buffer[];
  root: Buffer;
}

/** The algorithm of RFC 9162, 2.1.3.2. */
export function isIncluded({ leaf, index, size, path, root }: Inclusion): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let [place, last, node] = [index, size - 1, leaf];
  for (const beside of path) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      node = hashNode(beside, node);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else node = hashNode(node, beside);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && node.equals(root);
}
