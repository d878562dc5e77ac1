/**
 * The pathways of children: one row for each, derived from the entries in their transaction, for the specialist team's
 * list.
 */
import type { Entry } from '../consultation/entry.ts';
import { measurementsOf, readPathway } from '../pathway/pathway.ts';
import type { Engine, TableDefinitions } from './engine.ts';
import type { Projection } from './log.ts';
import type { Database } from './tables.ts';

export interface PathwayTables {
  pathway_lines: {
    consultation: string;
    area: string;
    state: string;
    /** Days. */
    referred: string;
    measured_on: string | null;
    /** Instants. */
    opened_at: string;
    closed_at: string | null;
    /** How many instruments were begun and not finished. */
    begun: number;
    /** Total of the last measurement; null if nothing was measured. */
    total: number | null;
    band: string | null;
  };
}

/** A pathway for the list, with what the queue says about its consultation. */
export interface PathwayLine {
  consultation: string;
  reference: string;
  state: 'open' | 'closed';
  referred: string;
  measuredOn: string | null;
  begun: number;
  total: number | null;
  band: string | null;
  child: string;
  dueBy: string | null;
  dueWhat: string | null;
}

/** A consultation from which a pathway can be opened, and has not been. */
export interface ReadyLine {
  consultation: string;
  reference: string;
  child: string;
  closedAt: string | null;
}

export interface PathwayLines {
  /** Open pathways first, sorted by what is due next. */
  listOf(area: string, most: number): Promise<PathwayLine[]>;
  /**
   * Consultations with one of these outcomes and without a pathway, the newest first. The caller has to check whether a
   * pathway can be opened from them.
   */
  withOutcome(area: string, outcomes: readonly string[], most: number): Promise<ReadyLine[]>;
  /** Which of the consultations have a pathway, open or closed. */
  among(consultations: readonly string[]): Promise<{ consultation: string; reference: string; state: string }[]>;
}

export function createPathwayLines({ read }: Engine): PathwayLines {
  return {
    listOf: async (area, most) => (await read((db) => listQuery(db, area).limit(most).execute())) as PathwayLine[],
    withOutcome: (area, outcomes, most) =>
      read((db) =>
        db
          .selectFrom('desk_lines')
          .leftJoin('pathway_lines', 'pathway_lines.consultation', 'desk_lines.consultation')
          .select(['desk_lines.consultation', 'reference', 'child', 'desk_lines.closed_at as closedAt'])
          .where('desk_lines.area', '=', area)
          .where('outcome', 'in', [...outcomes])
          .where('pathway_lines.consultation', 'is', null)
          .orderBy('asked_at', 'desc')
          .limit(most)
          .execute(),
      ),
    among: async (consultations) => {
      if (consultations.length === 0) return [];
      return read((db) =>
        db
          .selectFrom('pathway_lines')
          .innerJoin('consultations', 'consultations.id', 'pathway_lines.consultation')
          .select(['consultation', 'reference', 'state'])
          .where('consultation', 'in', [...consultations])
          .orderBy('pathway_lines.opened_at')
          .execute(),
      );
    },
  };
}

function listQuery(db: Database, area: string) {
  return db
    .selectFrom('pathway_lines')
    .innerJoin('desk_lines', 'desk_lines.consultation', 'pathway_lines.consultation')
    .select(['pathway_lines.consultation', 'reference', 'pathway_lines.state', 'referred', 'measured_on as measuredOn'])
    .select(['begun', 'total', 'band', 'child', 'due_by as dueBy', 'due_what as dueWhat'])
    .where('pathway_lines.area', '=', area)
    .orderBy('pathway_lines.state', 'desc')
    .orderBy('due', (order) => order.asc().nullsFirst())
    .orderBy('pathway_lines.opened_at');
}

/** Undefined until somebody opens a pathway. */
export function derivePathway(
  consultation: string,
  entries: readonly Entry[],
): PathwayTables['pathway_lines'] | undefined {
  const pathway = readPathway(entries);
  const [first] = entries;
  if (pathway === undefined || first?.what.kind !== 'opened') return undefined;
  const instruments = [...new Set(pathway.sheets.map(({ instrument }) => instrument))];
  const measured = instruments
    .flatMap((instrument) => measurementsOf(pathway, instrument))
    .sort((a, b) => (a.on < b.on ? -1 : 1))
    .at(-1);
  return {
    consultation,
    area: first.what.area,
    state: pathway.state,
    referred: pathway.opened.referred,
    measured_on: measured?.on ?? null,
    opened_at: pathway.opened.at,
    closed_at: pathway.closed?.at ?? null,
    begun: pathway.sheets.filter(({ state }) => state === 'open').length,
    total: measured?.result.total ?? null,
    band: measured?.result.bandName ?? null,
  };
}

export const projectPathway: Projection = async (db, consultation, { entries }) => {
  const row = derivePathway(consultation, entries);
  if (row === undefined) return;
  await db
    .insertInto('pathway_lines')
    .values(row)
    .onConflict((conflict) => conflict.column('consultation').doUpdateSet(row))
    .execute();
};

export async function makePathways(db: Database, { strict }: TableDefinitions): Promise<void> {
  let table = db.schema
    .createTable('pathway_lines')
    .addColumn('consultation', 'text', (column) => column.primaryKey().notNull().references('consultations.id'));
  for (const name of ['area', 'state', 'referred', 'opened_at'])
    table = table.addColumn(name as 'consultation', 'text', (column) => column.notNull());
  for (const name of ['measured_on', 'closed_at', 'band']) table = table.addColumn(name as 'consultation', 'text');
  const numbers = table.addColumn('begun', 'integer', (column) => column.notNull()).addColumn('total', 'integer');
  await strict(numbers).execute();
  await db.schema.createIndex('pathway_lines_of').on('pathway_lines').columns(['area', 'state']).execute();
}
