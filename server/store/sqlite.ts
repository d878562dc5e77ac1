/** Everything specific to SQLite: the file, its settings, errors, triggers and online backup. */
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { backupFile } from './backup.ts';
import { cleanSqlite } from './clean-sqlite.ts';
import type { DeskTables } from './desk-tables.ts';
import type { Engine, TableDefinitions } from './engine.ts';
import { cannotOpen, newerTables, OutcomeUnknown, StoreProblem, StoreUnavailable } from './failure.ts';
import { NEWEST } from './migrations.ts';
import { type RunQuery, runBy } from './prepare.ts';
import { refuseOtherProduct } from './sqlite-checks.ts';
import { INDEXED_BEGINNINGS, sqliteDialect } from './sqlite-dialect.ts';
import { type ConnectedDatabase, createConnected, readWhereKnown } from './sqlite-statements.ts';
import type { Database } from './tables.ts';
import { createWalFlush, type FlushToDisk, type WalFlush } from './wal-flush.ts';
import { createWriteQueue, type WaitingTransaction } from './write-queue.ts';

/** Older versions can corrupt a database in WAL mode. */
const OLDEST_SQLITE = '3.51.3';
/**
 * How long SQLite may block the whole process while another process has a lock. Never for a commit: SQLite would sleep
 * for milliseconds, and nobody would be answered, who only reads neither. A commit tries again for `TRIES_MS`, and
 * others are served in between.
 */
const BLOCKS_MS = 100;
const NOT_AT_ALL = 0;
const TRIES_MS = 5000;
const RETRY_MS = 25;
/** A commit takes another process less than a millisecond, so a few turns of the event loop come before any timer. */
const TURNS = 20;
const SHORT_RETRIES = 20;
/**
 * SQLite does not wait for the disk at a commit; we do that ourselves (`wal-flush.ts`). It still waits at a WAL
 * checkpoint.
 */
const SYNCHRONOUS_NORMAL = 1;

export interface SqliteOptions {
  /** Milliseconds that a write waits for another program that is writing. */
  patienceMs?: number;
  /** Called after each commit that is on the disk: how many transactions shared it, and how long it took. */
  onCommit?: (works: number, seconds: number) => void;
  /** Flushes a commit to the disk. Tests pass their own. */
  flush?: FlushToDisk;
}

