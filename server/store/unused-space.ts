/**
 * Finds what stands in the unused middle of the pages of a SQLite file, and overwrites it. With `secure_delete` SQLite
 * overwrites each row that goes, but where a page was split or joined before, the middle of it can still hold a copy.
 * The format of the file: https://www.sqlite.org/fileformat2.html#b_tree_pages
 */
import { readSync, writeSync } from 'node:fs';

/** The first byte of a page of a tree. */
const INNER = new Set([2, 5]);
const LEAF = new Set([10, 13]);
const AT_ONCE = 1 << 20;

/** An open SQLite file, whose write-ahead log is empty. */
export interface OpenFile {
  handle: number;
  /** In bytes. */
  pageSize: number;
  pages: number;
  /** The first page of each table and index. That of the schema, which is the first of the file, has no texts. */
  roots: readonly number[];
}

interface Span {
  from: number;
  to: number;
}

/** Between the list of the cells and the first of them. Undefined for what cannot be a page of a tree. */
function unusedIn(page: Buffer): Span | undefined {
  const kind = page[0] ?? 0;
  if (!INNER.has(kind) && !LEAF.has(kind)) return undefined;
  const from = (INNER.has(kind) ? 12 : 8) + 2 * page.readUInt16BE(3);
  const to = page.readUInt16BE(5) || 65_536;
  return from <= to && to <= page.length ? { from, to } : undefined;
}

const isEmpty = (page: Buffer, { from, to }: Span) => page.subarray(from, to).equals(Buffer.alloc(to - from));

/** The pages below an inner page. */
function childrenOf(page: Buffer): number[] {
  const cells = Array.from({ length: page.readUInt16BE(3) }, (_, index) => page.readUInt16BE(12 + 2 * index));
  return [...cells.map((cell) => page.readUInt32BE(cell)), page.readUInt32BE(8)];
}

function readPage({ handle, pageSize }: OpenFile, number: number): Buffer {
  const page = Buffer.alloc(pageSize);
  readSync(handle, page, 0, pageSize, (number - 1) * pageSize);
  return page;
}

/** Where pages stand in their trees: the page above each, or one of the two below. */
type Trees = Int32Array;
const NONE = -1;
const ROOT = 0;

export interface UncleanPages {
  /** Pages whose unused space is not empty. */
  pages: readonly number[];
  trees: Trees;
}

/** Reads the whole file, from its beginning to its end. Nothing may be written to the file meanwhile. */
export function findUnclean(file: OpenFile): UncleanPages {
  const kinds = new Uint8Array(file.pages + 1);
  const looksUnclean: number[] = [];
  eachPage(file, (page, number) => {
    const unused = unusedIn(page);
    if (unused === undefined) return;
    kinds[number] = page[0] ?? 0;
    if (!isEmpty(page, unused)) looksUnclean.push(number);
  });
  const trees = findTrees(file, kinds);
  return { pages: looksUnclean.filter((number) => trees[number] !== NONE), trees };
}

function eachPage({ handle, pageSize, pages }: OpenFile, look: (page: Buffer, number: number) => void): void {
  const together = Math.max(1, Math.floor(AT_ONCE / pageSize));
  const block = Buffer.alloc(together * pageSize);
  for (let first = 1; first <= pages; first += together) {
    const count = Math.min(together, pages - first + 1);
    readSync(handle, block, 0, count * pageSize, (first - 1) * pageSize);
    for (let index = 0; index < count; index++)
      look(block.subarray(index * pageSize, (index + 1) * pageSize), first + index);
  }
}

/** What looks like a page of a tree can be the middle of a long text: so the trees are followed from their roots. */
function findTrees(file: OpenFile, kinds: Uint8Array): Trees {
  const above = new Int32Array(file.pages + 1).fill(NONE);
  const waiting = [...file.roots];
  for (const root of waiting) above[root] = ROOT;
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (!INNER.has(kinds[number] ?? 0)) continue;
    for (const child of childrenOf(readPage(file, number))) {
      above[child] = number;
      waiting.push(child);
    }
  }
  return above;
}

/**
 * Overwrites the unused space of those pages that are still where they were in their trees; others were written anew
 * since. Nobody else may write to the file meanwhile. Returns how many pages it cleaned.
 */
export function cleanPages(file: OpenFile, { pages, trees }: UncleanPages): number {
  const isStillThere = createPlaces(file, trees);
  let cleaned = 0;
  for (const number of pages) {
    if (!isStillThere(number)) continue;
    const page = readPage(file, number);
    const unused = unusedIn(page);
    if (unused === undefined || isEmpty(page, unused)) continue;
    const { from, to } = unused;
    writeSync(file.handle, Buffer.alloc(to - from), 0, to - from, (number - 1) * file.pageSize + from);
    cleaned++;
  }
  return cleaned;
}

/** Whether the way from the root to a page is as it was. */
function createPlaces(file: OpenFile, trees: Trees): (number: number) => boolean {
  const roots = new Set(file.roots);
  const below = new Map<number, ReadonlySet<number>>();
  const isBelow = (number: number, above: number): boolean => {
    if (!below.has(above)) {
      const page = readPage(file, above);
      below.set(above, new Set(INNER.has(page[0] ?? 0) ? childrenOf(page) : []));
    }
    return below.get(above)?.has(number) === true;
  };
  return function isThere(number): boolean {
    const above = trees[number] ?? NONE;
    if (number > file.pages || above === NONE) return false;
    return above === ROOT ? roots.has(number) : isThere(above) && isBelow(number, above);
  };
}
