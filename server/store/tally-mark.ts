/**
 * How many conversations of the public were counted in all, and at which line of the log: a small file beside the heads, written anew with each of
 * them. The log notes that number once an hour alone, since a line for each would say when somebody asked for help; until then all rows could be put
 * back together. This file keeps nothing of earlier times, so it says no more than the rows themselves, and is no part of what they can be put back
 * with.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import type { Mac } from '../audit/mac.ts';
import { StoreProblem } from './failure.ts';

export interface TallyMark {
  counted: number;
  /** Of the newest head at that time. */
  position: number;
}

export interface TallyMarks {
  /** `accepted`: in any case, also when more had been counted, since a backup was put into service for a reason. */
  keep(position: number, how?: 'now' | 'accepted'): Promise<void>;
}

interface TallyMarkParts {
  headsFile: string;
  clock: () => Date;
  mac: Mac;
  countAll: () => Promise<number>;
}

/** While nothing else is written: a time of the file itself then says nothing to the minute. */
const EVERY_MS = 5 * 60_000;

const fileOf = (headsFile: string) => `${headsFile}.counted`;
const factsOf = ({ counted, position }: TallyMark) => ['counted in all', String(counted), String(position)];

/** The file as it stands; null when there is none. */
export function readTallyMarkFile(headsFile: string): string | null {
  const file = fileOf(headsFile);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** Undefined for what no server with this key has written. */
export function parseTallyMark(text: string, mac: Mac): TallyMark | undefined {
  try {
    const { counted, position, mac: mark } = JSON.parse(text);
    return mac.fits(String(mark), ...factsOf({ counted, position })) ? { counted, position } : undefined;
  } catch {
    return undefined;
  }
}

export function createTallyMarks({ headsFile, clock, mac, countAll }: TallyMarkParts): TallyMarks {
  let last = { position: -1, at: 0 };
  return {
    async keep(position, how) {
      const at = clock().getTime();
      if (how === undefined && position === last.position && at - last.at < EVERY_MS) return;
      const mark = { counted: await countAll(), position };
      const there = readTallyMarkFile(headsFile);
      const known = there === null ? { counted: 0, position } : parseTallyMark(there, mac);
      // What contradicts the rows is evidence: verify names it, and it stays until somebody gives a reason.
      const mayGo = how === 'accepted' || (known !== undefined && known.counted <= mark.counted);
      if (mayGo && mark.counted > 0)
        write(fileOf(headsFile), JSON.stringify({ ...mark, mac: mac.make(...factsOf(mark)) }));
      last = { position, at };
    },
  };
}

function write(file: string, text: string): void {
  const part = `${file}.${process.pid}.part`;
  try {
    const handle = openSync(part, 'w', 0o600);
    try {
      writeSync(handle, `${text}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
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