export function openSqlite(file: string, options: SqliteOptions = {}): Engine {
  checkSqliteVersion(sqliteVersion());
  makePrivateFile(file);
  const { writer, reader } = connectBoth(file);
  const [own, apart] = [createConnected(writer), createConnected(reader)];
  readWhereKnown(apart, own, () => writer.inTransaction);
  const reading = apart.db;
  const damage = createDamage(file);
  const wal = createWalFlush(file, options.flush);
  const version = createVersionCheck(file);
  /** Opened to clean the file, and closed last. */
  let handle: number | undefined;
  const { write, finish, stop } = createWriter({ file, connection: writer, damage, wal, version }, own, options);
  return {
    reading,
    write,
    async read(query) {
      try {
        const found = await query(reading);
        await wal.settled();
        return found;
      } catch (error) {
        throw damage.note(error);
      }
    },
    checkDurable: async () => {
      checkSettings(writer, NOT_AT_ALL);
      checkSettings(reader, BLOCKS_MS);
      version.isInService = true;
    },
    size: async () => sizeOf(file) + sizeOf(`${file}-wal`),
    compact: async () => {
      await finish();
      return compact(file, writer);
    },
    clean: async () => {
      await finish();
      handle ??= openSync(file, 'r+');
      return cleanWith(file, handle);
    },
    backup: (toFile) => backupFile(file, toFile),
    close: async () => {
      await finish();
      await stop();
      await reading.destroy();
      await own.db.destroy();
      for (const connection of [reader, writer]) connection.close();
      if (handle !== undefined) closeSync(handle);
    },
    definitions,
    dialect: sqliteDialect,
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Two connections: reads continue while a transaction is open, and the reading connection cannot write. */
function connectBoth(file: string) {
  let writer: Sqlite.Database | undefined;
  try {
    writer = connect(file);
    refuseOtherProduct(writer);
    writer.pragma('journal_mode = WAL');
    bringIn(writer, file);
    writer.pragma(`busy_timeout = ${NOT_AT_ALL}`);
    return { writer, reader: connect(file, { readonly: true }) };
  } catch (error) {
    writer?.close();
    const unavailable = asUnavailable(file, error);
    throw unavailable instanceof StoreUnavailable ? cannotOpen(unavailable) : error;
  }
}

/** Each attempt waits for as long as SQLite blocks. */
const BRINGS_IN = 10;

/**
 * Moves what a killed server left in the WAL into the database before anything is written after it. After a failed
 * sync, the operating system still shows data that is not on the disk, and reports success for a later sync. New
 * commits would then follow a gap at which a power cut ends the WAL. So the database is written and synced again. The
 * emptied WAL is synced as well, or its older half could come back over the newer database.
 */
function bringIn(writer: Sqlite.Database, file: string): boolean {
  if (sizeOf(`${file}-wal`) === 0) return true;
  const isIn = () => (writer.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[])[0]?.busy === 0;
  // Another server is using the database and may have been reading all the time; that server did this at its own start.
  if (!Array.from({ length: BRINGS_IN }).some(isIn)) return false;
  const wal = openSync(`${file}-wal`, 'r+');
  try {
    fsyncSync(wal);
    return true;
  } finally {
    closeSync(wal);
  }
}

/**
 * The same after a sync has failed. The system reports the failure once to each open file, so the first attempt may get
 * the same error again.
 */
function bringInAfterFailure(writer: Sqlite.Database, file: string): boolean {
  return [1, 2].some(() => {
    try {
      return blocking(writer, () => bringIn(writer, file));
    } catch {
      return false;
    }
  });
}

/** For what has to wait for others and has nobody to answer meanwhile. */
function blocking<Result>(writer: Sqlite.Database, work: () => Result): Result {
  writer.pragma(`busy_timeout = ${BLOCKS_MS}`);
  try {
    return work();
  } finally {
    writer.pragma(`busy_timeout = ${NOT_AT_ALL}`);
  }
}

function connect(file: string, options: Sqlite.Options = {}): Sqlite.Database {
  const connection = new Sqlite(file, { ...options, timeout: BLOCKS_MS });
  setUp(connection);
  return connection;
}

function setUp(connection: Sqlite.Database): void {
  connection.pragma('synchronous = NORMAL');
  connection.pragma('foreign_keys = ON');
  // Deleted data is overwritten, not only unlinked.
  connection.pragma('secure_delete = ON');
  // Otherwise REPLACE would delete a row without running the triggers.
  connection.pragma('recursive_triggers = ON');
  connection.pragma('trusted_schema = OFF');
}

const COMPACT_TRIES = 50;

/** Deleted content can survive in unused parts of pages. Rewriting the file and emptying the WAL removes it. */
async function compact(file: string, connection: Sqlite.Database): Promise<boolean> {
  try {
    blocking(connection, () => {
      connection.exec(`insert into desk_words(desk_words) values ('optimize')`);
      connection.exec('vacuum');
    });
    for (let tried = 0; tried < COMPACT_TRIES; tried++) {
      const [found] = blocking(connection, () => connection.pragma('wal_checkpoint(TRUNCATE)')) as { busy: number }[];
      if (found?.busy === 0) return true;
      await wait(RETRY_MS);
    }
    return false;
  } catch (error) {
    throw asUnavailable(file, error);
  }
}

async function cleanWith(file: string, handle: number): Promise<boolean> {
  const connection = connect(file);
  try {
    return await cleanSqlite({ file, connection, handle });
  } catch (error) {
    throw asUnavailable(file, error);
  } finally {
    connection.close();
  }
}

/** Call it after statements have run: SQLite can fall back to weaker settings when the first table is created. */
function checkSettings(connection: Sqlite.Database, blocksMs: number): void {
  connection.prepare('select count(*) from sqlite_schema').get();
  const expected = {
    journal_mode: 'wal',
    synchronous: SYNCHRONOUS_NORMAL,
    foreign_keys: 1,
    recursive_triggers: 1,
    busy_timeout: blocksMs,
  };
  for (const [pragma, value] of Object.entries(expected)) {
    const found = connection.pragma(pragma, { simple: true });
    if (found === value) continue;
    throw new StoreProblem(
      `The database ${connection.name} runs with ${pragma} = ${found}`,
      `${pragma} = ${value}; without it an acknowledged answer can be lost`,
      'put DATA_DIR on a local disk; network file systems do not work',
    );
  }
}

let builtIn: string | undefined;

export function sqliteVersion(): string {
  builtIn ??= readSqliteVersion();
  return builtIn;
}

function readSqliteVersion(): string {
  const memory = new Sqlite(':memory:');
  try {
    return memory.prepare('select sqlite_version()').pluck().get() as string;
  } finally {
    memory.close();
  }
}

export function checkSqliteVersion(version: string): void {
  const rank = (text: string) => text.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
  if (rank(version) >= rank(OLDEST_SQLITE)) return;
  throw new StoreProblem(
    `SQLite ${version} is built into better-sqlite3`,
    `SQLite ${OLDEST_SQLITE} or later; older ones can corrupt a database`,
    'run "npm ci" again; if you built better-sqlite3 yourself, build it without a SQLite of your own',
  );
}

/** SQLite gives its side files the permissions of the main one. */
function makePrivateFile(file: string): void {
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const isNew = !existsSync(file);
    closeSync(openSync(file, 'a', 0o600));
    if (isNew) chmodSync(file, 0o600);
  } catch (error) {
    throw new StoreProblem(
      `The database ${file} cannot be opened for writing: ${(error as Error).message}`,
      'a folder and a file that this program may write to',
      `give the user that runs the server the right to write to ${folder}, or set DATA_DIR to another folder`,
      error,
    );
  }
}

/** Each transaction is rolled back separately if it fails. If another process is writing, we retry for a while. */
function createWriter(
  { file, connection, damage, wal, version }: Written,
  { db: writing, run }: ConnectedDatabase,
  { patienceMs = TRIES_MS, onCommit }: SqliteOptions,
): { write: Engine['write']; finish(): Promise<unknown>; stop(): Promise<void> } {
  const opened = inodeOf(file);
  const sideFiles = createSideFiles(file, connection);
  // Checked even while nothing is written: until a WAL checkpoint, acknowledged data is only in the WAL.
  const watching = setInterval(() => queue.isIdle() && sideFiles.areThere(), LOOKS_EVERY_MS).unref();
  const queue = createWriteQueue(commitTogether);
  const held = holdConnection(writing, run);

  async function commitTogether(works: WaitingTransaction[]): Promise<void> {
    const began = performance.now();
    try {
      if (damage.found !== undefined) throw damage.found;
      if (inodeOf(file) !== opened) throw moved(file);
      if (!sideFiles.areThere()) throw sideFilesGone(file);
      const db = await held.db();
      await begin(run, Date.now() + patienceMs);
      version.check(run);
      const done: WaitingTransaction[] = [];
      for (const work of works) if (await tryWork(connection, { db, run }, work, file)) done.push(work);
      run('commit', []);
      await wal.flush();
      if (!sideFiles.areThere() && !sideFiles.isRescued()) throw sideFilesGone(file);
      onCommit?.(done.length, (performance.now() - began) / 1000);
      for (const work of done) work.acknowledge();
    } catch (error) {
      if (connection.inTransaction) connection.exec('rollback');
      if (error instanceof OutcomeUnknown && bringInAfterFailure(connection, file)) wal.isBroughtIn();
      for (const work of works) work.refuse(damage.note(error));
    }
  }

  return {
    write: queue.write,
    finish: queue.finish,
    async stop() {
      clearInterval(watching);
      await held.release();
      wal.close();
    },
  };
}

/**
 * The single connection that writes, borrowed from kysely once and kept: borrowing it for each commit would cost more
 * than most statements.
 */
function holdConnection(writing: Database, run: RunQuery): { db(): Promise<Database>; release(): Promise<void> } {
  let lent: Promise<Database> | undefined;
  let release = () => {};
  let lending: Promise<void> | undefined;
  const lend = () =>
    new Promise<Database>((resolve, reject) => {
      const released = new Promise<void>((done) => {
        release = done;
      });
      lending = writing.connection().execute((db) => {
        runBy(db, run);
        resolve(db);
        return released;
      });
      lending.catch(reject);
    });
  return {
    db() {
      lent ??= lend();
      return lent;
    },
    async release() {
      release();
      await lending;
    },
  };
}

/** False if the transaction failed and was rolled back. Throws if the database gave up the whole commit with it. */
async function tryWork(
  connection: Sqlite.Database,
  { db, run }: Pick<ConnectedDatabase, 'db' | 'run'>,
  work: WaitingTransaction,
  file: string,
): Promise<boolean> {
  run('savepoint work', []);
  try {
    await work.run(db);
    run('release work', []);
    return true;
  } catch (error) {
    if (!connection.inTransaction) throw error;
    run('rollback to work', []);
    run('release work', []);
    work.refuse(asUnavailable(file, error));
    return false;
  }
}

async function begin(run: RunQuery, until: number): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      run('begin immediate', []);
      return;
    } catch (error) {
      const busy = codeOf(error)?.startsWith('SQLITE_BUSY') ?? false;
      if (!busy || Date.now() > until) throw error;
      if (tried <= TURNS) await turn();
      else await wait(tried <= TURNS + SHORT_RETRIES ? 1 : RETRY_MS);
    }
  }
}

