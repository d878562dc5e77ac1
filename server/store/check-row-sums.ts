/**
 * Compares the rows of some tables with their sum, and the number of changes with what the log records; see
 * `row-sums.ts`.
 */
import type Sqlite from 'better-sqlite3';
import type { Findings } from '../audit/findings.ts';
import type { Mac } from '../audit/mac.ts';
import { iterateRows } from './iterate-rows.ts';
import {
  describeDiffering,
  describeFewer,
  factsOfSum,
  type RowChanges,
  type SUMMED,
  SUMMED_TABLES,
  type SummedTable,
} from './row-sums.ts';
import type { Tables } from './tables.ts';

type Sum = Tables['row_sums'];

/** The notes after a line of the access log, and the last one before it. The numbers only ever grow. */
const NOTED = `select body from looks where what = 'row changes noted' and json_valid(body) and seq >=
  coalesce((select seq from looks where what = 'row changes noted' and seq <= ? order by seq desc limit 1), 0)`;

export interface ComparedSince {
  /** The line of the access log up to which it was checked before; 0 if it was not. */
  looks: number;
  /** The first day whose rows of hand-over sheets are compared; empty for all. */
  handoverSheetsFrom: string;
}

export function checkRowSums(
  real: Sqlite.Database,
  mac: Mac,
  findings: Findings,
  { looks, handoverSheetsFrom }: ComparedSince,
): void {
  const sums = new Map((real.prepare('select * from row_sums').all() as Sum[]).map((row) => [row.table, row]));
  for (const table of SUMMED_TABLES) {
    const known = sums.get(table);
    sums.delete(table);
    if (known === undefined) findings.add('rows changed', `${table}: what its rows come to is not there`);
    else if (!mac.fits(known.mac, ...factsOfSum(known)))
      findings.add('rows changed', `${table}: what its rows come to was not written by us`);
    else
      for (const where of describeDiffering(
        mac,
        { ...known, table },
        readRows(real, table, handoverSheetsFrom),
        handoverSheetsFrom,
      ))
        findings.add('rows changed', where);
  }
  for (const table of sums.keys()) findings.add('rows changed', `${table}: it has no sum`);
  const changes = readRowChanges(real);
  for (const body of real.prepare(NOTED).pluck().iterate(looks) as Iterable<string>) {
    const fewer = describeFewer(JSON.parse(body).changes ?? {}, changes);
    if (fewer !== undefined) return void findings.add('rows changed', fewer);
  }
}

function readRows(real: Sqlite.Database, table: SummedTable, handoverSheetsFrom: string): Iterable<object> {
  return table === 'sheet_fields'
    ? readHandoverSheetFields(real, handoverSheetsFrom)
    : iterateRows(real.prepare(`select * from ${table}`));
}

/** Those written on that day or later, by the index; empty: all. */
export function readHandoverSheetFields(real: Sqlite.Database, from: string): Iterable<Tables['sheet_fields']> {
  const all = 'select * from sheet_fields';
  return from === '' ? iterateRows(real.prepare(all)) : iterateRows(real.prepare(`${all} where at >= ?`), from);
}

export function readRowChanges(real: Sqlite.Database): RowChanges {
  const rows = real.prepare('select "table", changes from row_sums').raw().all() as [keyof typeof SUMMED, number][];
  return Object.fromEntries(rows);
}
