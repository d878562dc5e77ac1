/**
 * What a search looks up first: the consultations that meet one of its criteria, where they are few. Then only these are
 * compared with the other criteria, however many consultations there are. Without that, the database goes through all
 * that meet some other criterion, such as a common word, from the newest on, until a page is full or there are no more.
 */

import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import { foldedWords, foldLetters, LAST_LETTER } from '../base/text.ts';
import type { DeskState } from '../desk/desk-case.ts';
import type { SearchCriteria } from './search-criteria.ts';
import type { Database, Tables } from './tables.ts';

/**
 * Up to so many children of a name are looked up one by one; with more, scanning the newest consultations soon finds
 * enough. Among n consultations it goes through 50 n / few of them for a page, in half the time that each look-up takes:
 * both take the same for few = 3 √(3 n), with three areas to a database.
 */
const FEW = 500;
const FEW_PER_ROOT = 3;
/** Fewer, since several workers can be looked for at once, and the words of each row are compared. */
const FEW_ROWS = 200;

/** The result of looking up a child's name: the ids of a few consultations, or only the words if there are many. */
export type Named = { few: readonly string[] } | { many: readonly string[] } | undefined;

export async function findNamed(db: Database, area: string, { child = '' }: SearchCriteria): Promise<Named> {
  const words = foldedWords(child);
  if (words.length === 0) return undefined;
  const newest = db.selectFrom('desk_lines').select(({ fn }) => fn.max('number').as('number'));
  const { number } = await newest.executeTakeFirstOrThrow();
  const few = Math.max(FEW, Math.ceil(FEW_PER_ROOT * Math.sqrt(number ?? 0)));
  const names = namesWith(db, words)
    .where('first.area', '=', area)
    .limit(few + 1);
  if ((await count(db, names)) > few) return { many: words };
  const found = await names.execute();
  return { few: [...new Set(found.map(({ consultation }) => consultation))] };
}

/**
 * Children whose name has, for each of these, a word that begins with it. The longest is looked up first, because it
 * matches the fewest.
 */
export function namesWith(db: Database, words: readonly string[]) {
  const [longest = '', ...others] = [...words].sort((a, b) => b.length - a.length);
  const first = db
    .selectFrom('desk_child_words as first')
    .select('first.consultation')
    .where('first.word', '>=', longest)
    .where('first.word', '<', longest + LAST_LETTER);
  return others.reduce(
    (query, word) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('desk_child_words as other')
            .select('other.word')
            .whereRef('other.consultation', '=', 'first.consultation')
            .whereRef('other.child_key', '=', 'first.child_key')
            .where('other.word', '>=', word)
            .where('other.word', '<', word + LAST_LETTER),
        ),
      ),
    first,
  );
}

/** Names of workers with a consultation in the area, if all of these words occur in the name. */
export async function findWorkers(db: Database, area: string, words: readonly string[]): Promise<string[]> {
  // Skips through the index from one name to the next, however many consultations each worker has.
  const { rows } = await sql<{ name: string }>`
    with recursive names (name) as (
      select min(worker_name) from desk_lines where area = ${area}
      union all
      select (select min(worker_name) from desk_lines where area = ${area} and worker_name > names.name) from names
        where name is not null
    ) select name from names where name is not null`.execute(db);
  return rows.flatMap(({ name }) => (words.every((word) => foldLetters(name).includes(word)) ? [name] : []));
}

/** Criteria that are compared with a column of the queue, those first that usually the fewest meet. */
export interface ComparedColumns extends Pick<SearchCriteria, 'outcome' | 'level' | 'worked'> {
  worker: string | undefined;
  state: DeskState | undefined;
}

const COLUMNS = ['worker_name', 'outcome', 'level', 'state', 'worked'] as const;
export type ComparedColumn = (typeof COLUMNS)[number];

export function columnsOf({ worker, outcome, level, state, worked }: ComparedColumns) {
  const values = { worker_name: worker, outcome, level, state, worked: worked === true ? 1 : undefined };
  return COLUMNS.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [{ name, value }];
  });
}

export function equals(column: RawBuilder<unknown>, { name, value }: ReturnType<typeof columnsOf>[number]) {
  // A partial index is used only for a value that stands in the query itself.
  return sql<boolean>`${column} = ${name === 'worked' ? sql.lit(1) : value}`;
}

/** The consultation with this reference, if it is one of this area. */
export async function findReferred(db: Database, area: string, reference: string): Promise<string[]> {
  const query = db.selectFrom('consultations').select('id').where('reference', '=', reference);
  return (await query.where('area', '=', area).execute()).map(({ id }) => id);
}

/** The consultations that meet the first of these criteria that few meet; undefined if many meet each. */
export async function findFew(
  db: Database,
  area: string,
  columns: ReturnType<typeof columnsOf>,
): Promise<string[] | undefined> {
  for (const { name, value } of columns) {
    const lines = db
      .selectFrom('desk_lines')
      .where('area', '=', area)
      .where(equals(sql.ref(name), { name, value }))
      .limit(FEW_ROWS + 1);
    if ((await count(db, lines.select(sql.lit(1).as('one')))) <= FEW_ROWS)
      return (await lines.select('consultation').execute()).map(({ consultation }) => consultation);
  }
  return undefined;
}

/** The index alone tells how many there are; to read as many rows takes several times as long. */
async function count(db: Database, some: SelectQueryBuilder<Tables, never, object>): Promise<number> {
  const counted = db.selectFrom(some.as('some')).select(({ fn }) => fn.countAll<number>().as('count'));
  return (await counted.executeTakeFirstOrThrow()).count;
}
