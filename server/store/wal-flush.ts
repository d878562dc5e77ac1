/**
 * How a commit reaches the disk. SQLite writes it into the WAL without waiting for the disk. The sync happens here, in
 * a thread of Node's pool, so that only the request that made the commit waits for it. Nothing in a commit is
 * acknowledged or read before it is on the disk.
 */
import { closeSync, fdatasync, openSync } from 'node:fs';
import { OutcomeUnknown } from './failure.ts';

/** Resolves once what was written to the open file is on the disk. */
export type FlushToDisk = (handle: number) => Promise<void>;

const flushFile: FlushToDisk = (handle) =>
  new Promise((resolve, reject) => fdatasync(handle, (error) => (error === null ? resolve() : reject(error))));

export interface WalFlush {
  /**
   * Call it after a commit. Throws `OutcomeUnknown` if the sync fails: the commit is in the WAL, and nobody knows
   * whether it would survive a power cut.
   */
  flush(): Promise<void>;
  /** Something that was just read may belong to a commit that is not on the disk yet: resolves once it is. */
  settled(): Promise<void> | undefined;
  /**
   * Call it after a failed flush, once everything that was committed has reached the disk in another way and can be
   * read.
   */
  isBroughtIn(): void;
  close(): void;
}

/**
 * `file`: path of the database. SQLite creates the WAL with the first statement, and keeps the same file as long as the
 * database is open. SQLite locks the database and the WAL's index but never the WAL itself; if it did, closing our
 * handle would release its locks.
 */
export function createWalFlush(file: string, toDisk: FlushToDisk = flushFile): WalFlush {
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
