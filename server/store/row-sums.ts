/**
 * A sum over the rows of a table, updated with every change in its own transaction. The MAC of a row proves that the
 * row is ours, but not that it is the newest version: somebody could put an older row back, or delete one. Then the
 * rows no longer match their sum. The sum counts its changes, and that number is recorded in the log every few minutes,
 * and with each checkpoint in the file beside it (`tally-mark.ts`). So nobody can put back old rows together with an
 * old sum. Recording every change in the log would add a permanent line for each pause in typing.
 *
 * The sum is a multiset hash (MSet-Add-Hash: Clarke et al., 2003): HMAC-SHA-256 of each row, added modulo 2^256. Where
 * rows stay for years, it is kept by days (`day-sums.ts`), in the same row, so that the number of changes and the MAC
 * cover all days together.
 */
import { sql } from 'kysely';
import type { Mac, Macs } from '../audit/mac.ts';
import type { AccessLog } from './access-log.ts';
import type { TableCheckedBySum } from './checked-tables.ts';
import {
  addTo,
  DAY_LETTERS,
  dayOf,
  findDifferingDays,
  KEPT_DAYS,
  NOTHING,
  OLDER,
  oldestDay,
  type Totals,
  withTotals,
  writeTotals,
} from './day-sums.ts';
import type { Engine, TableDefinitions } from './engine.ts';
import { prepare } from './prepare.ts';
import type { Database, Tables } from './tables.ts';

/**
 * The tables that have a sum, and the columns that it covers: all except the row's own MAC. Complete by its type: each
 * table that `CHECKED` calls summed.
 */
export const SUMMED = {
  return_codes: ['seq', 'consultation', 'hash', 'made_at', 'expires_at', 'used_at', 'replaced_at'],
  sheet_fields: ['consultation', 'field', 'value', 'filled', 'writer', 'at'],
  clients: [
    ...(['id', 'name', 'area', 'rights', 'token_hash', 'made_at', 'expires_at'] as const),
    ...(['revoked_at', 'webhook_url', 'webhook_secret'] as const),
  ],
  drafts: ['browser', 'account', 'form', 'page', 'sealed', 'at'],
} as const satisfies { [Table in TableCheckedBySum]: readonly (keyof Tables[Table])[] };
export type SummedTable = keyof typeof SUMMED;
export const SUMMED_TABLES = Object.keys(SUMMED) as SummedTable[];

/** Tables whose rows stay for years: their sums are kept by the day on which a row was last written. */
const BY_DAY: { readonly [Table in SummedTable]?: 'at' } = { sheet_fields: 'at' };

/** How often the rows of each table were changed. The number never goes down. */
export type RowChanges = Partial<Record<SummedTable, number>>;

export interface RowSumTables {
  row_sums: {
    table: string;
    changes: number;
    /** See `day-sums.ts`. */
    sum: string;
    /** It stays wrong once somebody else has changed the sum, even after further changes of ours. */
    mac: string;
  };
}

type SummedRow = Record<string, unknown>;

interface Changed {
  /** As they were read in the same transaction. */
  gone?: Iterable<object>;
  come?: Iterable<object>;
}
export type ChangedRows = { readonly [Which in keyof Changed]: readonly object[] };

export interface RowSums {
  /** Call it in the transaction that changed the rows. */
  noteIn(db: Database, table: SummedTable, changed: ChangedRows): Promise<void>;
  readChanges(): Promise<RowChanges>;
  /**
   * Records in the log how often rows were changed, if that number is new and was not recorded in the last few minutes.
   * `now` records it in any case.
   */
  note(now?: 'now'): Promise<void>;
  /** The tables whose rows do not match their sum. It reads all their rows. */
  findDiffering(): Promise<SummedTable[]>;
  /**
   * Accepts the rows as they are: for a new audit key, and for a database that goes into service for a given reason.
   */
  sumAnew(atLeast: RowChanges): Promise<void>;
}

