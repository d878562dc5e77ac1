/** The desk's lines: kept in the transaction of the entries that change them; the queue, and consultations on the same child. */
import { describeLine, type QueueRow, wordsOf } from '../desk/queue-row.ts';
import { createSearch, type Search } from './consultation-search.ts';
import type { Engine } from './engine.ts';
import type { Projection } from './log.ts';
import { prepare } from './prepare.ts';
import { type Row, toQueueRow, toRow } from './queue-row-mapping.ts';
import type { Database } from './tables.ts';

export interface QueueRows extends Search {
  /** What is left to do in an area, the earliest first. */
  queue(area: string): Promise<QueueRow[]>;
  find(consultation: string): Promise<QueueRow | undefined>;
  /** Those on a child of the same name, the oldest first. The same name may be another child. */
  onSameChild(area: string, childKey: string): Promise<QueueRow[]>;
}

const MOST_IN_QUEUE = 300;
const MOST_ON_CHILD = 100;

export function createQueueRows(engine: Engine): QueueRows {
  const { reading, read } = engine;
  const waiting = prepare<{ area: string }, Row>(reading, (db, value) =>
    db
      .selectFrom('desk_lines')
      .selectAll()
      .where('area', '=', value('area'))
      .where('due', 'is not', null)
      .orderBy('due')
      .orderBy('number')
      .limit(MOST_IN_QUEUE),
  );
  const one = prepare<{ consultation: string }, Row>(reading, (db, value) =>
    db.selectFrom('desk_lines').selectAll().where('consultation', '=', value('consultation')),
  );
  const same = prepare<{ area: string; childKey: string }, Row>(reading, (db, value) =>
    db
      .selectFrom('desk_lines')
      .selectAll()
      .where('area', '=', value('area'))
      .where('child_key', '=', value('childKey'))
      .orderBy('asked_at')
      .limit(MOST_ON_CHILD),
  );
  return {
    ...createSearch(engine),
    queue: async (area) => (await read((db) => waiting(db, { area }))).map(toQueueRow),
    find: async (consultation) => (await read((db) => one(db, { consultation }))).map(toQueueRow)[0],
    onSameChild: async (area, childKey) => (await read((db) => same(db, { area, childKey }))).map(toQueueRow),
  };
}

/** Nothing is kept until the desk is asked: what a professional does alone is nobody's to search. */
export const projectQueueRow: Projection = async (db, consultation, { entries }) => {
  const line = describeLine(consultation, entries);
  if (line === undefined) return;
  const row = toRow(line);
  const { number } = await db
    .insertInto('desk_lines')
    .values(row)
    .onConflict((conflict) => conflict.column('consultation').doUpdateSet(row))
    .returning('number')
    .executeTakeFirstOrThrow();
  await keepWords(db, number, line, wordsOf(entries));
};

async function keepWords(db: Database, rowid: number, line: QueueRow, words: string): Promise<void> {
  const { area, professional, agency } = line;
  await db.deleteFrom('desk_words').where('rowid', '=', rowid).execute();
  await db.insertInto('desk_words').values({ rowid, area, professional, agency, words }).execute();
}
