/** SQL as SQLite writes it: JSON, and full text by FTS5, which has the area among its columns: that keeps it fast. */
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

/** FTS5 goes through the rows of the first condition and looks each up in the others: long words are in few rows, and the area is in most. */
function rarestFirst(phrases: readonly Phrase[]): Phrase[] {
  const letters = ({ ways, wholes = [] }: Phrase) => Math.max(...[...ways, ...wholes].map((way) => way.length));
  return [...phrases].sort((one, other) => letters(other) - letters(one));
}

function matchOf({ column, ways, wholes = [] }: Phrase): string {
  return `${column} : (${[...wholes.map((way) => `"${way}"`), ...ways.map((way) => `"${way}"*`)].join(' OR ')})`;
}

/** The index has the beginnings of words of so many letters: see `fullText` in `sqlite.ts`. */
const INDEXED_LETTERS = 3;
const MOST_ENDINGS = 32;

/**
 * For a word that may go on FTS5 first gathers all that was ever written with any of its endings: 30 ms at a million consultations. The few words
 * with this beginning are found in its list of words, and rows that have one of them are found from the newest on.
 */
async function findEndingsOf(db: Database, phrase: Phrase): Promise<Phrase> {
  const [ways, wholes]: [string[], string[]] = [[], []];
  for (const way of phrase.ways) {
    const [, before = '', last] = /^(.* )?([a-z0-9]+)$/i.exec(way) ?? [];
    // Of other letters FTS5 has ways of its own to fold them.
    const isCostly = last !== undefined && last.length > INDEXED_LETTERS;
    const longer = isCostly ? await longerThan(db, last.toLowerCase()) : undefined;
    if (longer === undefined) ways.push(way);
    else wholes.push(way, ...longer.map((word) => before + word));
  }
  return { ...phrase, ways, wholes };
}

/** Sorts after every letter that a word can have. */
const LAST_LETTER = '\u{10FFFF}';

/** Words that go on after this one. Undefined if there are more than anybody wants to look for one by one. */
async function longerThan(db: Database, word: string): Promise<string[] | undefined> {
  await sql`create virtual table if not exists temp.desk_word_list using fts5vocab(main, desk_words, instance)`.execute(
    db,
  );
  // One step of the index for each word, however many rows have it.
  const { rows } = await sql<{ word: string }>`
    with recursive found (word) as (
      select (select term from desk_word_list where term >= ${word} || char(1) limit 1)
      union all
      select (select term from desk_word_list where term >= found.word || char(1) limit 1) from found
        where found.word < ${word + LAST_LETTER}
    ) select word from found where word < ${word + LAST_LETTER} limit ${MOST_ENDINGS + 1}`.execute(db);
  return rows.length > MOST_ENDINGS ? undefined : rows.map(({ word }) => word);
}
