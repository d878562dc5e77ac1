/**
 * The Merkle tree over the chain, as far as checkpoints were signed. It stores only the nodes of every sixth level, one
 * for 64 nodes below it, and computes the levels in between when needed. So a root or a proof reads at most a few
 * hundred rows, whether the log has a thousand lines or a million.
 */
import { hashLeaf, hashNode, proveInclusion, type ReadNode, readPeaks, rootOf } from '../audit/merkle-tree.ts';
import type { Database } from './tables.ts';

const KEPT_EVERY = 6;
/** How many lines a node of the lowest level that is kept covers. */
export const LOWEST_WIDTH = 2 ** KEPT_EVERY;
/** Nodes of the lowest level that is kept, in base64, by their index. */
export type KnownNodes = ReadonlyMap<number, string>;

/** The levels of which nodes are stored when `size` lines are signed. */
export function keptLevels(size: number): number[] {
  const levels: number[] = [];
  for (let level = KEPT_EVERY; 2 ** level <= size; level += KEPT_EVERY) levels.push(level);
  return levels;
}
export const nodesOf = (level: number, size: number) => Math.floor(size / 2 ** level);

/** So many rows are written by one statement. */
const ROWS_AT_ONCE = 500;

/**
 * Stores the nodes that are complete within the first `size` lines, and returns the root over those lines. `known`: nodes that were made from their
 * lines before.
 */
export async function growTree(db: Database, size: number, known: KnownNodes = new Map()): Promise<string> {
  const { combine, read } = readNodes(db);
  for (const level of keptLevels(size)) {
    const added: { level: number; index: number; hash: string }[] = [];
    for (let index = await countKept(db, level); index < nodesOf(level, size); index++) {
      const before = level === KEPT_EVERY ? known.get(index) : undefined;
      added.push({ level, index, hash: before ?? (await combine(level, index)).toString('base64') });
    }
    for (let first = 0; first < added.length; first += ROWS_AT_ONCE) {
      const rows = added.slice(first, first + ROWS_AT_ONCE);
      await db.insertInto('tree_nodes').values(rows).execute();
    }
  }
  return (rootOf(await readPeaks(size, read)) as Buffer).toString('base64');
}

/** The proof that leads from the line at `position` to the root over the first `size` lines, in base64. */
export async function proveLine(db: Database, position: number, size: number): Promise<string[]> {
  return (await proveInclusion(position - 1, size, readNodes(db).read)).map((node) => node.toString('base64'));
}

/** The nodes over the first `size` lines, for a check that begins after them. */
export function readTree(db: Database, size: number): Promise<Buffer[]> {
  return readPeaks(size, readNodes(db).read);
}

async function countKept(db: Database, level: number): Promise<number> {
  const { last } = await db
    .selectFrom('tree_nodes')
    .select((query) => query.fn.max('index').as('last'))
    .where('level', '=', level)
    .executeTakeFirstOrThrow();
  return last === null ? 0 : Number(last) + 1;
}

/** The node over a row of nodes, whose number is a power of two. */
export function combineRow(row: readonly Buffer[]): Buffer {
  let nodes = row;
  while (nodes.length > 1)
    nodes = nodes.flatMap((left, place) => (place % 2 === 0 ? [hashNode(left, nodes[place + 1] as Buffer)] : []));
  return nodes[0] as Buffer;
}

function readNodes(db: Database): { read: ReadNode; combine: ReadNode } {
  /** Computed from the nearest stored level below. */
  const combine: ReadNode = async (level, index) => {
    const base = KEPT_EVERY * Math.floor((level - 1) / KEPT_EVERY);
    const width = 2 ** (level - base);
    return combineRow(await readRow(base, index * width, width));
  };
  /** Adjacent nodes of a stored level. A missing node is computed from those below it. */
  const readRow = async (level: number, first: number, count: number): Promise<Buffer[]> => {
    if (level === 0) return readLeaves(db, first, count);
    const kept = await readKept(db, level, first, count);
    const nodes: Buffer[] = [];
    for (let index = first; index < first + count; index++)
      nodes.push(kept.get(index) ?? (await combine(level, index)));
    return nodes;
  };
  const read: ReadNode = async (level, index) =>
    level % KEPT_EVERY === 0 ? ((await readRow(level, index, 1))[0] as Buffer) : combine(level, index);
  return { read, combine };
}

async function readKept(db: Database, level: number, first: number, count: number): Promise<Map<number, Buffer>> {
  const rows = await db
    .selectFrom('tree_nodes')
    .select(['index', 'hash'])
    .where('level', '=', level)
    .where('index', '>=', first)
    .where('index', '<', first + count)
    .execute();
  return new Map(rows.map(({ index, hash }) => [index, Buffer.from(hash, 'base64')]));
}

async function readLeaves(db: Database, first: number, count: number): Promise<Buffer[]> {
  const rows = await db
    .selectFrom('chain')
    .select('hash')
    .where('position', '>', first)
    .where('position', '<=', first + count)
    .orderBy('position')
    .execute();
  return rows.map(({ hash }) => hashLeaf(hash));
}
