/**
 * A sum over the rows of a table, updated with every change in its own transaction. The MAC of a row proves that the
 * row is ours, but not that it is the newest version: somebody could put an older row back, or delete one. Then the
 * rows no longer match their sum. The sum counts its changes, and that number is recorded in the log every few minutes,
 * and with each checkpoint in the file beside it (`tally-mark.ts`). So nobody can put back old rows together with an
 * old sum. Recording every change in the log would add a permanent line for each pause in typing.
 *
 * The sum is a multiset hash (MSet-Add-Hash: Clarke et al., 2003): HMAC-SHA-256 of each row, added modulo 2^256.
 */
import { sql } from 'kysely';
import type { Mac } from '../audit/mac.ts';
import type { AccessLog } from './access-log.ts';
import type { TableCheckedBySum } from './checked-tables.ts';
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

/** How often the rows of each table were changed. The number never goes down. */
export type RowChanges = Partial<Record<SummedTable, number>>;

export interface RowSumTables {
  row_sums: {
    table: string;
    changes: number;
    /** 256 bits, in hexadecimal. */
    sum: string;
    /** It stays wrong once somebody else has changed the sum, even after further changes of ours. */
    mac: string;
  };
}

type SummedRow = Record<string, unknown>;

export interface ChangedRows {
  /** As they were read in the same transaction. */
  gone?: readonly object[];
  come?: readonly object[];
}

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
const MODULUS = 1n << 256n;
const DIGITS = 64;
/** A value that is never a valid MAC. */
const FOREIGN = '';
const NOTHING = '0'.repeat(DIGITS);

type Sum = RowSumTables['row_sums'];

export const factsOfSum = ({ table, changes, sum: value }: Omit<Sum, 'mac'>) => ['sum', table, String(changes), value];

/** Adds the number that stands for each row to the sum, or subtracts it. */
function addToSum(before: string, mac: Mac, table: SummedTable, { gone = [], come = [] }: ChangedRows): string {
  const numberOf = (row: object) =>
    mac.number('row', table, ...SUMMED[table].map((name) => String((row as SummedRow)[name])));
  let after = BigInt(`0x${before}`);
  for (const row of come) after += numberOf(row);
  for (const row of gone) after += MODULUS - numberOf(row);
  return (after % MODULUS).toString(16).padStart(DIGITS, '0');
}

export const sumOfRows = (mac: Mac, table: SummedTable, rows: Iterable<object>): string => {
  let sum = NOTHING;
  for (const row of rows) sum = addToSum(sum, mac, table, { come: [row] });
  return sum;
};

export function createRowSums({ engine, accessLog, clock, mac }: RowSumParts): RowSums {
  const { reading, read, write } = engine;
  let [notedAt, noted]: [number, RowChanges | undefined] = [Number.NEGATIVE_INFINITY, undefined];
  return {
    noteIn: createNoting(reading, mac),
    readChanges: () => read(readChanges),
    async note(now) {
      const at = clock().getTime();
      if (now === undefined && at - notedAt < NOTED_EVERY_MS) return;
      noted ??= await read(readNoted);
      const changes = await read(readChanges);
      if (isLess(noted, changes))
        await accessLog.add({ who: WHO, area: '', what: 'row changes noted', body: { changes } });
      [notedAt, noted] = [at, changes];
    },
    findDiffering: () => read((db) => findDiffering(db, mac)),
    sumAnew: (atLeast) => write((db) => sumAll(db, mac, atLeast)),
  };
}

function createNoting(reading: Database, mac: Mac): RowSums['noteIn'] {
  const { find, put, change } = prepareSums(reading);
  // The sums as this process left them. If they were rolled back, or another program has written since, the change
  // below changes nothing.
  const last = new Map<SummedTable, Sum>();
  async function tryChange(db: Database, before: Sum, changed: ChangedRows): Promise<boolean> {
    const table = before.table as SummedTable;
    const next = { table, changes: before.changes + 1, sum: addToSum(before.sum, mac, table, changed) };
    const row = { ...next, mac: mac.make(...factsOfSum(next)) };
    const values = { ...row, beforeChanges: before.changes, beforeSum: before.sum, beforeMac: before.mac };
    if ((await change(db, values)).length === 0) return false;
    last.set(table, row);
    return true;
  }
  return async (db, table, changed) => {
    if ((changed.gone ?? []).length + (changed.come ?? []).length === 0) return;
    const expected = last.get(table);
    if (expected !== undefined && (await tryChange(db, expected, changed))) return;
    const [known] = await find(db, { table });
    // A sum that was not ours must not get a valid MAC through our change.
    if (known !== undefined && mac.fits(known.mac, ...factsOfSum(known))) await tryChange(db, known, changed);
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

async function readSum(db: Database, mac: Mac, table: SummedTable): Promise<string> {
  return sumOfRows(mac, table, await db.selectFrom(table).selectAll().execute());
}

async function findDiffering(db: Database, mac: Mac): Promise<SummedTable[]> {
  const rows = await db.selectFrom('row_sums').selectAll().execute();
  const differing: SummedTable[] = [];
  for (const table of SUMMED_TABLES) {
    const known = rows.find((row) => row.table === table);
    const isOurs = known !== undefined && mac.fits(known.mac, ...factsOfSum(known));
    if (!isOurs || known.sum !== (await readSum(db, mac, table))) differing.push(table);
  }
  return differing;
}

async function sumAll(db: Database, mac: Mac, atLeast: RowChanges): Promise<void> {
  const changes = await readChanges(db);
  const noted = await readNoted(db);
  await db.deleteFrom('row_sums').execute();
  for (const table of SUMMED_TABLES) {
    const most = Math.max(changes[table] ?? 0, noted[table] ?? 0, atLeast[table] ?? 0);
    const next = { table, changes: most === 0 ? 0 : most + 1, sum: await readSum(db, mac, table) };
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
