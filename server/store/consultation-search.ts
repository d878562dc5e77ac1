/**
 * Searches the desk's consultations. Words are found by the database's full-text index. The area is part of that index,
 * which keeps it fast.
 */
import { type RawBuilder, sql } from 'kysely';
import { telephoneKeys } from '../base/telephone.ts';
import { foldedWords } from '../base/text.ts';
import type { DeskState } from '../desk/desk-case.ts';
import type { QueueRow } from '../desk/queue-row.ts';
import type { Dialect, Engine, SoughtWords } from './engine.ts';
import {
  columnsOf,
  equals,
  findFew,
  findNamed,
  findReferred,
  findWorkers,
  type Named,
  namesWith,
} from './few-consultations.ts';
import { INDEXED_COLUMNS, markedWords } from './index-words.ts';
import { type DeskLineRow, toQueueRow } from './queue-row-mapping.ts';
import type { SearchCriteria } from './search-criteria.ts';
import type { Database } from './tables.ts';

export interface ConsultationSearch {
  /** The newest first. Returns one more than `most` if there are more. */
  search(area: string, criteria: SearchCriteria, most: number): Promise<QueueRow[]>;
  /** All of them in batches, the oldest first. */
  list(area: string, criteria: Pick<SearchCriteria, 'from' | 'before' | 'outcome'>): AsyncGenerator<QueueRow[], void>;
}

export function createSearch({ read, dialect }: Pick<Engine, 'read' | 'dialect'>): ConsultationSearch {
  return {
    search: (area, criteria, most) => read((db) => searchIn({ db, dialect }, area, criteria, most)),
    async *list(area, criteria) {
      const span = await read((db) => readSpan(db, area, criteria));
      for (let after = 0; ; ) {
        const rows = await read((db) => nextOf({ db, area, span }, criteria, after).execute());
        const last = rows.at(-1);
        if (last === undefined) return;
        yield rows.map(toQueueRow);
        after = last.number;
      }
    },
  };
}

/** Returns at most one more than was asked for, which tells that there are more. */
async function searchIn(
  { db, dialect }: Searched,
  area: string,
  criteria: SearchCriteria,
  most: number,
): Promise<QueueRow[]> {
  const named = await findNamed(db, area, criteria);
  const sought = await dialect.lookUpWords(db, beginningsOf(area, criteria));
  const { worker, state } = criteria;
  const workers = worker === undefined ? [undefined] : await findWorkers(db, area, foldedWords(worker));
  const states = state === undefined ? [undefined] : statesFor(state);
  // The index finds the newest rows of one worker and state. With several at once, SQLite would scan the whole area.
  const each = workers.flatMap((one) => states.map((other) => ({ ...criteria, worker: one, state: other })));
  const found = each.map(async (compared) => {
    const columns = columnsOf(compared);
    const few = await findFirst(db, area, criteria, { named, sought, columns });
    const narrow = { few, named, sought, columns, most: most + 1 };
    return matching({ db, dialect }, area, criteria, narrow).execute();
  });
  return newestFirst((await Promise.all(found)).flat())
    .slice(0, most + 1)
    .map(toQueueRow);
}

/** The consultations among which the search looks, if one of the criteria leaves few. */
async function findFirst(
  db: Database,
  area: string,
  { reference }: SearchCriteria,
  { named, sought, columns }: Omit<Narrow, 'few' | 'most'>,
): Promise<readonly string[] | undefined> {
  const byName = named !== undefined && 'few' in named ? named.few : undefined;
  if (reference !== undefined) {
    const referred = await findReferred(db, area, reference);
    return byName === undefined ? referred : referred.filter((id) => byName.includes(id));
  }
  if (byName !== undefined) return byName;
  const isNarrowed = named !== undefined || sought.beginnings.length > 0 || columns.length > 1;
  return isNarrowed ? findFew(db, area, columns) : undefined;
}

const AT_A_TIME = 25;

interface Listed {
  db: Database;
  area: string;
  span: Awaited<ReturnType<typeof readSpan>>;
}

