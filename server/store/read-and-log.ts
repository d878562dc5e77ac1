/** Reads what a page shows and logs who saw it, in one transaction: nothing is shown that could not be logged. */
import type { Access } from '../audit/access.ts';
import { type AccessLog, createAccessLogReader } from './access-log.ts';
import type { Engine } from './engine.ts';
import { createEntryReader, type Log } from './log.ts';
import { createPathwayLines, type PathwayLines } from './pathways.ts';
import { createQueueRows, type QueueRows } from './queue-rows.ts';
import { createRetentionLines, type RetentionLines } from './retention.ts';
import type { Database } from './tables.ts';

/** What the callback can read inside the transaction. */
export interface ReadInside {
  desk: QueueRows;
  log: Pick<Log, 'read'>;
  accessLog: Pick<AccessLog, 'at'>;
  retention: RetentionLines;
  pathways: PathwayLines;
}

/**
 * `access` is undefined if the person has seen it before and it should not count twice. Nothing is logged if `see`
 * throws.
 */
export type ReadAndLog = <Shown>(
  see: (seen: ReadInside) => Promise<{ shown: Shown; access: Access | undefined }>,
) => Promise<Shown>;

export function createReadAndLog(engine: Engine, accessLog: AccessLog): ReadAndLog {
  // Writes run one after the other, so at most one transaction is open.
  let inside: Database | undefined;
  const bound: Engine = {
    ...engine,
    read: (query) => {
      if (inside === undefined)
        throw new Error('what is shown has to be read inside `see`, before the access is logged');
      return query(inside);
    },
  };
  const seen: ReadInside = {
    desk: createQueueRows(bound),
    log: createEntryReader(bound),
    accessLog: createAccessLogReader(bound),
    retention: createRetentionLines(bound),
    pathways: createPathwayLines(bound),
  };
  return (see) =>
    engine.write(async (db) => {
      inside = db;
      try {
        const { shown, access } = await see(seen);
        if (access !== undefined) await accessLog.addIn(db, access);
        return shown;
      } finally {
        inside = undefined;
      }
    });
}