/** The database file that the writer writes to. */
interface Written {
  file: string;
  connection: Sqlite.Database;
  damage: Damage;
  wal: WalFlush;
  version: VersionCheck;
}

type VersionCheck = ReturnType<typeof createVersionCheck>;

/**
 * A newer server may migrate the tables while this one runs. Then this one stops writing, since it does not know the
 * new tables.
 */
function createVersionCheck(file: string) {
  let seen: unknown;
  return {
    isInService: false,
    /** Runs in a transaction. Reads the table only if somebody else has written since the last check. */
    check(run: RunQuery): void {
      if (!this.isInService) return;
      const [now] = run('pragma data_version', []) as { data_version: number }[];
      if (now?.data_version === seen) return;
      const [found] = run('select max(number) as done from migrations', []) as { done: number }[];
      if ((found?.done ?? 0) > NEWEST) throw newerTables(file, found?.done ?? 0, NEWEST);
      seen = now?.data_version;
    },
  };
}

interface Damage {
  /** The first damage found. After that, nothing is written until the server is restarted. */
  found: StoreUnavailable | undefined;
  /** The error as the program should see it. */
  note(error: unknown): unknown;
}

/**
 * A page that cannot be read may be where the next data is written, so nothing more is written. The search index is an
 * exception, because it can be rebuilt. After the disk has once failed to take a write, a second attempt may report
 * success although the first data is lost.
 */