export interface RowSumParts {
  engine: Engine;
  accessLog: Pick<AccessLog, 'add'>;
  clock: () => Date;
  mac: Mac;
}

const WHO = { id: '', name: 'rows that change', role: 'server' };
const NOTED_EVERY_MS = 5 * 60_000;
/** A value that is never a valid MAC. */
const FOREIGN = '';

type Sum = RowSumTables['row_sums'];

export const factsOfSum = ({ table, changes, sum: value }: Omit<Sum, 'mac'>) => ['sum', table, String(changes), value];

function toNumber(mac: Mac, table: SummedTable, row: object): bigint {
  return mac.number('row', table, ...SUMMED[table].map((name) => String((row as SummedRow)[name])));
}

/** Adds up the numbers that stand for the rows, by days. `oldest`: the first day that has a sum of its own. */
function totalOf(mac: Mac, table: SummedTable, { gone = [], come = [] }: Changed, oldest: string): Totals {
  const totals: Totals = new Map();
  const column = BY_DAY[table];
  const day = (row: object) => dayOf(column && String((row as SummedRow)[column]), oldest);
  for (const row of come) addTo(totals, day(row), toNumber(mac, table, row));
  for (const row of gone) addTo(totals, day(row), -toNumber(mac, table, row));
  return totals;
}

/** The sum after one more change. */
export function nextSum(before: Omit<Sum, 'mac'>, mac: Mac, changed: ChangedRows): Sum {
  const table = before.table as SummedTable;
  const totals = totalOf(mac, table, changed, oldestDay(before.sum));
  const next = { table, changes: before.changes + 1, sum: withTotals(before.sum, totals) };
  return { ...next, mac: mac.make(...factsOfSum(next)) };
}

/**
 * The rows that do not come to their sum, in words. `from`: the first day that is compared, empty for all; `rows` holds
 * those written since then.
 */
export function describeDiffering(
  mac: Mac,
  { table, sum }: Pick<Sum, 'sum'> & { table: SummedTable },
  rows: Iterable<object>,
  from = '',
): string[] {
  const oldest = oldestDay(sum);
  const totals = totalOf(mac, table, { come: rows }, oldest);
  // A table without days has only this sum.
  return findDifferingDays(sum, totals, BY_DAY[table] === undefined ? OLDER : from).map((day) => {
    if (day !== OLDER) return `${table}, written on ${day}`;
    return oldest === '' ? table : `${table}, written before ${oldest}`;
  });
}

export function createRowSums({ engine, accessLog, clock, mac }: RowSumParts): RowSums {
  const { reading, read, write } = engine;
  let [notedAt, noted]: [number, RowChanges | undefined] = [Number.NEGATIVE_INFINITY, undefined];
  let seen: RowChanges = {};
  const see = async () => {
    const changes = await read(readChanges);
    seen = mostOf(seen, changes);
    return changes;
  };
  return {
    noteIn: createNoting(reading, mac, (sum) => sum.changes < (seen[sum.table as SummedTable] ?? 0)),
    readChanges: see,
    async note(now) {
      const at = clock().getTime();
      if (now === undefined && at - notedAt < NOTED_EVERY_MS) return;
      noted ??= await read(readNoted);
      const changes = await see();
      if (isLess(noted, changes))
        await accessLog.add({ who: WHO, area: '', what: 'row changes noted', body: { changes } });
      [notedAt, noted] = [at, changes];
    },
    findDiffering: () => read((db) => findDiffering(db, mac)),
    sumAnew: (atLeast) => write((db) => sumAll(db, mac, atLeast)),
  };
}

/**
 * `isPutBack`: whether this process has seen more changes of the table committed. Such a sum must not get a valid MAC
 * again, because some changes later nobody could tell from their number.
 */
