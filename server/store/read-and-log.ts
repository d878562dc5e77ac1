/** To look: what is shown is read, and who saw it is kept, in one transaction. Nothing is shown whose look could not be kept. */
import type { Look } from '../audit/access.ts';
import { createLookReader, type Looks } from './access-log.ts';
import type { Engine } from './engine.ts';
import { createEntryReader, type Log } from './log.ts';
import { createDeskLines, type DeskLines } from './queue-rows.ts';
import { createRetentionLines, type RetentionLines } from './retention.ts';
import type { Database } from './tables.ts';

/** What can be read inside the transaction. */
export interface Seen {
  desk: DeskLines;
  log: Pick<Log, 'read'>;
  looks: Pick<Looks, 'at'>;
  retention: RetentionLines;
}

/** `look` undefined: it was seen before, and counts once. What `see` throws undoes the look. */
export type Looking = <Shown>(see: (seen: Seen) => Promise<{ shown: Shown; look: Look | undefined }>) => Promise<Shown>;

export function createLooking(engine: Engine, looks: Looks): Looking {
  // Works are done one after the other, so that there is one transaction at most.
  let inside: Database | undefined;
  const bound: Engine = {
    ...engine,
    read: (query) => {
      if (inside === undefined) throw new Error('what is seen is read before the look is kept');
      return query(inside);
    },
  };
  const seen: Seen = {
    desk: createDeskLines(bound),
    log: createEntryReader(bound),
    looks: createLookReader(bound),
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