function createDamage(file: string): Damage {
  const damage: Damage = {
    found: undefined,
    note(error) {
      const known = asUnavailable(file, error);
      const isDamage =
        known instanceof StoreUnavailable && /^SQLITE_(CORRUPT(?!_VTAB)|NOTADB|IOERR_FSYNC)/.test(known.code);
      if (isDamage) damage.found ??= known;
      return known;
    },
  };
  return damage;
}

const LOOKS_EVERY_MS = 1000;

/**
 * The WAL and its index exist beside the database as long as it is open. If somebody removes one, SQLite keeps writing
 * into a file that nobody can find again. So the contents are moved into the database at once, and nothing more is
 * written.
 */
function createSideFiles(file: string, connection: Sqlite.Database) {
  const names = [`${file}-wal`, `${file}-shm`];
  let known: (number | undefined)[] = [];
  let rescued = false;
  function rescue(): void {
    try {
      const [found] = blocking(connection, () => connection.pragma('wal_checkpoint(FULL)')) as {
        busy: number;
        log: number;
        checkpointed: number;
      }[];
      rescued = found?.busy === 0 && found.log === found.checkpointed;
    } catch {
      rescued = false;
    }
  }
  return {
    areThere(): boolean {
      const now = names.map(inodeOf);
      // They are created by the first statement.
      if (known.includes(undefined) || known.length === 0) known = now;
      const same = now.every((inode, index) => inode === known[index]);
      if (!same && !rescued && !connection.inTransaction) rescue();
      return same;
    },
    /** Whether everything that was committed is in the database file itself. */
    isRescued: () => rescued,
  };
}

function sideFilesGone(file: string): StoreUnavailable {
  return new StoreUnavailable(
    'SQLITE_READONLY_DBMOVED',
    `${file}-wal or ${file}-shm was moved, replaced or deleted while the server ran; what was saved before stands in the database; start the server again`,
  );
}

/** Undefined when there is no such file. */
function inodeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}

/** Detects that the file was moved or deleted: SQLite would go on writing into a file that nobody can find. */
function moved(file: string): StoreUnavailable {
  const todo = 'put it back, or start the server again with the one that is there';
  return new StoreUnavailable(
    'SQLITE_READONLY_DBMOVED',
    `The database ${file} was moved, replaced or deleted; ${todo}`,
  );
}

