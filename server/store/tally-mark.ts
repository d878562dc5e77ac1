/**
 * A small file beside the checkpoints, rewritten with each of them: how many conversations of the public were counted
 * in all, how often rows were changed (`row-sums.ts`), and at which log line. The log records that number only once an
 * hour, since a line for each conversation would show when somebody asked for help. Without this file, somebody could
 * put all the rows back to their state within that hour. It keeps no history, so it reveals no more than the rows do.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Mac } from '../audit/mac.ts';
import { StoreProblem } from './failure.ts';
import { isLess, type RowChanges } from './row-sums.ts';

export interface TallyMark {
  counted: number;
  /** Undefined in a file from before there were row sums. */
  changes?: RowChanges | undefined;
  /** Position of the newest checkpoint at that time. */
  position: number;
}

export interface TallyMarks {
  /**
   * Writes the file. `accepted`: even if it said a higher number, because a backup was put into service for a given
   * reason.
   */
  keep(position: number, how?: 'now' | 'accepted'): Promise<void>;
}

interface TallyMarkParts {
  headsFile: string;
  clock: () => Date;
  mac: Mac;
  countAll: () => Promise<number>;
  readChanges: () => Promise<RowChanges>;
}

/**
 * While nothing else is written, this interval keeps the file's own timestamp from showing the minute of a
 * conversation.
 */
const EVERY_MS = 5 * 60_000;

const fileOf = (headsFile: string) => `${headsFile}.counted`;
const factsOf = ({ counted, changes, position }: TallyMark) => [
  ...['counted in all', String(counted), String(position)],
  ...(changes === undefined ? [] : [JSON.stringify(changes)]),
];

/** The contents of the file; null if there is none. */
export function readTallyMarkFile(headsFile: string): string | null {
  const file = fileOf(headsFile);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** Undefined if no server with this key wrote it. */
export function parseTallyMark(text: string, mac: Mac): TallyMark | undefined {
  try {
    const { counted, changes, position, mac: mark } = JSON.parse(text);
    const read = { counted, changes, position };
    return mac.fits(String(mark), ...factsOf(read)) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** How often rows were changed, according to the file. The caller has to check that the file is ours. */
export function readMarkedChanges({ headsFile }: { headsFile: string }): RowChanges {
  try {
    return JSON.parse(readTallyMarkFile(headsFile) ?? '{}').changes ?? {};
  } catch {
    return {};
  }
}

/** Whether the rows include everything that the file counts. */
const hasAll = (rows: TallyMark, known: TallyMark) =>
  known.counted <= rows.counted && !isLess(rows.changes ?? {}, known.changes ?? {});

export function createTallyMarks({ headsFile, clock, mac, countAll, readChanges }: TallyMarkParts): TallyMarks {
  let last: { position: number; at: number; changes: RowChanges } = { position: -1, at: 0, changes: {} };
  return {
    async keep(position, how) {
      const at = clock().getTime();
      const changes = await readChanges();
      const isSame = position === last.position && !isLess(last.changes, changes);
      if (how === undefined && isSame && at - last.at < EVERY_MS) return;
      const mark = { counted: await countAll(), changes, position };
      const there = readTallyMarkFile(headsFile);
      const known = there === null ? { counted: 0, position } : parseTallyMark(there, mac);
      // A file that contradicts the rows is evidence: `npm run verify` reports it, and it is kept until somebody gives
      // a reason.
      const mayGo = how === 'accepted' || (known !== undefined && hasAll(mark, known));
      if (mayGo && (mark.counted > 0 || isLess({}, changes)))
        write(fileOf(headsFile), JSON.stringify({ ...mark, mac: mac.make(...factsOf(mark)) }));
      last = { position, at, changes };
    },
  };
}

function write(file: string, text: string): void {
  const part = `${file}.${process.pid}.part`;
  try {
    writeFileSync(part, `${text}\n`, { mode: 0o600, flush: true });
    renameSync(part, file);
  } catch (error) {
    throw new StoreProblem(
      `How many conversations were counted cannot be written: ${(error as Error).message}`,
      `a file ${file} that this program may write anew`,
      'give it the right to write into that folder, or free space; see AUDIT_HEADS in the README',
      error,
    );
  }
}
