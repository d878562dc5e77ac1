/**
 * Compares the rows of some tables with their sum, and the number of changes with what the log records; see
 * `row-sums.ts`.
 */
import type Sqlite from 'better-sqlite3';
import type { Findings } from '../audit/findings.ts';
import type { Mac } from '../audit/mac.ts';
import { describeFewer, factsOfSum, type RowChanges, type SUMMED, SUMMED_TABLES, sumOfRows } from './row-sums.ts';
import type { Tables } from './tables.ts';

type Sum = Tables['row_sums'];

/** The notes after a line of the access log, and the last one before it. The numbers only ever grow. */
const NOTED = `select body from looks where what = 'row changes noted' and json_valid(body) and seq >=
  coalesce((select seq from looks where what = 'row changes noted' and seq <= ? order by seq desc limit 1), 0)`;

/** `after`: the line of the access log up to which it was checked before. */
export function checkRowSums(real: Sqlite.Database, mac: Mac, findings: Findings, after: number): void {
  const sums = new Map((real.prepare('select * from row_sums').all() as Sum[]).map((row) => [row.table, row]));
  for (const table of SUMMED_TABLES) {
    const known = sums.get(table);
    sums.delete(table);
    // Begun only where it is read to the end: an iterator that is left unfinished would block the connection.
    const rows = () => real.prepare(`select * from ${table}`).iterate() as Iterable<object>;
    if (known === undefined) findings.add('rows changed', `${table}: what its rows come to is not there`);
    else if (!mac.fits(known.mac, ...factsOfSum(known)))
      findings.add('rows changed', `${table}: what its rows come to was not written by us`);
    else if (known.sum !== sumOfRows(mac, table, rows())) findings.add('rows changed', table);
  }
  for (const table of sums.keys()) findings.add('rows changed', `${table}: it has no sum`);
  const changes = readRowChanges(real);
  for (const body of real.prepare(NOTED).pluck().iterate(after) as Iterable<string>) {
    const fewer = describeFewer(JSON.parse(body).changes ?? {}, changes);
    if (fewer !== undefined) return void findings.add('rows changed', fewer);
  }
}

export function readRowChanges(real: Sqlite.Database): RowChanges {
  const rows = real.prepare('select "table", changes from row_sums').raw().all() as [keyof typeof SUMMED, number][];
  return Object.fromEntries(rows);
}
