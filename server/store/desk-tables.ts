/**
 * The tables of the duty desk. They are derived from the entries and could be recomputed. An erasure deletes their
 * rows.
 */
import { type Generated, sql } from 'kysely';
import { soundOf } from '../desk/queue-row.ts';
import type { TableDefinitions } from './engine.ts';
import { type SearchableTexts, toIndexed } from './index-words.ts';
import type { Database } from './tables.ts';

export interface DeskTables {
  /** One row for each consultation that was sent to the desk; see `server/desk/queue-row.ts`. */
  desk_lines: {
    number: Generated<number>;
    consultation: string;
    reference: string;
    area: string;
    flow: string;
    state: string;
    since: string;
    asked_at: string;
    /** The rank by which the queue is sorted; see `queue-row-mapping.ts`. */
    urgent: number;
    by_telephone: number;
    worker: string | null;
    worker_name: string | null;
    due: string | null;
    due_by: string | null;
    due_what: string | null;
    told: number;
    outcome: string | null;
    mark: string | null;
    level: number;
    professional: string;
    agency: string;
    child: string;
    child_key: string | null;
    claimed_at: string | null;
    answered_at: string | null;
    closed_at: string | null;
    worked: number;
    urgent_since: string | null;
    advised: string;
    advised_within: string;
    is_finished: number;
    is_new: number;
    news_untold: number;
    /** See `Danger` in `server/desk/urgency.ts`. */
    danger: string;
    question: string;
    child_age: string;
    role: string;
    reach: string;
    passed_by: string | null;
    passed_reason: string;
    last_worker: string | null;
    last_worker_name: string | null;
    to_review: number;
    due_within: string | null;
    to_countersign: number;
    household: string;
    /** JSON. */
    tasks: string;
    /** The form in which the row was written. When the server starts, it rewrites open rows of an older form. */
    form: number;
  };
  /** Every child who is named in a consultation, to find others about a child of the same or a similar name. */
  desk_children: { consultation: string; area: string; child_key: string; sound: string };
  /** The words of each child's name, so that the child can be found by the beginning of any of them. */
  desk_child_words: { consultation: string; area: string; child_key: string; word: string };
  /** The full text, as `index-words.ts` marks the words; `rowid` is the `number` of the row in `desk_lines`. */
  desk_words: { rowid: number } & SearchableTexts;
}

export async function makeDesk(db: Database, { counter, strict, fullText }: TableDefinitions): Promise<void> {
  const table = db.schema.createTable('desk_lines').addColumn('number', 'integer', counter);
  const texts = ['reference', 'area', 'flow', 'state', 'since', 'asked_at', 'professional', 'agency', 'child'];
  const numbers = ['urgent', 'by_telephone', 'told', 'level'];
  const optional = ['worker', 'worker_name', 'due', 'due_by', 'due_what', 'outcome', 'mark', 'child_key'];
  let whole = table.addColumn('consultation', 'text', (column) =>
    column.notNull().unique().references('consultations.id'),
  );
  for (const name of texts) whole = whole.addColumn(name, 'text', (column) => column.notNull());
  for (const name of numbers) whole = whole.addColumn(name, 'integer', (column) => column.notNull());
  for (const name of [...optional, 'claimed_at', 'answered_at', 'closed_at']) whole = whole.addColumn(name, 'text');
  await strict(whole).execute();
  const index = (name: string, ...columns: string[]) =>
    db.schema.createIndex(`desk_lines_${name}`).on('desk_lines').columns(columns);
  await index('due', 'area', 'due').where('due', 'is not', null).execute();
  await index('asked', 'area', 'asked_at').execute();
  await index('child', 'area', 'child_key').execute();
  await index('outcome', 'area', 'outcome', 'asked_at').execute();
  await fullText(db, 'desk_words', ['area', 'professional', 'agency', 'words']);
}

/** Rows from before this column existed have no note of what worked. */
export async function markWorked(db: Database): Promise<void> {
  const add = db.schema.alterTable('desk_lines');
  await add.addColumn('worked', 'integer', (column) => column.notNull().defaultTo(0)).execute();
  const index = db.schema.createIndex('desk_lines_worked').on('desk_lines').columns(['area', 'asked_at']);
  await index.where(sql.ref('worked'), '=', sql.lit(1)).execute();
}

/** The columns that a triage worker reads first. Open rows are rewritten when the server starts. */
export async function describeForTriage(db: Database): Promise<void> {
  const texts = ['advised', 'advised_within', 'question', 'child_age', 'role', 'reach', 'passed_reason'];
  const optional = ['urgent_since', 'passed_by', 'last_worker', 'last_worker_name', 'due_within'];
  const add = (name: string, type: 'text' | 'integer', otherwise?: string | number) =>
    db.schema
      .alterTable('desk_lines')
      .addColumn(name, type, (column) => (otherwise === undefined ? column : column.notNull().defaultTo(otherwise)))
      .execute();
  for (const name of texts) await add(name, 'text', '');
  for (const name of optional) await add(name, 'text');
  for (const name of ['to_review', 'form']) await add(name, 'integer', 0);
  const index = db.schema.createIndex('desk_lines_first').on('desk_lines').columns(['area', 'urgent desc', 'due']);
  await index.where('due', 'is not', null).execute();
  await db.schema.dropIndex('desk_lines_due').execute();
}