function createNoting(reading: Database, mac: Mac, isPutBack: (sum: Sum) => boolean): RowSums['noteIn'] {
  const { find, put, change } = prepareSums(reading);
  // The sums as this process left them. If they were rolled back, or another program has written since, the change
  // below changes nothing.
  const last = new Map<string, Sum>();
  async function tryChange(db: Database, before: Sum, changed: ChangedRows): Promise<boolean> {
    const row = nextSum(before, mac, changed);
    const values = { ...row, beforeChanges: before.changes, beforeSum: before.sum, beforeMac: before.mac };
    if ((await change(db, values)).length === 0) return false;
    last.set(row.table, row);
    return true;
  }
  return async (db, table, changed) => {
    if ((changed.gone ?? []).length + (changed.come ?? []).length === 0) return;
    const expected = last.get(table);
    if (expected !== undefined && !isPutBack(expected) && (await tryChange(db, expected, changed))) return;
    const [known] = await find(db, { table });
    // A sum that was not ours must not get a valid MAC through our change.
    const isOurs = known !== undefined && mac.fits(known.mac, ...factsOfSum(known)) && !isPutBack(known);
    if (isOurs) await tryChange(db, known, changed);
    else await put(db, { table, changes: (known?.changes ?? 0) + 1, sum: NOTHING, mac: FOREIGN });
  };
}

function prepareSums(reading: Database) {
  return {
    find: prepare<{ table: string }, Sum>(reading, (db, value) =>
      db.selectFrom('row_sums').selectAll().where('table', '=', value('table')),
    ),
    /** Returns nothing if the row is no longer the expected one. */
    change: prepare<Sum & Before, object>(reading, (db, value) =>
      db
        .updateTable('row_sums')
        .set({ changes: value('changes'), sum: value('sum'), mac: value('mac') })
        .where('table', '=', value('table'))
        .where('changes', '=', value('beforeChanges'))
        .where('sum', '=', value('beforeSum'))
        .where('mac', '=', value('beforeMac'))
        .returning('changes'),
    ),
    put: prepare<Sum, unknown>(reading, (db, value) =>
      db
        .insertInto('row_sums')
        .values({ table: value('table'), changes: value('changes'), sum: value('sum'), mac: value('mac') })
        .onConflict((conflict) =>
          conflict.column('table').doUpdateSet({ changes: value('changes'), sum: value('sum'), mac: value('mac') }),
        ),
    ),
  };
}

interface Before {
  beforeChanges: number;
  beforeSum: string;
  beforeMac: string;
}

function mostOf(one: RowChanges, two: RowChanges): RowChanges {
  return Object.fromEntries(SUMMED_TABLES.map((table) => [table, Math.max(one[table] ?? 0, two[table] ?? 0)]));
}

/** Whether some table has changed more often in `after`. */
export function isLess(before: RowChanges, after: RowChanges): boolean {
  return SUMMED_TABLES.some((table) => (before[table] ?? 0) < (after[table] ?? 0));
}

export async function readChanges(db: Database): Promise<RowChanges> {
  const rows = await db.selectFrom('row_sums').select(['table', 'changes']).execute();
  return Object.fromEntries(rows.map(({ table, changes }) => [table, changes]));
}

/** As it was last recorded in the log. */
export async function readNoted(db: Database): Promise<RowChanges> {
  const line = await db
    .selectFrom('looks')
    .select('body')
    .where('what', '=', sql.lit('row changes noted'))
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return line === undefined ? {} : JSON.parse(line.body).changes;
}

/** How many changes the log or the file records and the rows lack, in words; undefined if none. */
export function describeFewer(known: RowChanges, changes: RowChanges): string | undefined {
  const table = SUMMED_TABLES.find((one) => (changes[one] ?? 0) < (known[one] ?? 0));
  if (table === undefined) return undefined;
  return `${table}: its rows were changed ${known[table]} times, and the database knows of ${changes[table] ?? 0}`;
}

function readRows(db: Database, table: SummedTable): Promise<object[]> {
  return db.selectFrom(table).selectAll().execute();
}

