/**
 * SQL in SQLite's form: JSON, and full text by FTS5. The area is one of the indexed columns, which keeps searches fast.
 */
import { sql } from 'kysely';
import type { Dialect, Phrase } from './engine.ts';
import type { Database } from './tables.ts';

export const sqliteDialect: Dialect = {
  textsIn: (json, key) =>
    key === undefined ? sql`json_each(${json})` : sql`json_each(${json}, ${sql.lit(`$.${key}`)})`,
  textAt: (json, ...path) => sql`json_extract(${json}, ${sql.lit(['$', ...path].join('.'))})`,
  findEndings: (db, phrases) => Promise.all(phrases.map((phrase) => findEndingsOf(db, phrase))),
  hasWords: (area, phrases) =>
    sql`desk_words match ${[...rarestFirst(phrases).map(matchOf), `area : "${area}"`].join(' AND ')}`,
  async putWords(db, words) {
    await db.deleteFrom('desk_words').where('rowid', '=', words.rowid).execute();
    await db.insertInto('desk_words').values(words).execute();
  },
};

/**
 * FTS5 goes through the rows of the first condition and looks each up in the others. Long words are in few rows, and
 * the area is in most, so long words come first.
 */
function rarestFirst(phrases: readonly Phrase[]): Phrase[] {
  const letters = ({ ways, wholes = [] }: Phrase) => Math.max(...[...ways, ...wholes].map((way) => way.length));
  return [...phrases].sort((one, other) => letters(other) - letters(one));
}

function matchOf({ column, ways, wholes = [] }: Phrase): string {
  return `${column} : (${[...wholes.map((way) => `"${way}"`), ...ways.map((way) => `"${way}"*`)].join(' OR ')})`;
}

/** The index contains word beginnings of this length: see `fullText` in `sqlite.ts`. */
const INDEXED_LETTERS = 3;
const MOST_ENDINGS = 32;

/**
 * For the beginning of a word, FTS5 first collects every row that contains any word with that beginning, which takes 30
 * ms at a million consultations. It is faster to look up the few words that have this beginning in FTS5's list of
 * words, and then to read the rows that contain one of them from the newest on.
 */
async function findEndingsOf(db: Database, phrase: Phrase): Promise<Phrase> {
  const [ways, wholes]: [string[], string[]] = [[], []];
  for (const way of phrase.ways) {
    const [, before = '', last] = /^(.* )?([a-z0-9]+)$/i.exec(way) ?? [];
    // FTS5 folds letters outside this range in its own way.
    const isCostly = last !== undefined && last.length > INDEXED_LETTERS;
    const longer = isCostly ? await longerThan(db, last.toLowerCase()) : undefined;
    if (longer === undefined) ways.push(way);
    else wholes.push(way, ...longer.map((word) => before + word));
  }
  return { ...phrase, ways, wholes };
}

/** Sorts after every letter that a word can have. */
const LAST_LETTER = '\u{10FFFF}';

/** Words that begin with this one and are longer. Undefined if there are too many to look up one by one. */
async function longerThan(db: Database, word: string): Promise<string[] | undefined> {
  await sql`create virtual table if not exists temp.desk_word_list using fts5vocab(main, desk_words, instance)`.execute(
    db,
  );
  // One step through the index for each word, however many rows contain it.
  const { rows } = await sql<{ word: string }>`
    with recursive found (word) as (
      select (select term from desk_word_list where term >= ${word} || char(1) limit 1)
      union all
      select (select term from desk_word_list where term >= found.word || char(1) limit 1) from found
        where found.word < ${word + LAST_LETTER}
    ) select word from found where word < ${word + LAST_LETTER} limit ${MOST_ENDINGS + 1}`.execute(db);
  return rows.length > MOST_ENDINGS ? undefined : rows.map(({ word }) => word);
}
