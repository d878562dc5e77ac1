/**
 * The words of the search in PostgreSQL: as they are indexed, and as they are looked up. There are two ways to find the
 * newest rows with some words, and PostgreSQL, asked for both in one query, cannot tell which is the shorter one:
 * from the newest row on until enough are found, which is fast if every tenth row has the words and takes seconds if
 * hardly any has; or all rows that have them by the index, which is the other way round. So it is asked beforehand how
 * many rows it expects, and then told the way.
 */
import { type RawBuilder, sql } from 'kysely';
import { LAST_LETTER } from '../base/text.ts';
import type { DeskTables } from './desk-tables.ts';
import type { SoughtWords, WordBeginning } from './engine.ts';
import type { Database } from './tables.ts';

/** PostgreSQL's own limits: bytes of a word, and bytes of all words of a row. */
const LONGEST_LEXEME = 500;
const MOST_BYTES = 700_000;
/** Bytes that PostgreSQL itself needs for a word, and some more. */
const PER_LEXEME = 8;

/** Words in the index are letters and digits alone, so nothing in them has to be escaped. */
const lexeme = (word: string) => `'${word.slice(0, LONGEST_LEXEME)}'`;

/**
 * The words of the row as they are, without their positions: they are split, folded and marked as everywhere else,
 * whatever the server's dictionaries say. If a record has more words than PostgreSQL can index, only the first are
 * found.
 */
export function lexemesOf({ professional, agency, words }: DeskTables['desk_words']): string {
  const indexed: string[] = [];
  let bytes = 0;
  for (const word of [professional, agency, words].flatMap((text) => text.split(' '))) {
    if (word === '') continue;
    const text = lexeme(word);
    bytes += Buffer.byteLength(text) + PER_LEXEME;
    if (bytes > MOST_BYTES) break;
    indexed.push(text);
  }
  return indexed.join(' ');
}

/**
 * Looking up rows by the index takes about as long for n of them as going through n²/900 from the newest on, each with
 * its text. Measured with a million rows: 1.2 µs for each row that has the words, 6 for each that is gone through.
 */
const RARE = 30;

export async function lookUpWords(db: Database, texts: readonly string[]): Promise<SoughtWords> {
  if (texts.length === 0) return { beginnings: [] };
  const beginnings = texts.map((text) => ({ text }));
  const [endings, expected] = await Promise.all([findEndings(db, texts), expectRows(db, beginnings)]);
  const known = texts.map((text) => withEndings(text, endings));
  const isMissing = known.some(({ words }) => words?.length === 0);
  const areRare = isMissing || expected <= RARE * Math.sqrt(endings[0]?.rows ?? 0);
  return { beginnings: areRare ? known : beginnings, areRare };
}

interface Ending {
  text: string;
  word: string;
  /** How many rows the table has, about. */
  rows: number;
}

/** With more endings than this, the index is asked for the beginning itself: each takes time for each row. */
const MOST_ENDINGS = 8;

async function findEndings(db: Database, texts: readonly string[]): Promise<Ending[]> {
  const beginnings = JSON.stringify(texts.map((text) => text.slice(0, LONGEST_LEXEME)));
  const { rows } = await sql<Ending>`select beginnings.value as text, ending.word,
      (select reltuples from pg_class where oid = 'desk_words'::regclass) as rows
    from json_array_elements_text(${beginnings}::json) as beginnings cross join lateral (
      select word from desk_word_list where word >= beginnings.value and word < beginnings.value || ${LAST_LETTER}
        order by word limit ${MOST_ENDINGS + 1}) as ending`.execute(db);
  return rows;
}

function withEndings(text: string, endings: readonly Ending[]): WordBeginning {
  const cut = text.slice(0, LONGEST_LEXEME);
  const words = endings.flatMap((ending) => (ending.text === cut ? [ending.word] : []));
  return words.length > MOST_ENDINGS ? { text } : { text, words };
}

/** How many rows have all of these, as far as PostgreSQL knows. */
async function expectRows(db: Database, beginnings: readonly WordBeginning[]): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
    explain (format json) select from desk_words where marked @@ ${queryOf(beginnings)}::tsquery`.execute(db);
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

const queryOf = (beginnings: readonly WordBeginning[]) => beginnings.map(queryOfOne).join(' & ');

function queryOfOne({ text, words }: WordBeginning): string {
  // A query without any word would have no meaning.
  const whole = words?.length === 0 ? [text] : words;
  return whole === undefined ? `${lexeme(text)}:*` : `(${whole.map(lexeme).join(' | ')})`;
}

export function hasWords({ beginnings, areRare }: SoughtWords): RawBuilder<boolean> {
  const query = queryOf(beginnings);
  return areRare
    ? sql`desk_words.rowid = any(array(select rare.rowid from desk_words as rare where rare.marked @@ ${query}::tsquery))`
    : sql`desk_words.marked @@ ${query}::tsquery`;
}

export function rowHasWords(number: string, { beginnings }: SoughtWords): RawBuilder<boolean> {
  const query = queryOf(beginnings.map(({ text }) => ({ text })));
  return sql`(select one.marked from desk_words as one where one.rowid = ${sql.ref(number)}) @@ ${query}::tsquery`;
}
