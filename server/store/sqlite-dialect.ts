/** SQL as SQLite writes it: JSON, and full text by FTS5, which has the area among its columns: that keeps it fast. */
import { sql } from 'kysely';
import type { Dialect, Phrase } from './engine.ts';

export const sqliteDialect: Dialect = {
  textsIn: (json, key) =>
    key === undefined ? sql`json_each(${json})` : sql`json_each(${json}, ${sql.lit(`$.${key}`)})`,
  textAt: (json, ...path) => sql`json_extract(${json}, ${sql.lit(['$', ...path].join('.'))})`,
  hasWords: (area, phrases) =>
    sql`desk_words match ${[...rarestFirst(phrases).map(matchOf), `area : "${area}"`].join(' AND ')}`,
  async putWords(db, words) {
    await db.deleteFrom('desk_words').where('rowid', '=', words.rowid).execute();
    await db.insertInto('desk_words').values(words).execute();
  },
};

/** FTS5 goes through the rows of the first condition and looks each up in the others: long words are in few rows, and the area is in most. */
function rarestFirst(phrases: readonly Phrase[]): Phrase[] {
  const letters = ({ ways }: Phrase) => Math.max(...ways.map((way) => way.length));
  return [...phrases].sort((one, other) => letters(other) - letters(one));
}

function matchOf({ column, ways }: Phrase): string {
  return `${column} : (${ways.map((way) => `"${way}"*`).join(' OR ')})`;
}
