import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import { migrate } from '../../server/store/migrations.ts';
import { openSqlite } from '../../server/store/sqlite.ts';
import { createStore } from '../../server/store/store.ts';
import { createClock, makeFile } from './temporary.ts';

/** A store on a disk that a test can fill and free again, simulated by SQLite's limit on the number of pages. */
export async function openOnSmallDisk() {
  const [file, clock] = [makeFile(), createClock()];
  const engine = openSqlite(file);
  await migrate(engine, { file, now: () => clock().toISOString() });
  onTestFinished(() => engine.close());
  const setPages = (pages: number) => engine.write((db) => sql.raw(`pragma max_page_count = ${pages}`).execute(db));
  const store = createStore(engine, { file, clock });
  return { store, file, clock, fill: () => setPages(1), free: () => setPages(1_000_000) };
}