async function findDiffering(db: Database, mac: Mac): Promise<SummedTable[]> {
  const rows = await db.selectFrom('row_sums').selectAll().execute();
  const differing: SummedTable[] = [];
  for (const table of SUMMED_TABLES) {
    const known = rows.find((row) => row.table === table);
    const isOurs = known !== undefined && mac.fits(known.mac, ...factsOfSum(known));
    const { sum } = isOurs ? known : { sum: undefined };
    if (sum === undefined || describeDiffering(mac, { table, sum }, await readRows(db, table)).length > 0)
      differing.push(table);
  }
  return differing;
}

async function sumAll(db: Database, mac: Mac, atLeast: RowChanges): Promise<void> {
  const changes = await readChanges(db);
  const noted = await readNoted(db);
  await db.deleteFrom('row_sums').execute();
  for (const table of SUMMED_TABLES) {
    const most = Math.max(changes[table] ?? 0, noted[table] ?? 0, atLeast[table] ?? 0);
    const totals = totalOf(mac, table, { come: await readRows(db, table) }, '');
    const next = { table, changes: most === 0 ? 0 : most + 1, sum: writeTotals(totals) };
    await db
      .insertInto('row_sums')
      .values({ ...next, mac: mac.make(...factsOfSum(next)) })
      .execute();
  }
}

export async function makeRowSums(db: Database, { strict }: TableDefinitions): Promise<void> {
  await strict(
    db.schema
      .createTable('row_sums')
      .addColumn('table', 'text', (column) => column.primaryKey().notNull())
      .addColumn('changes', 'integer', (column) => column.notNull())
      .addColumn('sum', 'text', (column) => column.notNull())
      .addColumn('mac', 'text', (column) => column.notNull()),
  ).execute();
  const index = db.schema.createIndex('looks_row_changes').on('looks').columns(['seq']);
  await index.where(sql.ref('what'), '=', sql.lit('row changes noted')).execute();
}

/** Sums the existing rows as they are, when sums are introduced. */
export async function sumRows(db: Database, mac: Mac | undefined): Promise<void> {
  if (mac !== undefined) await sumAll(db, mac, {});
}

/**
 * Keeps the sum of hand-over sheets by days. What the last days come to is taken out of the sum over all rows, so a
 * difference that was there before stays.
 */
export async function divideByDays(
  db: Database,
  _definitions: TableDefinitions,
  _at: string,
  macs?: Macs,
): Promise<void> {
  await db.schema.createIndex('sheet_fields_at').on('sheet_fields').column('at').execute();
  const table = 'sheet_fields';
  const known = await db.selectFrom('row_sums').selectAll().where('table', '=', table).executeTakeFirst();
  const mac = macs?.rowSum;
  if (mac === undefined || known === undefined || !mac.fits(known.mac, ...factsOfSum(known))) return;
  // A database from before there were sums got them by days already.
  if (oldestDay(known.sum) !== '') return;
  const lately = db
    .selectFrom(table)
    .selectAll()
    .where('at', '>=', await findFirstKept(db));
  const totals = totalOf(mac, table, { come: await lately.execute() }, '');
  totals.delete(OLDER);
  for (const [, number] of [...totals]) addTo(totals, OLDER, -number);
  const next = { table, changes: known.changes, sum: withTotals(known.sum, totals) };
  await db
    .updateTable('row_sums')
    .set({ sum: next.sum, mac: mac.make(...factsOfSum(next)) })
    .where('table', '=', table)
    .execute();
}

/** The first of the last days on which something was written. */
async function findFirstKept(db: Database): Promise<string> {
  // Greater than any digit: a time that we wrote begins with one.
  let first = ':';
  for (let count = 0; count < KEPT_DAYS; count++) {
    const { at } = await db
      .selectFrom('sheet_fields')
      .select(({ fn }) => fn.max('at').as('at'))
      .where('at', '<', first)
      .executeTakeFirstOrThrow();
    if (at === null) break;
    first = at.slice(0, DAY_LETTERS);
  }
  return first;
}
