/**
 * Compares mails, calls to clients and reports of wrong numbers with the log lines that record each of their states;
 * see `outbox.ts`.
 */
import type Sqlite from 'better-sqlite3';
import type { Findings } from '../audit/findings.ts';
import { digestOfRow, OUTBOX, type OutboxRow, type OutboxTable } from './outbox.ts';

interface Noted {
  number: number;
  consultation: string;
  before: string | null;
  row: string;
}

const NOTED = `select json_extract(body, '$.number') as number, json_extract(body, '$.consultation') as consultation,
    json_extract(body, '$.before') as before, json_extract(body, '$.row') as row
  from looks where what = 'message noted' and json_extract(case when json_valid(body) then body else '{}' end, '$.table') = ?
  order by number, seq`;
/** An erasure removes what was still to be sent, along with the texts. */
const ERASED = 'select erased_at is not null from retention_lines where consultation = ?';

export function checkOutbox(real: Sqlite.Database, findings: Findings): void {
  for (const table of Object.keys(OUTBOX) as OutboxTable[]) checkTable(real, table, findings);
}

function checkTable(real: Sqlite.Database, table: OutboxTable, findings: Findings): void {
  const rows = real.prepare(`select * from ${table} order by number`).iterate() as IterableIterator<OutboxRow>;
  const erased = real.prepare(ERASED).pluck();
  const isErased = (consultation: string) => erased.get(consultation) === 1;
  let row = take(rows);
  for (const last of readLast(real, table, findings)) {
    for (; row !== undefined && row.number < last.number; row = take(rows))
      findings.add('message planted', `${table}, number ${row.number}`);
    const where = describe(table, last);
    if (row?.number !== last.number) {
      if (!isErased(last.consultation)) findings.add('message deleted', where);
      continue;
    }
    if (isErased(last.consultation)) findings.add('message planted', where);
    else if (digestOfRow(table, row) !== last.row) findings.add('message changed', where);
    row = take(rows);
  }
  for (; row !== undefined; row = take(rows)) findings.add('message planted', `${table}, number ${row.number}`);
}

/**
 * The last recorded state of each row. Each record has to continue from the one before it; if it does not, somebody
 * changed the row in between.
 */
function* readLast(real: Sqlite.Database, table: OutboxTable, findings: Findings): Generator<Noted> {
  let last: Noted | undefined;
  for (const note of real.prepare(NOTED).iterate(table) as Iterable<Noted>) {
    const isNext = last?.number === note.number;
    if (last !== undefined && !isNext) yield last;
    const where = describe(table, note);
    if (note.before !== (isNext ? (last?.row ?? null) : null))
      findings.add(isNext ? 'message changed' : 'message planted', where);
    last = note;
  }
  if (last !== undefined) yield last;
}

function describe(table: OutboxTable, { number, consultation }: Noted): string {
  return `${table}, number ${number}${consultation === '' ? '' : `, of consultation ${consultation}`}`;
}

function take<Row>(rows: Iterator<Row>): Row | undefined {
  const { done, value } = rows.next();
  return done ? undefined : value;
}