/** Paged by row number, so that rows that are written in the meantime are neither repeated nor left out. */
function nextOf({ db, area, span }: Listed, { from, before, outcome }: SearchCriteria, after: number) {
  // A column in an expression cannot be looked up in an index. So the rows are read in their own order, and nothing has
  // to be sorted.
  const plain = (column: string) => sql<string>`(${sql.ref(column)} || '')`;
  let query = db.selectFrom('desk_lines').selectAll().where(plain('area'), '=', area).where('number', '>', after);
  if (span !== undefined) query = query.where('number', '>=', span.first).where('number', '<=', span.last);
  if (from !== undefined) query = query.where(plain('asked_at'), '>=', from);
  if (before !== undefined) query = query.where(plain('asked_at'), '<', before);
  if (outcome !== undefined) query = query.where(plain('outcome'), '=', outcome);
  return query.orderBy('number').limit(AT_A_TIME).$castTo<DeskLineRow>();
}

/** What a search means by the states. Complete by its type. */
const SEARCHED_AS: Record<DeskState, NonNullable<SearchCriteria['state']>> = {
  waiting: 'open',
  claimed: 'open',
  closed: 'closed',
};

function statesFor(searched: NonNullable<SearchCriteria['state']>): DeskState[] {
  const states = Object.keys(SEARCHED_AS) as DeskState[];
  return states.filter((state) => SEARCHED_AS[state] === searched);
}

function newestFirst(rows: DeskLineRow[]): DeskLineRow[] {
  return rows.sort((a, b) => b.asked_at.localeCompare(a.asked_at) || b.number - a.number);
}

interface Narrow {
  few: readonly string[] | undefined;
  named: Named;
  sought: SoughtWords;
  columns: ReturnType<typeof columnsOf>;
  most: number;
}

interface Searched {
  db: Database;
  dialect: Dialect;
}

function matching(
  { db, dialect }: Searched,
  area: string,
  criteria: SearchCriteria,
  { few, named, sought, columns, most }: Narrow,
) {
  const { reference, from, before } = criteria;
  const hasWords = sought.beginnings.length > 0;
  const isByWords = hasWords && few === undefined;
  let query = sourceOf({ db, dialect }, few, isByWords ? dialect.hasWords(sought) : undefined)
    .selectAll('desk_lines')
    .where('desk_lines.area', '=', area);
  if (reference !== undefined) query = query.where('reference', '=', reference);
  if (from !== undefined) query = query.where('asked_at', '>=', from);
  if (before !== undefined) query = query.where('asked_at', '<', before);
  const span = isByWords ? spanOf(db, area, criteria, columns[0]) : undefined;
  if (span !== undefined)
    query = query
      .where(sql<number>`desk_words.rowid`, '>=', span.first)
      .where(sql<number>`desk_words.rowid`, '<=', span.last);
  if (named !== undefined && 'many' in named) {
    const own = namesWith(db, named.many).where('first.consultation', '=', sql<string>`desk_lines.consultation`);
    query = query.where(({ exists }) => exists(own));
  }
  for (const [index, { name, value }] of columns.entries()) {
    // Rows are found by the first of them alone.
    const column = index === 0 ? sql.ref(name) : dialect.unindexed(name);
    query = query.where(equals(column, { name, value }));
  }
  if (isByWords) return query.orderBy(sql`desk_words.rowid`, 'desc').limit(most).$castTo<DeskLineRow>();
  const newest = query.orderBy('asked_at', 'desc');
  if (few === undefined || !hasWords) return newest.limit(most).$castTo<DeskLineRow>();
  // Sorted first, so that words are compared only until the page is full. With a limit, SQLite keeps this order.
  const sorted = newest.limit(few.length).as('sorted');
  return db
    .selectFrom(sorted)
    .selectAll()
    .where(dialect.rowHasWords('sorted.number', sought))
    .limit(most)
    .$castTo<DeskLineRow>();
}

