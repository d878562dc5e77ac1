/**
 * All that remains of the public's conversations: how often each end was reached in a week. A line of the log for each would say to the second when
 * somebody alone at a computer asked for help, so the counts are guarded otherwise. Each row bears a MAC, and the number of all conversations that
 * were counted when it last changed; so the counts come to the highest of these numbers, unless a row was taken out or put back. That sum is noted
 * in the log at most once an hour, and in a file beside the heads with each of them (`tally-mark.ts`): so nobody can put all rows back together.
 */
import type { Mac, Macs } from '../audit/mac.ts';
import { localDay, mondayOf } from '../base/days.ts';
import type { AccessLog } from './access-log.ts';
import type { Definitions, Engine } from './engine.ts';
import type { Database, Tables } from './tables.ts';

export interface Tally {
  area: string;
  end: string;
  /** The Monday, such as 2026-11-16. */
  week: string;
  count: number;
}

export interface Tallies {
  count(area: string, end: string): Promise<void>;
  /** The weeks that begin in the span, both days included. */
  read(area: string, from: string, to: string): Promise<Tally[]>;
  /** Notes in the log how many were counted, if it was not noted in this hour. `now`: in any case. */
  note(now?: 'now'): Promise<void>;
  /** How many conversations were counted, over all rows. */
  countAll(): Promise<number>;
  /** For a new key of the audit: it marks what is there as it stands. */
  markAnew(): Promise<void>;
}

export interface TallyTables {
  tallies: Tally & {
    /** How many conversations had been counted in all, over all rows, when this one last changed. */
    counted: number;
    /** Does not fit if the row was changed by somebody else, also after more was counted. */
    mac: string;
  };
}

export interface TalliesParts {
  accessLog: Pick<AccessLog, 'add'>;
  clock: () => Date;
  mac: Mac;
}

const WHO = { id: '', name: 'conversations of the public', role: 'server' };
const HOUR_LETTERS = '2026-11-16T09'.length;
/** No MAC: it fits nothing. */
const FOREIGN = '';

export const factsOfTally = ({ area, end, week, count, counted }: Omit<Tables['tallies'], 'mac'>) => [
  ...[area, end, week],
  ...[String(count), String(counted)],
];

export function createTallies({ read, write }: Engine, { accessLog, clock, mac }: TalliesParts): Tallies {
  let [notedIn, noted] = ['', -1];
  return {
    count: (area, end) => write((db) => countOne(db, { area, end, week: mondayOf(localDay(clock())) }, mac)),
    read: (area, from, to) =>
      read((db) =>
        db
          .selectFrom('tallies')
          .select(['area', 'end', 'week', 'count'])
          .where('area', '=', area)
          .where('week', '>=', from)
          .where('week', '<=', to)
          .orderBy('week')
          .orderBy('end')
          .execute(),
      ),
    async note(now) {
      const hour = clock().toISOString().slice(0, HOUR_LETTERS);
      if (now === undefined && hour === notedIn) return;
      const counted = await read(findCounted);
      if (counted !== noted && counted > 0 && counted !== (await read(findNoted)))
        await accessLog.add({ who: WHO, area: '', what: 'tallies noted', body: { counted } });
      [notedIn, noted] = [hour, counted];
    },
    countAll: () => read(findCounted),
    markAnew: () => write((db) => markAll(db, mac)),
  };
}

type Key = Pick<Tally, 'area' | 'end' | 'week'>;

async function countOne(db: Database, key: Key, mac: Mac): Promise<void> {
  const counted = (await findCounted(db)) + 1;
  const there = await db
    .selectFrom('tallies')
    .selectAll()
    .where((where) => where.and({ ...key }))
    .executeTakeFirst();
  const row = { ...key, counted, count: (there?.count ?? 0) + 1 };
  // Counting on must not make a row ours that was not.
  const isOurs = there === undefined || mac.fits(there.mac, ...factsOfTally(there));
  const values = { ...row, mac: isOurs ? mac.make(...factsOfTally(row)) : FOREIGN };
  await db
    .insertInto('tallies')
    .values(values)
    .onConflict((conflict) => conflict.columns(['area', 'end', 'week']).doUpdateSet(values))
    .execute();
}

async function findCounted(db: Database): Promise<number> {
  const { counted } = await db
    .selectFrom('tallies')
    .select((row) => row.fn.max('counted').as('counted'))
    .executeTakeFirstOrThrow();
  return Number(counted ?? 0);
}

/** As it was noted last. Lines of the log are found by their number fastest, and this is asked once after each start. */
async function findNoted(db: Database): Promise<number> {
  const line = await db
    .selectFrom('looks')
    .select('body')
    .where('what', '=', 'tallies noted')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return line === undefined ? 0 : JSON.parse(line.body).counted;
}

/** Each as it stands, counted from the first to the last. */
async function markAll(db: Database, mac: Mac): Promise<void> {
  let counted = 0;
  const rows = await db.selectFrom('tallies').selectAll().orderBy('week').orderBy('area').orderBy('end').execute();
  for (const row of rows) {
    counted += row.count;
    const values = { counted, mac: mac.make(...factsOfTally({ ...row, counted })) };
    const { area, end, week } = row;
    await db
      .updateTable('tallies')
      .set(values)
      .where((where) => where.and({ area, end, week }))
      .execute();
  }
}

/** Counts from before they were marked are marked as they stand. */
export async function addTallyMacs(db: Database, _definitions: Definitions, _at: string, macs?: Macs): Promise<void> {
  const table = db.schema.alterTable('tallies');
  await table.addColumn('counted', 'integer', (column) => column.notNull().defaultTo(0)).execute();
  await db.schema
    .alterTable('tallies')
    .addColumn('mac', 'text', (column) => column.notNull().defaultTo(FOREIGN))
    .execute();
  await db.schema.createIndex('tallies_counted').on('tallies').column('counted').execute();
  if (macs !== undefined) await markAll(db, macs.tally);
}
