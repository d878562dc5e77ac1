/**
 * The rows of the queue, updated in the transaction of the entries; reading the queue, and finding consultations about
 * the same child.
 */

import type { Insertable } from 'kysely';
import type { Entry } from '../consultation/entry.ts';
import { childKeysOf, childWordsOf, describeLine, type QueueRow, soundOf } from '../desk/queue-row.ts';
import { wordsOf } from '../desk/written-words.ts';
import type { Flow } from '../flow/flow.ts';
import { type ConsultationSearch, createSearch, telephoneWords } from './consultation-search.ts';
import type { DeskTables } from './desk-tables.ts';
import type { Dialect, Engine } from './engine.ts';
import { type SearchableTexts, toIndexed } from './index-words.ts';
import type { Projection } from './log.ts';
import { prepare } from './prepare.ts';
import { type DeskLineRow, toQueueRow, toRow } from './queue-row-mapping.ts';
import type { Database } from './tables.ts';
import type { Versions } from './versions.ts';

/** `named`: the key of the child's name by which the row was found. */
export type FoundByName = QueueRow & { named: string };

export interface QueueRows extends ConsultationSearch {
  /**
   * Everything in an area that needs something done: immediate danger first, then what is to be done at once, then the
   * earliest deadline.
   */
  queue(area: string): Promise<QueueRow[]>;
  find(consultation: string): Promise<QueueRow | undefined>;
  /**
   * Consultations that name a child with one of these names, the oldest first. Two different children can have the same
   * name.
   */
  onSameChild(area: string, childKeys: readonly string[]): Promise<QueueRow[]>;
  /** Consultations that name a child with a similar but not identical name, the oldest first. */
  onSimilarChild(area: string, childKeys: readonly string[]): Promise<FoundByName[]>;
  /**
   * Consultation → how many consultations, up to and including it, name the same child. If it names several children,
   * the highest of their numbers.
   */
  countOnSameChild(rows: readonly QueueRow[]): Promise<Map<string, number>>;
}

const MOST_IN_QUEUE = 300;
const MOST_ON_CHILD = 100;
const MOST_NEAR = 100;

export function createQueueRows(engine: Engine): QueueRows {
  const { read } = engine;
  const { waiting, one, sameChild, similarNames } = prepareQueries(engine);
  return {
    ...createSearch(engine),
    onSimilarChild: async (area, childKeys) => {
      const near = childKeys.map(async (key) => {
        const rows = await read((db) => similarNames(db, { area, sound: soundOf(key) }));
        return rows.filter(({ named }) => !childKeys.includes(named));
      });
      const rows = oldestFirst((await Promise.all(near)).flat());
      return rows.map(({ named, ...row }) => ({ ...toQueueRow(row), named }));
    },
    countOnSameChild: (rows) => read((db) => countOnSameChild(db, rows)),
    queue: async (area) => (await read((db) => waiting(db, { area }))).map(toQueueRow),
    find: async (consultation) => (await read((db) => one(db, { consultation }))).map(toQueueRow)[0],
    onSameChild: async (area, childKeys) => {
      const found = childKeys.map((childKey) => read((db) => sameChild(db, { area, childKey })));
      return oldestFirst((await Promise.all(found)).flat()).map(toQueueRow);
    },
  };
}

/** Compiled once, because almost every page of the desk runs them. */
function prepareQueries({ reading }: Engine) {
  const waiting = prepare<{ area: string }, DeskLineRow>(reading, (db, value) =>
    db
      .selectFrom('desk_lines')
      .selectAll()
      .where('area', '=', value('area'))
      .where('due', 'is not', null)
      .orderBy('urgent', 'desc')
      .orderBy('due')
      .orderBy('number')
      .limit(MOST_IN_QUEUE),
  );
  const one = prepare<{ consultation: string }, DeskLineRow>(reading, (db, value) =>
    db.selectFrom('desk_lines').selectAll().where('consultation', '=', value('consultation')),
  );
  const sameChild = prepare<{ area: string; childKey: string }, DeskLineRow>(reading, (db, value) =>
    db
      .selectFrom('desk_children')
      .innerJoin('desk_lines', 'desk_lines.consultation', 'desk_children.consultation')
      .selectAll('desk_lines')
      .where('desk_children.area', '=', value('area'))
      .where('desk_children.child_key', '=', value('childKey'))
      .orderBy('asked_at')
      .limit(MOST_ON_CHILD),
  );
  const similarNames = prepare<{ area: string; sound: string }, NamedRow>(reading, (db, value) =>
    db
      .selectFrom('desk_children')
      .innerJoin('desk_lines', 'desk_lines.consultation', 'desk_children.consultation')
      .selectAll('desk_lines')
      .select('desk_children.child_key as named')
      .where('desk_children.area', '=', value('area'))
      .where('desk_children.sound', '=', value('sound'))
      .orderBy('asked_at', 'desc')
      .limit(MOST_NEAR),
  );
  return { waiting, one, sameChild, similarNames };
}

