/**
 * The way of a commit to the disk. SQLite writes it into the WAL; that it is on the disk is seen to here, in a thread of Node's pool, so that
 * nobody waits for the disk but whoever the commit is for. Nothing of a commit is acknowledged, and nothing of it is read, before it is there.
 */
import { closeSync, fdatasync, openSync } from 'node:fs';
import { OutcomeUnknown } from './failure.ts';

/** Resolves once what was written to the open file is on the disk. */
export type Flush = (handle: number) => Promise<void>;

const flushFile: Flush = (handle) =>
  new Promise((resolve, reject) => fdatasync(handle, (error) => (error === null ? resolve() : reject(error))));

export interface WalFlush {
  /** After a commit. Throws `OutcomeUnknown`: the commit stands in the WAL, and whether it outlives a power cut nobody knows. */
  flush(): Promise<void>;
  /** What was read just now may be of a commit that is still on its way: resolves once it is on the disk. */
  settled(): Promise<void> | undefined;
  /** After a flush that failed: all that was committed has come to the disk in another way, and can be read. */
  isBroughtIn(): void;
  close(): void;
}

/**
 * `file`: of the database. SQLite makes the WAL with the first statement, and it stays the same file for as long as the database is open. SQLite
 * locks the database and the index of the WAL, never the WAL itself: otherwise closing our handle would drop its locks.
 */
export function createWalFlush(file: string, toDisk: Flush = flushFile): WalFlush {
  let handle: number | undefined;
  let underWay: Promise<void> | undefined;

  async function reach(): Promise<void> {
    try {
      handle ??= openSync(`${file}-wal`, 'r+');
      await toDisk(handle);
    } catch (error) {
      throw new OutcomeUnknown('SQLITE_IOERR_FSYNC', `The disk failed to write: ${file}`, error);
    }
  }

  return {
    async flush() {
      underWay = reach();
      await underWay;
      underWay = undefined;
    },
    settled: () => underWay,
    isBroughtIn() {
      underWay = undefined;
    },
    close() {
      if (handle !== undefined) closeSync(handle);
      handle = undefined;
    },
  };
}
