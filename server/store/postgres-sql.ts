/** SQL in PostgreSQL's form: types, triggers, JSON and full text. */
import { type DataTypeNode, PostgresDialect, PostgresQueryCompiler, type QueryCompiler, sql } from 'kysely';
import { foldedWords } from '../base/text.ts';
import type { DeskTables } from './desk-tables.ts';
import type { Definitions, Dialect, Phrase } from './engine.ts';
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

export const postgresDefinitions: Definitions = {
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
};

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
  findEndings: async (_db, phrases) => [...phrases],
  hasWords: (area, phrases) => {
    const query = [lexeme(areaOf(area)), ...phrases.map(queryOf)].join(' & ');
    return sql`desk_words.lexemes @@ ${query}::tsquery`;
  },
  async putWords(db, words) {
    const { rowid, area, professional, agency, words: text } = words;
    await sql`insert into desk_words (rowid, area, professional, agency, words, lexemes)
      values (${rowid}, ${area}, ${professional}, ${agency}, ${text}, ${lexemesOf(words)}::tsvector)
      on conflict (rowid) do update set area = excluded.area, professional = excluded.professional,
        agency = excluded.agency, words = excluded.words, lexemes = excluded.lexemes`.execute(db);
  },
};

/** Each word is indexed with a letter for its column in front, so that one index covers all columns and the area. */
const LETTERS: Record<Phrase['column'], string> = { professional: 'p', agency: 'a', words: 'w' };
const areaOf = (area: string) => `@${area}`;
/**
 * PostgreSQL's own limits: bytes in a word, the highest position, positions per word, and bytes in all words of a row.
 */
const LONGEST_LEXEME = 500;
const LAST_PLACE = 16_383;
const MOST_PLACES = 255;
const MOST_BYTES = 700_000;

const lexeme = (text: string) => `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;

/**
 * Built from our own words and positions, so that words are split and folded as everywhere else, whatever the server's
 * dictionaries say. If a record has more different words than PostgreSQL can index, only the first are found.
 */
export function lexemesOf(words: DeskTables['desk_words']): string {
  const places = new Map<string, number[]>([[areaOf(words.area), []]]);
  let bytes = 0;
  for (const [column, letter] of Object.entries(LETTERS))
    for (const [index, word] of foldedWords(words[column as Phrase['column']]).entries()) {
      const key = letter + word.slice(0, LONGEST_LEXEME);
      const known = places.get(key) ?? [];
      if (known.length === 0) bytes += Buffer.byteLength(key) + 8;
      if (bytes > MOST_BYTES) break;
      if (known.length < MOST_PLACES && index < LAST_PLACE) {
        known.push(index + 1);
        bytes += 2;
      }
      places.set(key, known);
    }
  return [...places].map(([key, at]) => lexeme(key) + (at.length === 0 ? '' : `:${at.join(',')}`)).join(' ');
}

function queryOf({ column, ways }: Phrase): string {
  const queries = ways.flatMap((way) => {
    const words = foldedWords(way).map((word) => lexeme(LETTERS[column] + word.slice(0, LONGEST_LEXEME)));
    return words.length === 0 ? [] : [`(${words.join(' <-> ')}:*)`];
  });
  return `(${[...new Set(queries)].join(' | ')})`;
}
