/** Writes rows into a new SQLite database, many at once. Nothing waits for the disk before the end: what is broken off is thrown away. */
import Sqlite from 'better-sqlite3';
import type { Target } from './fill.ts';

interface Trigger {
  name: string;
  sql: string;
}

/** Pages of the file that stay in memory, in KiB. */
const CACHE = 400_000;

/** The tables are there, and nothing in them. */
export function openSqliteTarget(file: string): Target {
  const database = new Sqlite(file);
  database.pragma('journal_mode = MEMORY');
  database.pragma('synchronous = OFF');
  database.pragma('foreign_keys = OFF');
  database.pragma(`cache_size = -${CACHE}`);
  // What they demand of each row holds, as the check of the log finds afterwards.
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
    commit: async () => void database.exec('commit'),
    async finish() {
      for (const { sql } of triggers) database.exec(sql);
      database.pragma('synchronous = FULL');
      database.pragma('journal_mode = WAL');
      database.close();
    },
  };
}
