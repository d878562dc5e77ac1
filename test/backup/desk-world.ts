/** A desk of which backups are made: what is asked and erased there, and all rows of a database to compare. */
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { makeBackup, makeIncrement } from '../../server/backup/backup.ts';
import { proveBackup } from '../../server/backup/restore.ts';
import { paths } from '../../server/base/paths.ts';
import { erase, planErasure } from '../../server/erasure.ts';
import type { Desk } from '../../server/flow/desk.ts';
import { noteworthyTables } from '../../server/store/changed-rows.ts';
import { checkpointFiles } from '../../server/store/store.ts';
import { makeFolder } from '../store/temporary.ts';
import { beginConsultation } from '../web/begin-consultation.ts';
import type { openDeskApp } from '../web/people/desk-app.ts';

const KEEP = { days: 14, weeks: 4, months: 0 };

export interface Served {
  store: { file: string };
  clock: (() => Date) & { pass(minutes: number): void };
}

/** Makes backups of that database in a folder; the clock advances before each. */
export function backups({ store, clock }: Served, folder = join(makeFolder(), 'backups'), databaseUrl?: string) {
  const make = (how: typeof makeBackup) => {
    clock.pass(1);
    const database = { file: store.file, ...(databaseUrl !== undefined && { databaseUrl }) };
    return how({ database, folder, at: clock(), recipients: [], keep: KEEP });
  };
  const prove = (backup: string) =>
    proveBackup({ backup, workFolder: dirname(store.file), checkpointFiles: checkpointFiles(store.file) });
  return { folder, whole: () => make(makeBackup), increment: () => make(makeIncrement), prove };
}

/** Table → its rows, as text, without the changes that are recorded for increments. */
export function contentOf(file: string): Record<string, string[]> {
  const raw = new Sqlite(file, { readonly: true });
  try {
    const rows = (table: string) =>
      (raw.prepare(`select * from ${table}`).all() as object[]).map((row) => JSON.stringify(row)).sort();
    const words = raw
      .prepare('select rowid, * from desk_words')
      .all()
      .map((row) => JSON.stringify(row));
    const numbers = raw.prepare(`select name, seq from sqlite_sequence where name <> 'changed_rows' order by 1`).all();
    return {
      ...Object.fromEntries(noteworthyTables(raw).map((table) => [table, rows(table)])),
      desk_words: words.sort(),
      numbers: numbers.map((row) => JSON.stringify(row)),
    };
  } finally {
    raw.close();
  }
}

export type World = Awaited<ReturnType<typeof openDeskApp>>;

export async function ask(world: World, child: string, question: string): Promise<string> {
  const browser = world.openBrowser();
  const { id, at } = await beginConsultation(browser);
  await browser.post(paths.addition(id, 'child'), { known: 'yes', name: child }, paths.record(id));
  await browser.post(paths.handovers(id), { question, reach: '0161 496 0001' }, at);
  return id;
}

export async function eraseAll(world: World): Promise<number> {
  const desk = world.services.library.areas.get('bury')?.desk as Desk;
  return erase(world.store, await planErasure(world.store, 'bury', desk, world.clock().toISOString().slice(0, 10)));
}
