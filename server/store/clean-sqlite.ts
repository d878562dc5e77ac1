/**
 * Takes what is left of erased texts out of a SQLite database that is in use: what the index of words has not merged
 * yet, and copies in the unused space of pages. Others read and write meanwhile, and wait some milliseconds at a time.
 */
import { fdatasyncSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import { cleanPages, findUnclean, type OpenFile, type UncleanPages } from './unused-space.ts';

const RETRY_MS = 25;
/** Five seconds. */
const TRIES = 200;
/** Pages of the index of words that are merged in one transaction. */
const WORDS_AT_ONCE = 500;
const PAGES_AT_ONCE = 2_000;
/** A page can be moved between its being found and its being cleaned. It is found again the next time. */
const ROUNDS = 5;

/** What cleaning needs of the database. */
interface Cleaning {
  file: string;
  /** Of its own and closed afterwards, since it goes on seeing pages as they were. */
  connection: Sqlite.Database;
  /**
   * The file, open for reading and writing. It has to stay open for as long as this process uses the database: with the
   * first handle that is closed, the system drops all locks that SQLite has on the file.
   */
  handle: number;
  /** How often it tries to get its turn. */
  tries?: number;
}

/** False if another program reads an older state all the time, so that the write-ahead log cannot be emptied. */
export async function cleanSqlite(cleaning: Cleaning): Promise<boolean> {
  await mergeWords(cleaning);
  for (let round = 0; round < ROUNDS; round++) {
    const found = await inEmptyLog(cleaning, 'begin', (file) => findUnclean(file));
    if (found === undefined) return false;
    if (found.pages.length === 0) return await emptyLog(cleaning);
    for (const some of inParts(found)) if (!(await cleanSome(cleaning, some))) return false;
  }
  return false;
}

function inParts({ pages, trees }: UncleanPages): UncleanPages[] {
  return Array.from({ length: Math.ceil(pages.length / PAGES_AT_ONCE) }, (_, index) => ({
    pages: pages.slice(index * PAGES_AT_ONCE, (index + 1) * PAGES_AT_ONCE),
    trees,
  }));
}

/**
 * SQLite keeps a deleted row in the index of words until what was written before it is merged with what came after.
 * (Its option `secure-delete` would take it out at once, but leaves words behind and breaks the index: see "An erasure
 * cleans the file while it is in use" in DECISIONS.md.)
 */
async function mergeWords({ connection }: Cleaning): Promise<void> {
  const indexes = connection
    .prepare("select name from sqlite_schema where sql like 'create virtual table%using fts5%'")
    .pluck()
    .all() as string[];
  const changes = connection.prepare('select total_changes()').pluck();
  for (const index of indexes) {
    const merge = connection.prepare(`insert into "${index}" ("${index}", rank) values ('merge', ?)`);
    // A number below zero takes in all that there is, and those above go on with it. The statement itself is one change.
    for (let [pages, isDone] = [-WORDS_AT_ONCE, false]; !isDone; pages = WORDS_AT_ONCE) {
      const before = Number(changes.get());
      await whenFree(() => merge.run(pages));
      isDone = pages > 0 && Number(changes.get()) - before < 2;
    }
  }
}

async function cleanSome(cleaning: Cleaning, unclean: UncleanPages): Promise<boolean> {
  const { connection, handle } = cleaning;
  const done = await inEmptyLog(cleaning, 'begin immediate', (file) => {
    if (cleanPages(file, unclean) > 0) fdatasyncSync(handle);
    // Every connection reads its pages anew when it finds that something was written, and so do all others now.
    connection.pragma(`user_version = ${connection.pragma('user_version', { simple: true })}`);
    return true;
  });
  return done === true;
}

/**
 * Runs in a transaction that began while the write-ahead log was empty: all pages are in the file as they stand, and
 * nobody writes to it until the transaction ends. Undefined if the log could not be emptied.
 */
async function inEmptyLog<Found>(
  cleaning: Cleaning,
  begin: 'begin' | 'begin immediate',
  run: (file: OpenFile) => Found,
): Promise<Found | undefined> {
  const { file, connection, tries = TRIES } = cleaning;
  for (let tried = 0; tried < tries; tried++) {
    if (!(await emptyLog(cleaning))) return undefined;
    try {
      await whenFree(() => connection.exec(begin));
      const open = openFile(cleaning);
      // Somebody may have written in between.
      if (statSync(`${file}-wal`).size > 0) continue;
      const found = run(open);
      connection.exec('commit');
      return found;
    } finally {
      if (connection.inTransaction) connection.exec('rollback');
    }
  }
  return undefined;
}

/** Asks for the schema, with which a transaction that only reads begins. */
function openFile({ connection, handle }: Cleaning): OpenFile {
  const roots = connection.prepare('select rootpage from sqlite_schema where rootpage > 0').pluck().all() as number[];
  const [pageSize, pages] = ['page_size', 'page_count'].map((name) => connection.pragma(name, { simple: true }));
  return { handle, pageSize: Number(pageSize), pages: Number(pages), roots };
}

/** False if somebody has been reading an older state for all that time. */
async function emptyLog({ connection, tries = TRIES }: Cleaning): Promise<boolean> {
  for (let tried = 0; tried < tries; tried++) {
    const [found] = connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    if (found?.busy === 0) return true;
    await wait(RETRY_MS);
  }
  return false;
}

async function whenFree(run: () => unknown): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      run();
      return;
    } catch (error) {
      const isBusy = /^SQLITE_(BUSY|LOCKED)/.test(String((error as { code?: string }).code));
      if (!isBusy || tried === TRIES) throw error;
      await wait(RETRY_MS);
    }
  }
}
