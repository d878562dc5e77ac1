/**
 * The transactions of this process wait here in order. Those that are waiting at the same time share a commit, because
 * waiting for the disk takes by far the longest.
 */
import { setImmediate as others } from 'node:timers/promises';
import type { Engine } from './engine.ts';
import type { Database } from './tables.ts';

/** How many transactions share one commit at most. */
const MOST_TOGETHER = 64;

/** A transaction that is waiting. */
export interface WaitingTransaction {
  run(db: Database): Promise<void>;
  /** Only called once the commit is on the disk. */
  acknowledge(): void;
  refuse(error: unknown): void;
}

export interface WriteQueue {
  write: Engine['write'];
  isIdle(): boolean;
  /** Resolves once nothing is waiting any more. */
  finish(): Promise<void>;
}

/** `commitTogether` has to acknowledge or reject each of the works, and must never throw. */
export function createWriteQueue(commitTogether: (works: WaitingTransaction[]) => Promise<void>): WriteQueue {
  const waiting: WaitingTransaction[] = [];
  let draining: Promise<void> | undefined;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      await commitTogether(waiting.splice(0, MOST_TOGETHER));
      // Requests that arrived during the commit are read first, so that the next commit can serve them all.
      await others();
    }
    draining = undefined;
  }

  const write: Engine['write'] = <T>(work: (db: Database) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      let result: T;
      waiting.push({
        run: async (db) => {
          result = await work(db);
        },
        acknowledge: () => resolve(result),
        refuse: reject,
      });
      draining ??= others().then(drain);
    });
  return { write, isIdle: () => draining === undefined, finish: async () => draining };
}
