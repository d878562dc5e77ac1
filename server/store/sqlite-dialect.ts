/** SQL in SQLite's form: JSON, and full text by FTS5. */
import { sql } from 'kysely';
import { LAST_LETTER } from '../base/text.ts';
import type { Dialect, WordBeginning } from './engine.ts';
import { MARK_LETTERS, type SearchableTexts } from './index-words.ts';
import { prepare } from './prepare.ts';
import type { Database, Tables } from './tables.ts';

type Words = Tables['desk_words'];

export const sqliteDialect: Dialect = {
  textsIn: (json, key) =>
    key === undefined ? sql`json_each(${json})` : sql`json_each(${json}, ${sql.lit(`$.${key}`)})`,
  textAt: (json, ...path) => sql`json_extract(${json}, ${sql.lit(['$', ...path].join('.'))})`,
  lookUpWords: async (db, beginnings) => ({
    beginnings: await Promise.all(beginnings.map((text) => findEndingsOf(db, text))),
  }),
  hasWords: ({ beginnings }) => sql`desk_words match ${longestFirst(beginnings).map(matchOf).join(' AND ')}`,
  // The index has no way to one row: it goes through its list up to there.
  rowHasWords: (number, { beginnings }) => {
    const has = beginnings.map(({ text }) => sql`instr(one.text, ${` ${text}`}) > 0`);
    return sql`exists (select 1 from (select ' ' || professional || ' ' || agency || ' ' || words as text from desk_words
      where desk_words.rowid = ${sql.ref(number)}) as one where ${sql.join(has, sql` and `)})`;
  },
  unindexed: (column) => sql`+${sql.ref(column)}`,
  async putWords(db, words) {
    statements ??= prepareWords(db);
    const [known] = await statements.find(db, words);
    if (known !== undefined && areSame(known, words)) return;
    if (known !== undefined) await statements.remove(db, words);
    await statements.add(db, words);
  },
};

let statements: ReturnType<typeof prepareWords> | undefined;

/** Compiled once, since every entry that the desk is told of comes by. */
function prepareWords(db: Database) {
  return {
    find: prepare<Words, SearchableTexts>(db, (on, value) =>
      on
        .selectFrom('desk_words')
        .select(['area', 'professional', 'agency', 'words'])
        .where('rowid', '=', value('rowid')),
    ),
    remove: prepare<Words, unknown>(db, (on, value) => on.deleteFrom('desk_words').where('rowid', '=', value('rowid'))),
    add: prepare<Words, unknown>(db, (on, value) =>
      on.insertInto('desk_words').values({
        rowid: value('rowid'),
        area: value('area'),
        professional: value('professional'),
        agency: value('agency'),
        words: value('words'),
      }),
    ),
  };
}

/** Most entries add no word, and writing all of them anew would cost more than comparing them. */
function areSame(known: SearchableTexts, { area, professional, agency, words }: SearchableTexts): boolean {
  return known.words === words && known.area === area && known.professional === professional && known.agency === agency;
}

/** FTS5 goes through the rows of the first word and looks each up in the others. Long words are in few rows. */
function longestFirst(beginnings: readonly WordBeginning[]): WordBeginning[] {
  return [...beginnings].sort((one, other) => other.text.length - one.text.length);
}

/** Words in the index are letters and digits alone, so nothing in them has to be escaped. */
function matchOf({ text, words }: WordBeginning): string {
  return words === undefined ? `"${text}"*` : `(${words.map((word) => `"${word}"`).join(' OR ')})`;
}

/**
 * For beginnings of so many letters the index has a list of rows for each. Each length makes writing a text some 15 µs
 * dearer; longer beginnings are few in a language.
 */
const INDEXED_LETTERS = [2, 3, 4, 5, 6, 7, 8];
export const INDEXED_BEGINNINGS = INDEXED_LETTERS.map((letters) => MARK_LETTERS + letters);
const MOST_ENDINGS = 32;

/**
 * For a longer beginning, FTS5 first collects every row that contains any word with that beginning. It is faster to
 * look up the few words that have it in FTS5's list of words, and then to read the rows that contain one of them from
 * the newest on.
 */
async function findEndingsOf(db: Database, text: string): Promise<WordBeginning> {
  if ([...text].length <= Math.max(...INDEXED_BEGINNINGS)) return { text };
  const longer = await longerThan(db, text);
  return longer === undefined ? { text } : { text, words: [text, ...longer] };
}

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
