/**
 * How long each consultation is kept. There is one row for each, updated in the transaction of its entries, to find
 * what is due for erasure.
 */

import { sql } from 'kysely';
import { ERASED_BODIES } from '../audit/erasure.ts';
import type { Entry } from '../consultation/entry.ts';
import { addKept, dueDay, type KeptKind, keptFor, RETENTION_KINDS, readRetention } from '../desk/retention.ts';
import type { Desk } from '../flow/desk.ts';
import type { Engine } from './engine.ts';
import type { Projection } from './log.ts';
import { NEVER_ASKED } from './may-be-erased.ts';
import type { Database, Tables } from './tables.ts';

export interface KeptLine {
  consultation: string;
  reference: string;
  kind: KeptKind;
  last: string;
  due: string;
  held: boolean;
  approved: boolean;
}

export interface RetentionLines {
  /** Consultations in an area whose retention period is over, whether approved for erasure or not; the oldest first. */
  due(area: string, desk: Desk, today: string, most: number): Promise<KeptLine[]>;
  /** Consultations whose retention period is over and that were never sent to the desk. */
  neverAsked(area: string, desk: Desk, today: string, most: number): Promise<string[]>;
  /** Numbers of the access-log lines whose search terms are past their retention period. */
  searches(area: string, desk: Desk, today: string, most: number): Promise<number[]>;
}

export function createRetentionLines({ read }: Engine): RetentionLines {
  return {
    async due(area, desk, today, most) {
      const kinds = RETENTION_KINDS.map((kind) =>
        read((db) => dueQuery(db, { area, kind, desk, today }).limit(most).execute()),
      );
      const found = (await Promise.all(kinds)).flat().sort((one, other) => (one.last < other.last ? -1 : 1));
      return found.slice(0, most).flatMap(({ keepUntil, held, approved, ...line }) => {
        const kind = line.kind as KeptKind;
        const due = dueDay({ ...line, kind, ...(keepUntil !== null && { keepUntil }) }, desk);
        return due > today ? [] : [{ ...line, kind, due, held: held === 1, approved: approved === 1 }];
      });
    },
    async neverAsked(area, desk, today, most) {
      const before = addKept(today, desk.retention.neverAsked, -1);
      const found = await read((db) => neverAskedQuery(db, area, before).limit(most).execute());
      return found.map(({ id }) => id);
    },
    async searches(area, desk, today, most) {
      const before = addKept(today, desk.retention.searches, -1);
      const found = await read((db) => searchesQuery(db, area, before).limit(most).execute());
      return found.map(({ seq }) => seq);
    },
  };
}

/**
 * The oldest are erased first, so whatever was opened before the newest erased one is erased too, or the desk was asked.
 * Each run goes on from there: otherwise it would look up every consultation of all years.
 */
function neverAskedQuery(db: Database, area: string, before: string) {
  const lastErased = db
    .selectFrom('retention_lines')
    .select(({ fn }) => fn.max('since').as('opened'))
    .where('area', '=', area)
    .where('kind', '=', sql.lit(NEVER_ASKED));
  return db
    .selectFrom('consultations')
    .leftJoin('retention_lines', 'retention_lines.consultation', 'consultations.id')
    .leftJoin('desk_lines', 'desk_lines.consultation', 'consultations.id')
    .select('id')
    .where('consultations.area', '=', area)
    .where('opened_at', '>=', sql<string>`coalesce((${lastErased}), '')`)
    .where('opened_at', '<', before)
    .where('retention_lines.consultation', 'is', null)
    .where('desk_lines.consultation', 'is', null)
    .orderBy('opened_at');
}

/**
 * Repeats the condition of the index `looks_searches`, because a partial index is used only if its condition is part of
 * the query.
 */
function searchesQuery(db: Database, area: string, before: string) {
  return db
    .selectFrom('looks')
    .select('seq')
    .where('area', '=', area)
    .where('what', '=', sql.lit('search'))
    .where('at', '<', before)
    .where('body', 'not like', sql.lit(ERASED_BODIES))
    .orderBy('seq');
}

/** The query over-selects by a few days, since months differ in length; `dueDay` makes the exact decision. */
const MARGIN_MS = 4 * 86_400_000;

interface DueTerms {
  area: string;
  kind: KeptKind;
  desk: Desk;
  today: string;
}

/**
 * One query for each retention kind, because each has its own period: then an index leads directly to the rows that are
 * due.
 */
function dueQuery(db: Database, { area, kind, desk, today }: DueTerms) {
  const before = new Date(Date.parse(addKept(today, keptFor(kind, desk), -1)) + MARGIN_MS).toISOString();
  const from = desk.retention.from === 'the outcome' ? 'since' : 'last';
  return db
    .selectFrom('retention_lines')
    .innerJoin('consultations', 'consultations.id', 'retention_lines.consultation')
    .select(['consultation', 'reference', 'kind', 'since', 'last', 'keep_until as keepUntil', 'held', 'approved'])
    .where('retention_lines.area', '=', area)
    .where('kind', '=', kind)
    .where(from, '<', before)
    .where('erased_at', 'is', null)
    .where((line) => line.or([line('keep_until', 'is', null), line('keep_until', '<=', today)]))
    .orderBy(from);
}

/** Undefined for a consultation that was never sent to the desk. */
export function deriveRetention(
  consultation: string,
  entries: readonly Entry[],
): Tables['retention_lines'] | undefined {
  const retention = readRetention(entries);
  if (retention === undefined) return undefined;
  const { kind, since, last, keepUntil = null, hold, approved, onPathway } = retention;
  const [opened] = entries;
  return {
    consultation,
    area: opened?.what.kind === 'opened' ? opened.what.area : '',
    erased_at: null,
    kind,
    since,
    last,
    keep_until: keepUntil,
    held: Number(hold !== undefined || onPathway),
    approved: Number(approved),
  };
}

export const projectRetention: Projection = async (db, consultation, { entries }) => {
  const row = deriveRetention(consultation, entries);
  if (row === undefined) return;
  const { consultation: _same, area: _never, erased_at: _kept, ...facts } = row;
  await db
    .insertInto('retention_lines')
    .values(row)
    .onConflict((conflict) => conflict.column('consultation').doUpdateSet(facts))
    .execute();
};
