/** The desk's lines: kept in the transaction of the entries that change them; the queue, and consultations on the same child. */

import { foldLetters } from '../base/text.ts';
import type { Entry } from '../consultation/entry.ts';
import { describeLine, isAlike, type QueueRow, wordsOf } from '../desk/queue-row.ts';
import type { Flow } from '../flow/flow.ts';
import { createSearch, type Search } from './consultation-search.ts';
import type { Engine } from './engine.ts';
import type { Log, Projection } from './log.ts';
import { prepare } from './prepare.ts';
import { ROW_FORM, type Row, toQueueRow, toRow } from './queue-row-mapping.ts';
import type { Database } from './tables.ts';
import type { Versions } from './versions.ts';

export interface QueueRows extends Search {
  /** What is left to do in an area: immediate danger first, then what is to be done at once, then the earliest. */
  queue(area: string): Promise<QueueRow[]>;
  find(consultation: string): Promise<QueueRow | undefined>;
  /** Those on a child of the same name, the oldest first. The same name may be another child. */
  onSameChild(area: string, childKey: string): Promise<QueueRow[]>;
  /** Those on a child whose name is alike and not the same, the oldest first. */
  onSimilarChild(area: string, childKey: string): Promise<QueueRow[]>;
  /** By consultation: how many of the area were about a child of that name by then, this one included. */
  countOnSameChild(area: string, rows: readonly QueueRow[]): Promise<Map<string, number>>;
}

const MOST_IN_QUEUE = 300;
const MOST_ON_CHILD = 100;
const MOST_NEAR = 500;

export function createQueueRows(engine: Engine): QueueRows {
  const { read } = engine;
  const { waiting, one, sameChild, similarNames } = prepareQueries(engine);
  return {
    ...createSearch(engine),
    onSimilarChild: async (area, childKey) => {
      const from = childKey.slice(0, 2);
      const rows = (await read((db) => similarNames(db, { area, from, before: `${from}\uffff` }))).map(toQueueRow);
      return rows
        .filter((row) => row.childKey !== null && isAlike(row.childKey, childKey))
        .sort((a, b) => (a.askedAt < b.askedAt ? -1 : 1));
    },
    countOnSameChild: async (area, rows) => {
      const keys = [...new Set(rows.flatMap(({ childKey }) => (childKey === null ? [] : [childKey])))];
      if (keys.length === 0) return new Map();
      const found = await read((db) =>
        db
          .selectFrom('desk_lines')
          .select(['consultation', 'child_key'])
          .where('area', '=', area)
          .where('child_key', 'in', keys)
          .orderBy('asked_at')
          .orderBy('number')
          .execute(),
      );
      return countUp(found);
    },
    queue: async (area) => (await read((db) => waiting(db, { area }))).map(toQueueRow),
    find: async (consultation) => (await read((db) => one(db, { consultation }))).map(toQueueRow)[0],
    onSameChild: async (area, childKey) => (await read((db) => sameChild(db, { area, childKey }))).map(toQueueRow),
  };
}

/** Compiled once, because each is asked at almost every page of the desk. */
function prepareQueries({ reading }: Engine) {
  const waiting = prepare<{ area: string }, Row>(reading, (db, value) =>
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
  const one = prepare<{ consultation: string }, Row>(reading, (db, value) =>
    db.selectFrom('desk_lines').selectAll().where('consultation', '=', value('consultation')),
  );
  const sameChild = prepare<{ area: string; childKey: string }, Row>(reading, (db, value) =>
    db
      .selectFrom('desk_lines')
      .selectAll()
      .where('area', '=', value('area'))
      .where('child_key', '=', value('childKey'))
      .orderBy('asked_at')
      .limit(MOST_ON_CHILD),
  );
  // Names that are alike begin alike: the index finds them by their first two letters.
  const similarNames = prepare<{ area: string; from: string; before: string }, Row>(reading, (db, value) =>
    db
      .selectFrom('desk_lines')
      .selectAll()
      .where('area', '=', value('area'))
      .where('child_key', '>=', value('from'))
      .where('child_key', '<', value('before'))
      .orderBy('child_key')
      .limit(MOST_NEAR),
  );
  return { waiting, one, sameChild, similarNames };
}

/** Nothing is kept until the desk is asked: what a professional does alone is nobody's to search. */
export function createQueueRowProjection(versions: Pick<Versions, 'find'>): Projection {
  return async (db, consultation, { entries }) => {
    const flows = await findFlows(versions, entries);
    const line = describeLine(consultation, entries, (version) => flows.get(version));
    if (line !== undefined) await writeRow(db, line, entries);
  };
}

/** Every version of the flow that the consultation was ever walked in. */
async function findFlows(versions: Pick<Versions, 'find'>, entries: readonly Entry[]): Promise<Map<string, Flow>> {
  const flows = new Map<string, Flow>();
  for (const { what } of entries) {
    if (what.kind !== 'opened' && what.kind !== 'moved') continue;
    const flow = await versions.find(what.version);
    if (flow !== undefined) flows.set(what.version, flow);
  }
  return flows;
}

/** Writes the open lines of an older form anew: they lack what they were not asked for then. */
export async function renewQueueRows({ read, write }: Engine, log: Pick<Log, 'read'>, project: Projection) {
  const old = await read((db) =>
    db
      .selectFrom('desk_lines')
      .select('consultation')
      .where('due', 'is not', null)
      .where('form', '<', ROW_FORM)
      .execute(),
  );
  for (const { consultation } of old) {
    const entries = await log.read(consultation);
    if (entries !== undefined) await write((db) => project(db, consultation, { entries, added: [] }));
  }
}

function countUp(found: { consultation: string; child_key: string | null }[]): Map<string, number> {
  const ofKey = new Map<string | null, number>();
  return new Map(
    found.map(({ consultation, child_key }) => {
      const count = (ofKey.get(child_key) ?? 0) + 1;
      ofKey.set(child_key, count);
      return [consultation, count];
    }),
  );
}

async function writeRow(db: Database, line: QueueRow, entries: readonly Entry[]): Promise<void> {
  const row = toRow(line);
  const { number } = await db
    .insertInto('desk_lines')
    .values(row)
    .onConflict((conflict) => conflict.column('consultation').doUpdateSet(row))
    .returning('number')
    .executeTakeFirstOrThrow();
  await keepWords(db, number, line, wordsOf(entries));
}

async function keepWords(db: Database, rowid: number, line: QueueRow, words: string): Promise<void> {
  const { area, professional, agency } = line;
  await db.deleteFrom('desk_words').where('rowid', '=', rowid).execute();
  await db
    .insertInto('desk_words')
    .values({
      rowid,
      area,
      professional: foldLetters(professional),
      agency: foldLetters(agency),
      words: foldLetters(words),
    })
    .execute();
}
