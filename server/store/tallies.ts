/**
 * All that remains of the public's conversations: how often each end was reached in a week. A log line for each would
 * show to the second when somebody asked for help alone at a computer, so the counts are protected in another way. Each
 * row has a MAC, which covers the total number of conversations at the time the row last changed. So the counts add up
 * to the highest of these numbers, unless somebody deleted a row or put an older one back. The total is recorded in the
 * log at most once an hour, and with each checkpoint in the file beside it (`tally-mark.ts`), so nobody can put back
 * all rows together.
 */
import { sql } from 'kysely';
import type { Mac, Macs } from '../audit/mac.ts';
import { localDay, mondayOf } from '../base/days.ts';
import type { AccessLog } from './access-log.ts';
import type { Engine, TableDefinitions } from './engine.ts';
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
  /** The weeks that begin between these days, both inclusive. */
  read(area: string, from: string, to: string): Promise<Tally[]>;
  /** Records in the log how many conversations were counted, at most once an hour. `now` records it in any case. */
  note(now?: 'now'): Promise<void>;
  /** How many conversations were counted, over all rows. */
  countAll(): Promise<number>;
  /** For a new audit key: gives every row a new MAC, as it is. */
  markAnew(): Promise<void>;
}

export interface TallyTables {
  tallies: Tally & {
    /** The total number of conversations, over all rows, when this row last changed. */
    counted: number;
    /** It stays wrong once somebody else has changed the row, even after more was counted. */
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
/** A value that is never a valid MAC. */
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
  // A row that was not ours must not get a valid MAC by counting on.
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

/** The total as it was last recorded. */
async function findNoted(db: Database): Promise<number> {
  const line = await db
    .selectFrom('looks')
    .select('body')
    .where('what', '=', sql.lit('tallies noted'))
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return line === undefined ? 0 : JSON.parse(line.body).counted;
}

/** Gives each row a MAC as it is, numbering from the first to the last. */
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

/** Gives MACs to counts from before there were any, as they are. */
export async function addTallyMacs(
  db: Database,
  _definitions: TableDefinitions,
  _at: string,
  macs?: Macs,
): Promise<void> {
  const table = db.schema.alterTable('tallies');
  await table.addColumn('counted', 'integer', (column) => column.notNull().defaultTo(0)).execute();
  await db.schema
    .alterTable('tallies')
    .addColumn('mac', 'text', (column) => column.notNull().defaultTo(FOREIGN))
    .execute();
  await db.schema.createIndex('tallies_counted').on('tallies').column('counted').execute();
  if (macs !== undefined) await markAll(db, macs.tally);
}

/** The last note is read at a start and at every check of the log. */
export async function indexTallies(db: Database): Promise<void> {
  const index = db.schema.createIndex('looks_tallies').on('looks').columns(['seq']);
  await index.where(sql.ref('what'), '=', sql.lit('tallies noted')).execute();
}
