/** The retention table, and the triggers that allow an erasure. */
import { sql } from 'kysely';
import { ERASED_BODIES } from '../audit/erasure.ts';
import type { TableDefinitions } from './engine.ts';
import { toEntry } from './entry-lines.ts';
import { NEVER_ASKED } from './may-be-erased.ts';
import { projectRetention } from './retention.ts';
import type { Database } from './tables.ts';

export interface RetentionTables {
  /**
   * One row for each consultation that was sent to the desk, derived from its entries. After an erasure it says when
   * that happened. One that was never sent to the desk has a row once it is erased; `since` is then its opening.
   */
  retention_lines: {
    consultation: string;
    area: string;
    kind: string;
    since: string;
    last: string;
    keep_until: string | null;
    held: number;
    approved: number;
    erased_at: string | null;
  };
}

export async function makeRetention(
  db: Database,
  { strict, isErasureMark, letThrough }: TableDefinitions,
): Promise<void> {
  let lines = db.schema
    .createTable('retention_lines')
    .addColumn('consultation', 'text', (column) => column.primaryKey().notNull().references('consultations.id'));
  for (const name of ['area', 'kind', 'since', 'last'])
    lines = lines.addColumn(name, 'text', (column) => column.notNull());
  for (const name of ['held', 'approved']) lines = lines.addColumn(name, 'integer', (column) => column.notNull());
  await strict(lines.addColumn('keep_until', 'text').addColumn('erased_at', 'text')).execute();
  const index = db.schema.createIndex('retention_lines_due').on('retention_lines').columns(['area', 'kind', 'last']);
  await index.where(sql.ref('erased_at'), 'is', null).execute();
  await db.schema.createIndex('consultations_opened').on('consultations').columns(['area', 'opened_at']).execute();
  // A logged erasure may replace a body by its mark, and may change nothing else.
  await letThrough(db, 'entries', ['seq', 'consultation', 'number', 'at', 'by', 'kind'], isErasureMark);
  const looks = ['seq', 'at', 'person', 'name', 'role', 'area', 'what', 'consultation'];
  await letThrough(db, 'looks', looks, `old.what <> 'erasure' and ${isErasureMark}`);
  await fillIn(db);
}

/**
 * Indexes for erasure: search terms that are not erased yet, when retention periods began, and what clients were told
 * about a consultation.
 */
export async function indexErasures(db: Database): Promise<void> {
  await db.schema
    .createIndex('looks_searches')
    .on('looks')
    .columns(['area', 'at'])
    .where(sql.ref('what'), '=', sql.lit('search'))
    .where(sql.ref('body'), 'not like', sql.lit(ERASED_BODIES))
    .execute();
  const sinceOutcome = db.schema.createIndex('retention_lines_due_since').on('retention_lines');
  await sinceOutcome.columns(['area', 'kind', 'since']).where(sql.ref('erased_at'), 'is', null).execute();
  await db.schema.createIndex('deliveries_of').on('deliveries').column('consultation').execute();
}

/**
 * The index of the newest erased consultation that was never sent to the desk. Before, `since` was empty in its row: now
 * it says when the consultation was opened.
 */
export async function indexErasedAlone(db: Database): Promise<void> {
  await sql`update retention_lines set since = (select opened_at from consultations where id = consultation)
    where kind = ${sql.lit(NEVER_ASKED)}`.execute(db);
  await db.schema
    .createIndex('retention_lines_erased_alone')
    .on('retention_lines')
    .columns(['area', 'since'])
    .where(sql.ref('kind'), '=', sql.lit(NEVER_ASKED))
    .execute();
}

/** Fills in the rows for consultations that were sent to the desk before. */
async function fillIn(db: Database): Promise<void> {
  const asked = await db.selectFrom('desk_lines').select('consultation').execute();
  for (const { consultation } of asked) {
    const lines = await db
      .selectFrom('entries')
      .selectAll()
      .where('consultation', '=', consultation)
      .orderBy('number')
      .execute();
    await projectRetention(db, consultation, { entries: lines.map(toEntry), added: [] });
  }
}