/**
 * Several children in one consultation, second signatures, and tasks. Until now, each named child was the only one of
 * its consultation.
 */
export async function nameChildren(db: Database, { strict }: Pick<TableDefinitions, 'strict'>): Promise<void> {
  const children = db.schema
    .createTable('desk_children')
    .addColumn('consultation', 'text', (column) => column.notNull().references('consultations.id'))
    .addColumn('area', 'text', (column) => column.notNull())
    .addColumn('child_key', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('desk_children_key', ['consultation', 'child_key']);
  await strict(children).execute();
  await db.schema
    .createIndex('desk_children_named')
    .on('desk_children')
    .columns(['area', 'child_key', 'consultation'])
    .execute();
  await sql`insert into desk_children (consultation, area, child_key)
    select consultation, area, child_key from desk_lines where child_key is not null`.execute(db);
  const add = db.schema.alterTable('desk_lines');
  await add.addColumn('to_countersign', 'integer', (column) => column.notNull().defaultTo(0)).execute();
  await add.addColumn('household', 'text', (column) => column.notNull().defaultTo('')).execute();
  await add.addColumn('tasks', 'text', (column) => column.notNull().defaultTo('[]')).execute();
}

/**
 * The advice before the questions are finished, and what the answers say about danger. Open rows are rewritten when the
 * server starts.
 */
export async function describeDanger(db: Database): Promise<void> {
  const add = db.schema.alterTable('desk_lines');
  await add.addColumn('is_finished', 'integer', (column) => column.notNull().defaultTo(0)).execute();
  await add.addColumn('danger', 'text', (column) => column.notNull().defaultTo('')).execute();
}

/** New information is shown beside a dispute. Open rows are rewritten when the server starts. */
export async function showNews(db: Database): Promise<void> {
  const add = db.schema.alterTable('desk_lines');
  await add.addColumn('is_new', 'integer', (column) => column.notNull().defaultTo(0)).execute();
  await add.addColumn('news_untold', 'integer', (column) => column.notNull().defaultTo(0)).execute();
}

/**
 * Similar names have the same sound key, so an index on it finds all of them, however many names begin with the same
 * letters.
 */
export async function indexSounds(db: Database): Promise<void> {
  await db.schema
    .alterTable('desk_children')
    .addColumn('sound', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  const rows = await db.selectFrom('desk_children').select(['consultation', 'child_key']).execute();
  for (const { consultation, child_key } of rows)
    await db
      .updateTable('desk_children')
      .set({ sound: soundOf(child_key) })
      .where('consultation', '=', consultation)
      .where('child_key', '=', child_key)
      .execute();
  await db.schema
    .createIndex('desk_children_sound')
    .on('desk_children')
    .columns(['area', 'sound', 'consultation'])
    .execute();
}

/**
 * One index for each criterion of the search, the newest first, so that no search reads all consultations of the area.
 */
export async function indexSearches(db: Database): Promise<void> {
  for (const column of ['level', 'state', 'worker_name'])
    await db.schema
      .createIndex(`desk_lines_${column}`)
      .on('desk_lines')
      .columns(['area', column, 'asked_at'])
      .execute();
}

/**
 * A child is found by the beginning of any word of the name, however many children the area has. Older rows get the
 * words of their keys now; the renewal adds what their entries say. `form` tells which rows it still has to renew.
 */
export async function indexChildWords(db: Database, { strict }: Pick<TableDefinitions, 'strict'>): Promise<void> {
  const words = db.schema
    .createTable('desk_child_words')
    .addColumn('consultation', 'text', (column) => column.notNull().references('consultations.id'))
    .addColumn('area', 'text', (column) => column.notNull())
    .addColumn('child_key', 'text', (column) => column.notNull())
    .addColumn('word', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('desk_child_words_key', ['consultation', 'child_key', 'word']);
  await strict(words).execute();
  await db.schema
    .createIndex('desk_child_words_word')
    .on('desk_child_words')
    .columns(['area', 'word', 'consultation', 'child_key'])
    .execute();
  const children = await db.selectFrom('desk_children').select(['consultation', 'area', 'child_key']).execute();
  for (const { consultation, area, child_key } of children) {
    const own = [...new Set(child_key.split(' '))].map((word) => ({ consultation, area, child_key, word }));
    await db.insertInto('desk_child_words').values(own).execute();
  }
  await db.schema.createIndex('desk_lines_form').on('desk_lines').columns(['form', 'number']).execute();
}

/**
 * Each word is indexed with its area and column. Texts of earlier rows may have been folded or not: their words come to
 * the same. Before the first request, since a search must find every row: some 0.4 ms for each consultation, once.
 */
export async function indexMarkedWords(db: Database, { indexBeginnings }: TableDefinitions): Promise<void> {
  await indexBeginnings(db, toIndexed);
}

/** See `postgres-word-list.ts`. */
export async function listWords(db: Database, definitions: TableDefinitions): Promise<void> {
  await definitions.listWords(db);
}
