/** SQL as SQLite writes it: JSON, and full text by FTS5, which has the area among its columns: that keeps it fast. */
import { sql } from 'kysely';
import type { Dialect, Phrase } from './engine.ts';

export const sqliteDialect: Dialect = {
  textsIn: (json, key) =>
    key === undefined ? sql`json_each(${json})` : sql`json_each(${json}, ${sql.lit(`$.${key}`)})`,
  textAt: (json, ...path) => sql`json_extract(${json}, ${sql.lit(['$', ...path].join('.'))})`,
  hasWords: (area, phrases) => sql`desk_words match ${[`area : "${area}"`, ...phrases.map(matchOf)].join(' AND ')}`,
  async putWords(db, words) {
    await db.deleteFrom('desk_words').where('rowid', '=', words.rowid).execute();
    await db.insertInto('desk_words').values(words).execute();
  },
};

function matchOf({ column, ways }: Phrase): string {
  return `${column} : (${ways.map((way) => `"${way}"*`).join(' OR ')})`;
}
