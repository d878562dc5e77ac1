/** SQL in PostgreSQL's form: types, triggers, JSON and full text. */
import { type DataTypeNode, PostgresDialect, PostgresQueryCompiler, type QueryCompiler, sql } from 'kysely';
import type { Dialect, TableDefinitions } from './engine.ts';
import { makeWordList } from './postgres-word-list.ts';
import { hasWords, lexemesOf, lookUpWords, rowHasWords } from './postgres-words.ts';
import type { Database } from './tables.ts';

/** As in SQLite, text is sorted by its bytes, whatever the server's locale, and integers have 64 bits. */
const TYPES: Record<string, string> = { text: 'text collate "C"', integer: 'bigint' };

class Compiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    this.append(TYPES[node.dataType] ?? node.dataType);
  }
}

export class FrontDoorPostgres extends PostgresDialect {
  override createQueryCompiler(): QueryCompiler {
    return new Compiler();
  }
}

async function createTriggerFunction(db: Database, name: string, body: string): Promise<void> {
  // A later migration may allow an exception.
  await sql
    .raw(`create or replace function ${name}() returns trigger language plpgsql as $$ begin ${body} end $$`)
    .execute(db);
}

/** A trigger that raises the error unless the condition holds for the old and the new row. */
const checks = (condition: string, error: string) =>
  `if not coalesce((${condition}), false) then raise exception '${error}'; end if; return new;`;

const neverChanged = (table: string) => `${table} are appended and never changed`;

export const postgresDefinitions: TableDefinitions = {
  counter: (column) => column.primaryKey().generatedByDefaultAsIdentity(),
  strict: (table) => table,
  isErasureMark: `new.body ~ '^\\{"erased":[0-9]{1,18}\\}$'
    and exists (select 1 from looks where seq = substring(new.body from '[0-9]{1,18}')::bigint and what = 'erasure')`,
  async refuseChanges(db, table) {
    await createTriggerFunction(db, `${table}_refuse`, `raise exception '${neverChanged(table)}';`);
    const refuse = (event: string, each: string) =>
      sql
        .raw(
          `create trigger ${table}_no_${event} before ${event} on ${table} for each ${each} execute function ${table}_refuse()`,
        )
        .execute(db);
    await refuse('update', 'row');
    await refuse('delete', 'row');
    await refuse('truncate', 'statement');
    // A second barrier: somebody who removes the trigger still may not delete rows. Changes of text are possible for
    // erasures; see below.
    await sql.raw(`revoke delete, truncate on ${table} from public, current_user`).execute(db);
  },
  async letThrough(db, table, unchanged, condition) {
    const same = unchanged.map((column) => `new."${column}" is not distinct from old."${column}"`).join(' and ');
    await createTriggerFunction(db, `${table}_erase`, checks(`${same} and ${condition}`, neverChanged(table)));
    await sql.raw(`drop trigger ${table}_no_update on ${table}`).execute(db);
    await sql
      .raw(`create trigger ${table}_no_update before update on ${table} for each row execute function ${table}_erase()`)
      .execute(db);
  },
  async linkInOrder(db, table) {
    const next = `new.position = (select coalesce(max(position), 0) + 1 from ${table})
      and new.previous = coalesce((select hash from ${table} where position = new.position - 1), '')`;
    await checkInserts(db, table, checks(next, `${table} goes on where it ends`));
  },
  async countWithoutGap(db, table) {
    const next = `new.number = (select coalesce(max(number), 0) + 1 from ${table} where consultation = new.consultation)`;
    await checkInserts(db, table, checks(next, `${table} are numbered without a gap`));
  },
  async fullText(db, table, columns) {
    let made = db.schema.createTable(table).addColumn('rowid', 'integer', (column) => column.primaryKey());
    for (const name of columns) made = made.addColumn(name as 'rowid', 'text', (column) => column.notNull());
    await made.addColumn('lexemes' as 'rowid', sql`tsvector`, (column) => column.notNull()).execute();
    await sql.raw(`create index ${table}_lexemes on ${table} using gin (lexemes)`).execute(db);
  },
  async indexBeginnings(db, toIndexed) {
    await sql.raw('alter table desk_words drop column lexemes').execute(db);
    await sql.raw(`alter table desk_words add column marked tsvector not null default ''`).execute(db);
    for (let after = 0; ; ) {
      const rows = await db
        .selectFrom('desk_words')
        .select(['rowid', 'area', 'professional', 'agency', 'words'])
        .where('rowid', '>', after)
        .orderBy('rowid')
        .limit(INDEXED_AT_ONCE)
        .execute();
      for (const { rowid, ...row } of rows) await postgresDialect.putWords(db, { rowid, ...toIndexed(row) });
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.rowid;
    }
    // Last, since an index that is made at once is made faster.
    await sql.raw('create index desk_words_marked on desk_words using gin (marked)').execute(db);
    // PostgreSQL has to know how rare a word is. Where it does not, it takes one in fifty rows to have any word, and
    // goes through all rows from the newest on for a word that none has: 4 s at 120,000 consultations, and 5 ms so.
    await sql.raw('alter table desk_words alter column marked set statistics 1000').execute(db);
    await analyzeWords(db);
  },
  listWords: makeWordList,
};

/** Also to be called when many rows were written at once: PostgreSQL itself notices that only some time later. */
export async function analyzeWords(db: Database): Promise<void> {
  await sql.raw('analyze desk_words').execute(db);
}

async function checkInserts(db: Database, table: string, body: string): Promise<void> {
  await createTriggerFunction(db, `${table}_check_order`, body);
  await sql
    .raw(
      `create trigger ${table}_in_order before insert on ${table} for each row execute function ${table}_check_order()`,
    )
    .execute(db);
}

export const postgresDialect: Dialect = {
  textsIn: (json, key) => {
    const array = key === undefined ? sql`(${json})::json` : sql`(${json})::json -> ${sql.lit(key)}`;
    return sql`json_array_elements_text(${array})`;
  },
  textAt: (json, ...path) => sql`(${json})::json #>> ${sql.lit(`{${path.join(',')}}`)}`,
  lookUpWords,
  hasWords,
  rowHasWords,
  // It counts what the indexes hold, and chooses well.
  unindexed: (column) => sql.ref(column),
  async putWords(db, words) {
    const { rowid, area, professional, agency, words: text } = words;
    await sql`insert into desk_words (rowid, area, professional, agency, words, marked)
      values (${rowid}, ${area}, ${professional}, ${agency}, ${text}, ${lexemesOf(words)}::tsvector)
      on conflict (rowid) do update set area = excluded.area, professional = excluded.professional,
        agency = excluded.agency, words = excluded.words, marked = excluded.marked
        where (desk_words.area, desk_words.professional, desk_words.agency, desk_words.words)
          is distinct from (excluded.area, excluded.professional, excluded.agency, excluded.words)`.execute(db);
  },
};

const INDEXED_AT_ONCE = 200;