/** What is looked up first; otherwise SQLite would repeat the lookup for each row of the date range. */
function sourceOf({ db, dialect }: Searched, few: Narrow['few'], match: RawBuilder<boolean> | undefined) {
  if (few !== undefined) return fewFirst(db, dialect.textsIn(sql`${JSON.stringify(few)}`));
  return match === undefined ? fromLines(db) : wordsFirst(db, match);
}

/** SQLite never reorders a cross join, so the words come first. */
function wordsFirst(db: Database, match: RawBuilder<boolean>) {
  return db
    .selectFrom('desk_words')
    .crossJoin('desk_lines')
    .whereRef('desk_words.rowid', '=', 'desk_lines.number')
    .where(match) as unknown as ReturnType<typeof fromLines>;
}

/** Passed as one JSON value, so that the SQL text stays the same and is compiled once. */
function fewFirst(db: Database, consultations: RawBuilder<{ value: string }>) {
  return db
    .selectFrom(consultations.as('few'))
    .crossJoin('desk_lines')
    .whereRef('few.value', '=', 'desk_lines.consultation') as unknown as ReturnType<typeof fromLines>;
}

function fromLines(db: Database) {
  return db.selectFrom('desk_lines');
}

/** Most words of a field that are looked for. */
const MOST_WORDS = 12;

/** Every word must occur, or a longer word that begins with it. */
function beginningsOf(
  area: string,
  { professional = '', agency = '', words = '', telephone }: SearchCriteria,
): string[] {
  const columns = { professional, agency, words };
  const number = telephone === undefined ? [] : markedWords(area, 'words', TELEPHONE + telephone);
  return [
    ...number,
    ...INDEXED_COLUMNS.flatMap((column) => markedWords(area, column, columns[column]).slice(0, MOST_WORDS)),
  ];
}

/** Marks a telephone number in the index. No word that anybody types begins like this. */
const TELEPHONE = 'xqx';

/** The words that are indexed for the telephone numbers in a text: each number is one word, however it is written. */
export function telephoneWords(text: string): string {
  return telephoneKeys(text)
    .map((key) => TELEPHONE + key)
    .join(' ');
}

/**
 * The first and the last row number of a time span, so that rows outside it are not read. Undefined if no span is
 * given. It reads the index of the whole span, once for a list of it.
 */
async function readSpan(db: Database, area: string, { from, before }: Pick<SearchCriteria, 'from' | 'before'>) {
  if (from === undefined && before === undefined) return undefined;
  const rows = askedBetween(db, area, { from, before });
  const found = rows.select(({ fn }) => [fn.min('number').as('first'), fn.max('number').as('last')]);
  const { first, last } = await found.executeTakeFirstOrThrow();
  return { first: first ?? 0, last: last ?? 0 };
}

/** By so much the clocks of servers may differ, and one clock be put back, without a row being missed. */
const CLOCKS_MS = 86_400_000;

/**
 * Row numbers between which are all rows of a time span with this value of a column, however many these are: those of
 * its first row and its last. Rows are numbered as the desk was asked. Undefined if neither is given.
 */
function spanOf(
  db: Database,
  area: string,
  { from, before }: Pick<SearchCriteria, 'from' | 'before'>,
  column: ReturnType<typeof columnsOf>[number] | undefined,
) {
  if (from === undefined && before === undefined && column === undefined) return undefined;
  const moved = (at: string | undefined, ms: number) => at && new Date(Date.parse(at) + ms).toISOString();
  const span = { from: moved(from, -CLOCKS_MS), before: moved(before, CLOCKS_MS) };
  let rows = askedBetween(db, area, span).select('number').limit(1);
  if (column !== undefined) rows = rows.where(equals(sql.ref(column.name), column));
  return { first: rows.orderBy('asked_at'), last: rows.orderBy('asked_at', 'desc') };
}

function askedBetween(db: Database, area: string, { from, before }: Pick<SearchCriteria, 'from' | 'before'>) {
  let rows = db.selectFrom('desk_lines').where('area', '=', area);
  if (from !== undefined) rows = rows.where('asked_at', '>=', from);
  if (before !== undefined) rows = rows.where('asked_at', '<', before);
  return rows;
}
