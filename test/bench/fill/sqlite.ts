/**
 * Writes rows into a new SQLite database, many at a time. Nothing waits for the disk before the end, so an interrupted
 * file has to be thrown away.
 */
import Sqlite from 'better-sqlite3';
import type { Target } from './fill.ts';

interface Trigger {
  name: string;
  sql: string;
}

/** Size of the page cache, in KiB. */
const CACHE = 400_000;

/** The tables exist and are empty. */
export function openSqliteTarget(file: string): Target {
  const database = new Sqlite(file);
  database.pragma('journal_mode = MEMORY');
  database.pragma('synchronous = OFF');
  database.pragma('foreign_keys = OFF');
  database.pragma(`cache_size = -${CACHE}`);
  // The triggers are dropped; the check of the log confirms afterwards that every row is as they require.
  const triggers = database.prepare(`select name, sql from sqlite_schema where type = 'trigger'`).all() as Trigger[];
  for (const { name } of triggers) database.exec(`drop trigger "${name}"`);
  const statements = new Map<string, Sqlite.Statement>();
  const insertInto = (table: string, names: readonly string[]) => {
    const key = `${table} ${names.join()}`;
    const known = statements.get(key);
    if (known !== undefined) return known;
    const columns = names.map((name) => `"${name}"`).join();
    const made = database.prepare(`insert into ${table} (${columns}) values (${names.map(() => '?').join()})`);
    statements.set(key, made);
    return made;
  };
  const write = database.transaction((table: string, rows: readonly Record<string, unknown>[]) => {
    for (const row of rows) insertInto(table, Object.keys(row)).run(...Object.values(row));
  });
  return {
    begin: async () => void database.exec('begin'),
    write: async (table, rows) => void write(table, rows),
    clearSum: async () => void database.exec(`delete from row_sums where "table" = 'sheet_fields'`),
    commit: async () => void database.exec('commit'),
    async finish() {
      for (const { sql } of triggers) database.exec(sql);
      // As the monthly cleaning leaves it.
      database.exec(`insert into desk_words(desk_words) values ('optimize')`);
      database.pragma('synchronous = FULL');
      database.pragma('journal_mode = WAL');
      database.close();
    },
  };
}