const UNAVAILABLE: Record<string, string> = {
  SQLITE_FULL: 'The disk is full, or the database has reached the size it may have',
  SQLITE_READONLY: 'The database may not be written to',
  SQLITE_PERM: 'The database may not be written to',
  SQLITE_CANTOPEN: 'The database file or its folder cannot be opened',
  SQLITE_IOERR: 'The disk failed to read or write',
  SQLITE_BUSY: 'Another program has kept the database locked',
  SQLITE_LOCKED: 'Another program has kept the database locked',
  SQLITE_NOMEM: 'The database ran out of memory',
  SQLITE_CORRUPT: 'The database file is damaged; restore a backup',
  SQLITE_NOTADB: 'The database file is damaged; restore a backup',
};

function codeOf(error: unknown): string | undefined {
  return error instanceof Sqlite.SqliteError ? error.code : undefined;
}

/**
 * What the code means, in words. `SQLITE_IOERR_FSYNC` is a kind of `SQLITE_IOERR`. Undefined for an error of our own,
 * such as a broken constraint.
 */
function happened(code: string | undefined): string | undefined {
  return code === undefined ? undefined : UNAVAILABLE[code.split('_').slice(0, 2).join('_')];
}

function asUnavailable(file: string, error: unknown): unknown {
  const code = codeOf(error);
  const words = happened(code);
  return words === undefined ? error : new StoreUnavailable(code as string, `${words}: ${file}`, error);
}

const INDEXED_AT_ONCE = 200;

export const definitions: TableDefinitions = {
  counter: (column) => column.primaryKey().autoIncrement(),
  strict: (table) => table.modifyEnd(sql`strict`),
  isErasureMark: `new.body = '{"erased":' || cast(substr(new.body, 11) as integer) || '}'
  and exists (select 1 from looks where seq = cast(substr(new.body, 11) as integer) and what = 'erasure')`,
  async refuseChanges(db, table, ...keys) {
    const refuse = (event: string, when: string) =>
      sql.raw(`create trigger ${table}_no_${event} before ${event} on ${table} ${when}
        begin select raise(abort, '${table} are appended and never changed'); end`);
    await refuse('update', '').execute(db);
    await refuse('delete', '').execute(db);
    // "insert or replace" deletes the old row without running the delete trigger, unless recursive_triggers is on.
    const same = keys.map((key) => `${key} = new.${key}`).join(' or ');
    await refuse('insert', `when exists (select 1 from ${table} where ${same})`).execute(db);
  },
  async letThrough(db, table, unchanged, condition) {
    const same = unchanged.map((column) => `new."${column}" is old."${column}"`).join(' and ');
    await sql.raw(`drop trigger ${table}_no_update`).execute(db);
    await sql
      .raw(`create trigger ${table}_no_update before update on ${table} when not (${same} and ${condition})
        begin select raise(abort, '${table} are appended and never changed'); end`)
      .execute(db);
  },
  async linkInOrder(db, table) {
    await sql
      .raw(`create trigger ${table}_in_order before insert on ${table}
        when new.position <> (select coalesce(max(position), 0) + 1 from ${table})
          or new.previous <> coalesce((select hash from ${table} where position = new.position - 1), '')
        begin select raise(abort, '${table} goes on where it ends'); end`)
      .execute(db);
  },
  async countWithoutGap(db, table) {
    await sql
      .raw(`create trigger ${table}_in_order before insert on ${table}
        when new.number <> (select coalesce(max(number), 0) + 1 from ${table} where consultation = new.consultation)
        begin select raise(abort, '${table} are numbered without a gap'); end`)
      .execute(db);
  },
  async fullText(db, table, columns) {
    const tokens = "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'";
    await sql.raw(`create virtual table ${table} using fts5(${columns.join(', ')}, ${tokens})`).execute(db);
  },
  async indexBeginnings(db, toIndexed) {
    // Without the places of words in the text, and the area is in each word: a search reads a third of the rows, and little of each.
    const columns = 'area unindexed, professional, agency, words';
    const index = `tokenize = 'ascii', detail = none, prefix = '${INDEXED_BEGINNINGS.join(' ')}'`;
    await sql.raw('alter table desk_words rename to earlier_words').execute(db);
    await sql.raw(`create virtual table desk_words using fts5(${columns}, ${index})`).execute(db);
    for (let after = 0; ; ) {
      const { rows } = await sql<DeskTables['desk_words']>`select rowid, area, professional, agency, words
        from earlier_words where rowid > ${after} order by rowid limit ${INDEXED_AT_ONCE}`.execute(db);
      for (const { rowid, ...row } of rows)
        await db
          .insertInto('desk_words')
          .values({ rowid, ...toIndexed(row) })
          .execute();
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.rowid;
    }
    await sql.raw('drop table earlier_words').execute(db);
  },
  async listWords() {},
};
