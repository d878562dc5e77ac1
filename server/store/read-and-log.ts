/** To look: what is shown is read, and who saw it is kept, in one transaction. Nothing is shown whose look could not be kept. */
import type { Access } from '../audit/access.ts';
import { type AccessLog, createAccessLogReader } from './access-log.ts';
import type { Engine } from './engine.ts';
import { createEntryReader, type Log } from './log.ts';
import { createQueueRows, type QueueRows } from './queue-rows.ts';
import { createRetentionLines, type RetentionLines } from './retention.ts';
import type { Database } from './tables.ts';

/** What can be read inside the transaction. */
export interface ReadInside {
  desk: QueueRows;
  log: Pick<Log, 'read'>;
  looks: Pick<AccessLog, 'at'>;
  retention: RetentionLines;
}

/** `look` undefined: it was seen before, and counts once. What `see` throws undoes the look. */
export type ReadAndLog = <Shown>(
  see: (seen: ReadInside) => Promise<{ shown: Shown; look: Access | undefined }>,
) => Promise<Shown>;

export function createReadAndLog(engine: Engine, looks: AccessLog): ReadAndLog {
  // Works are done one after the other, so that there is one transaction at most.
  let inside: Database | undefined;
  const bound: Engine = {
    ...engine,
    read: (query) => {
      if (inside === undefined) throw new Error('what is seen is read before the look is kept');
      return query(inside);
    },
  };
  const seen: ReadInside = {
    desk: createQueueRows(bound),
    log: createEntryReader(bound),
    looks: createAccessLogReader(bound),
    retention: createRetentionLines(bound),
  };
  return (see) =>
    engine.write(async (db) => {
      inside = db;
      try {
        const { shown, look } = await see(seen);
        if (look !== undefined) await looks.addIn(db, look);
        return shown;
      } finally {
        inside = undefined;
      }
    });
}
