/**
 * The figures: for each area and month, how many consultations have which value. Updated in the transaction of the
 * entries, so that a quarter is read from a few hundred rows however many consultations it had. What each consultation
 * contributed is kept as well, so that a change can replace it. An erasure removes that contribution's row and keeps
 * the counts, which name nobody.
 */
import { sql } from 'kysely';
import type { Entry } from '../consultation/entry.ts';
import { type Counted, countConsultation, type Facts } from '../figures/facts.ts';
import type { Engine, TableDefinitions } from './engine.ts';
import type { Projection } from './log.ts';
import { prepare } from './prepare.ts';
import type { Database } from './tables.ts';

export interface FigureTables {
  figure_counts: { area: string; month: string; figure: string; value: string; count: number };
  /** `facts`: JSON, figure → value. */
  figure_lines: { consultation: string; area: string; month: string; facts: string };
}

export interface FigureCount {
  month: string;
  figure: string;
  value: string;
  count: number;
}

export interface Figures {
  /** From the first month to the last, both inclusive. */
  read(area: string, from: string, to: string): Promise<FigureCount[]>;
}

export function createFigures({ reading, read }: Engine): Figures {
  const counts = prepare<{ area: string; from: string; to: string }, FigureCount>(reading, (db, value) =>
    db
      .selectFrom('figure_counts')
      .select(['month', 'figure', 'value', 'count'])
      .where('area', '=', value('area'))
      .where('month', '>=', value('from'))
      .where('month', '<=', value('to'))
      .where('count', '>', 0),
  );
  return { read: (area, from, to) => read((db) => counts(db, { area, from, to })) };
}

/** Undefined until the desk is asked. */
export function deriveFigures(
  consultation: string,
  entries: readonly Entry[],
): FigureTables['figure_lines'] | undefined {
  const now = countConsultation(entries);
  return now && { consultation, area: now.area, month: now.month, facts: JSON.stringify(now.facts) };
}

export const projectFigures: Projection = async (db, consultation, { entries }) => {
  const now = deriveFigures(consultation, entries);
  if (now === undefined) return;
  const line = await db
    .selectFrom('figure_lines')
    .select(['area', 'month', 'facts'])
    .where('consultation', '=', consultation)
    .executeTakeFirst();
  const { facts } = now;
  if (line?.facts === facts) return;
  const read = (text: { area: string; month: string; facts: string }): Counted => ({
    ...text,
    facts: JSON.parse(text.facts),
  });
  await add(db, changes(line && read(line), read(now)));
  await db
    .insertInto('figure_lines')
    .values(now)
    .onConflict((conflict) => conflict.column('consultation').doUpdateSet({ facts }))
    .execute();
};

/** The month in which the desk was first asked; it never changes. */
function changes(before: Counted | undefined, now: Counted): FigureTables['figure_counts'][] {
  const { area, month } = now;
  const figures = Object.keys({ ...before?.facts, ...now.facts });
  const changed = figures.filter((figure) => before?.facts[figure] !== now.facts[figure]);
  const lines = (facts: Facts | undefined, count: number) =>
    changed.flatMap((figure) => {
      const value = facts?.[figure];
      return value === undefined ? [] : [{ area, month, figure, value, count }];
    });
  return [...lines(before?.facts, -1), ...lines(now.facts, 1)];
}

async function add(db: Database, counts: FigureTables['figure_counts'][]): Promise<void> {
  if (counts.length === 0) return;
  await db
    .insertInto('figure_counts')
    .values(counts)
    .onConflict((conflict) =>
      conflict
        .columns(['area', 'month', 'figure', 'value'])
        .doUpdateSet({ count: sql<number>`figure_counts.count + excluded.count` }),
    )
    .execute();
}

export async function makeFigures(db: Database, { strict }: TableDefinitions): Promise<void> {
  let counts = db.schema.createTable('figure_counts').addColumn('area', 'text', (column) => column.notNull());
  for (const name of ['month', 'figure', 'value'] as const)
    counts = counts.addColumn(name, 'text', (column) => column.notNull()) as typeof counts;
  const counted = counts.addColumn('count', 'integer', (column) => column.notNull());
  await strict(
    counted.addPrimaryKeyConstraint('figure_counts_key', ['area', 'month', 'figure', 'value'] as never),
  ).execute();
  await strict(
    db.schema
      .createTable('figure_lines')
      .addColumn('consultation', 'text', (column) => column.primaryKey().notNull().references('consultations.id'))
      .addColumn('area', 'text', (column) => column.notNull())
      .addColumn('month', 'text', (column) => column.notNull())
      .addColumn('facts', 'text', (column) => column.notNull()),
  ).execute();
}