type NamedRow = DeskLineRow & { named: string };

/** Each consultation once, even if it was found by several of its children. */
function oldestFirst<T extends DeskLineRow>(rows: readonly T[]): T[] {
  const once = new Map(rows.map((row) => [row.consultation, row]));
  return [...once.values()].sort((a, b) => a.asked_at.localeCompare(b.asked_at) || a.number - b.number);
}

/** What the desk's tables contain for one consultation. */
export interface QueueRowParts {
  line: Insertable<DeskTables['desk_lines']>;
  words: SearchableTexts;
  children: DeskTables['desk_children'][];
  childWords: DeskTables['desk_child_words'][];
}

/** Undefined until the desk is asked, so that what professionals do without the desk cannot be searched. */
export async function deriveQueueRow(
  versions: Pick<Versions, 'find'>,
  consultation: string,
  entries: readonly Entry[],
): Promise<QueueRowParts | undefined> {
  const flows = await findFlows(versions, entries);
  const line = describeLine(consultation, entries, (version) => flows.get(version));
  if (line === undefined) return undefined;
  const { area, professional, agency } = line;
  const words = wordsOf(entries);
  // How a professional can be reached is written in their own entry, too.
  const numbers = telephoneWords(`${words}\n${line.reach}`);
  return {
    line: toRow(line),
    words: toIndexed({ area, professional, agency, words: `${words}\n${numbers}` }),
    children: childKeysOf(entries).map((child_key) => ({ consultation, area, child_key, sound: soundOf(child_key) })),
    childWords: [...childWordsOf(entries)].flatMap(([child_key, words]) =>
      words.map((word) => ({ consultation, area, child_key, word })),
    ),
  };
}

export function createQueueRowProjection(versions: Pick<Versions, 'find'>, dialect: Dialect): Projection {
  return async (db, consultation, { entries }) => {
    const parts = await deriveQueueRow(versions, consultation, entries);
    if (parts !== undefined) await writeRow({ db, dialect }, consultation, parts);
  };
}

/** Every version of the flow in which the consultation was walked. */
async function findFlows(versions: Pick<Versions, 'find'>, entries: readonly Entry[]): Promise<Map<string, Flow>> {
  const flows = new Map<string, Flow>();
  for (const { what } of entries) {
    if (what.kind !== 'opened' && what.kind !== 'moved') continue;
    const flow = await versions.find(what.version);
    if (flow !== undefined) flows.set(what.version, flow);
  }
  return flows;
}

async function countOnSameChild(db: Database, rows: readonly QueueRow[]): Promise<Map<string, number>> {
  const ids = rows.map(({ consultation }) => consultation);
  if (ids.length === 0) return new Map();
  const found = await db
    .selectFrom('desk_children as own')
    .innerJoin('desk_children as other', (join) =>
      join.onRef('other.area', '=', 'own.area').onRef('other.child_key', '=', 'own.child_key'),
    )
    .innerJoin('desk_lines as line', 'line.consultation', 'own.consultation')
    .innerJoin('desk_lines as earlier', 'earlier.consultation', 'other.consultation')
    .select(({ fn }) => ['own.consultation as consultation', fn.countAll<number>().as('count')])
    .where('own.consultation', 'in', ids)
    .where(({ or, and, eb, ref }) =>
      or([
        eb('earlier.asked_at', '<', ref('line.asked_at')),
        and([eb('earlier.asked_at', '=', ref('line.asked_at')), eb('earlier.number', '<=', ref('line.number'))]),
      ]),
    )
    .groupBy(['own.consultation', 'own.child_key'])
    .execute();
  const counts = new Map<string, number>();
  for (const { consultation, count } of found)
    counts.set(consultation, Math.max(counts.get(consultation) ?? 0, Number(count)));
  return counts;
}

async function writeRow(
  { db, dialect }: { db: Database; dialect: Dialect },
  consultation: string,
  { line, words, children, childWords }: QueueRowParts,
): Promise<void> {
  const { number: rowid } = await db
    .insertInto('desk_lines')
    .values(line)
    .onConflict((conflict) => conflict.column('consultation').doUpdateSet(line))
    .returning('number')
    .executeTakeFirstOrThrow();
  await dialect.putWords(db, { rowid, ...words });
  await db.deleteFrom('desk_children').where('consultation', '=', consultation).execute();
  if (children.length > 0) await db.insertInto('desk_children').values(children).execute();
  await db.deleteFrom('desk_child_words').where('consultation', '=', consultation).execute();
  if (childWords.length > 0) await db.insertInto('desk_child_words').values(childWords).execute();
}
