/**
 * What signing needs of lines that are committed already: that each has its MAC, and the nodes of the tree over them. A busy server writes ten
 * thousand lines between two heads; to read them all in the transaction that signs would stop everybody for a tenth of a second. So they are read
 * before it, a few at a time between the requests.
 */
import { setImmediate as others } from 'node:timers/promises';
import type { Mac } from '../audit/mac.ts';
import { hashLeaf } from '../audit/merkle-tree.ts';
import type { Engine } from './engine.ts';
import { combineRow, type KnownNodes, LOWEST_WIDTH } from './log-tree.ts';
import type { Database } from './tables.ts';

/** What was read ahead: the lines up to `position` have their MACs, and these are the complete nodes of the lowest level that is kept. */
interface ReadAhead {
  position: number;
  nodes: KnownNodes;
}

export interface LinesAhead {
  /** Reads on from the line that was signed last, for as long as there are enough lines for a whole piece. `macFrom`: the last line without a MAC. */
  read(signed: { position: number; macFrom: number }): Promise<void>;
  /** In the transaction that signs. Position 0 if the database has other lines now than those that were read. */
  takeIn(db: Database): Promise<ReadAhead>;
}

/** The lines of one node: less than a millisecond of work, so that nobody's answer waits longer for it. */
const LINES = LOWEST_WIDTH;

interface Piece {
  /** Of its last line. */
  hash: string;
  /** The node over them, in base64. */
  node: string;
}

/**
 * The next lines after `after`; those after `checkFrom` must have their MAC. Undefined if there are fewer than a piece, or one that is not ours:
 * signing then reads these itself, and says what is wrong with them.
 */
async function readPiece(db: Database, mac: Mac, after: number, checkFrom: number): Promise<Piece | undefined> {
  const lines = await db
    .selectFrom('chain')
    .select(['position', 'hash', 'mac'])
    .where('position', '>', after)
    .orderBy('position')
    .limit(LINES)
    .execute();
  const last = lines.at(-1);
  if (lines.length < LINES || last?.position !== after + LINES) return undefined;
  if (lines.some((line) => line.position > checkFrom && !mac.fits(line.mac, line.hash))) return undefined;
  return { hash: last.hash, node: combineRow(lines.map(({ hash }) => hashLeaf(hash))).toString('base64') };
}

async function hashAt(db: Database, position: number): Promise<string | undefined> {
  const line = await db.selectFrom('chain').select('hash').where('position', '=', position).executeTakeFirst();
  return line?.hash;
}

/** As far as was read: the hash of the last line, empty before the first piece, and the nodes over what is not signed yet. */
interface State {
  position: number;
  hash: string;
  nodes: Map<number, string>;
}

function startAt(state: State, position: number): void {
  state.nodes.clear();
  Object.assign(state, { position, hash: '' });
}

async function readOn(
  state: State,
  { read, mac }: Pick<Engine, 'read'> & { mac: Mac },
  { position, macFrom }: { position: number; macFrom: number },
): Promise<void> {
  // Nodes cover whole rows of lines, so the first row may have some that were signed before.
  if (state.position < position) startAt(state, position - (position % LINES));
  for (const index of state.nodes.keys()) if ((index + 1) * LINES <= position) state.nodes.delete(index);
  for (;;) {
    const { position: after } = state;
    const piece = await read((db) => readPiece(db, mac, after, Math.max(position, macFrom)));
    if (piece === undefined) return;
    state.nodes.set(after / LINES, piece.node);
    Object.assign(state, { position: after + LINES, hash: piece.hash });
    await others();
  }
}

export function createLinesAhead({ read }: Pick<Engine, 'read'>, mac: Mac): LinesAhead {
  const state: State = { position: 0, hash: '', nodes: new Map() };
  let reading: Promise<void> | undefined;

  return {
    read(signed) {
      reading ??= readOn(state, { read, mac }, signed).finally(() => {
        reading = undefined;
      });
      return reading;
    },
    async takeIn(db) {
      // The hash of a line stands for all before it. After a failover a database can have lost lines that were read.
      if (state.hash !== '' && (await hashAt(db, state.position)) !== state.hash) startAt(state, 0);
      return state;
    },
  };
}
