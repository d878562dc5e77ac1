/** An empty SQLite database with the tables of this version, as the bytes of its file. */
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { migrate } from './migrations.ts';
import { definitions } from './sqlite.ts';
import type { Tables } from './tables.ts';

let made: Promise<Buffer> | undefined;

/** Made once per process and in memory: in a file, each of some forty migrations would wait for the disk. */
export function makeEmptyTables(): Promise<Buffer> {
  made ??= make();
  return made;
}

async function make(): Promise<Buffer> {
  const connection = new Sqlite(':memory:');
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) });
  try {
    await migrate({ write: (work) => work(db), definitions }, { file: ':memory:', now: () => '' });
    return connection.serialize();
  } finally {
    await db.destroy();
  }
}
