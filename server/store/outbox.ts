/**
 * The outbox. What is to be sent (mails and webhook calls) does not follow from the entries: who has asked to be told,
 * and whether an attempt succeeded, is only known at the time. Reports of wrong numbers come from outside as well. So
 * the access log, which is chained, records each state of such a row in the transaction that makes it: a digest of the
 * state, and of the state before. `check-outbox.ts` compares the rows with these records.
 */
import { hash, randomBytes } from 'node:crypto';
import type { Access } from '../audit/access.ts';
import type { Macs } from '../audit/mac.ts';
import { type AccessLog, createAccessLog } from './access-log.ts';
import { createChain } from './chain.ts';
import type { Engine, TableDefinitions } from './engine.ts';
import type { Database, Tables } from './tables.ts';

/** The columns that are recorded. A migration that adds one has to record all rows again. */
export const OUTBOX = {
  mails: [
    ...(['number', 'consultation', 'area', 'reference', 'about', 'moment'] as const),
    ...(['state', 'tries', 'made_at', 'next_at', 'problem', 'message_id'] as const),
  ],
  deliveries: [
    ...(['number', 'id', 'client', 'consultation', 'area', 'reference', 'event'] as const),
    ...(['state', 'tries', 'made_at', 'next_at', 'problem'] as const),
  ],
  // How often it was reported is not among them, since a flood of reports would make as many lines.
  number_reports: [
    ...(['number', 'area', 'contact', 'way', 'wrong'] as const),
    ...(['first_on', 'settled_on', 'settled_by', 'outcome'] as const),
  ],
} as const satisfies { [Table in 'mails' | 'deliveries' | 'number_reports']: readonly (keyof Tables[Table])[] };
export type OutboxTable = keyof typeof OUTBOX;

/** A row as it is read. Reports of wrong numbers have neither a consultation nor a state. */
export type OutboxRow = Record<string, unknown> & {
  number: number;
  area: string;
  consultation?: string;
  state?: string;
};

/** The state that a line records. `before` is null for a new row. */
export interface OutboxNote {
  table: OutboxTable;
  number: number;
  consultation: string;
  state: string;
  before: string | null;
  row: string;
}

/**
 * A mail or webhook call contains a random id, so nobody can guess what its digest was made from. A report of a number
 * is about nobody.
 */
export function digestOfRow(table: OutboxTable, row: Record<string, unknown>): string {
  const values = OUTBOX[table].map((name) => String(row[name]));
  return hash('sha256', JSON.stringify([table, ...values]), 'base64url');
}

export interface Outbox {
  /** In the transaction that wrote the row. */
  noteIn(db: Database, table: OutboxTable, row: OutboxRow, before?: OutboxRow): Promise<void>;
  /** Changes a row and records its new state. */
  changeIn(db: Database, table: OutboxTable, before: OutboxRow, values: Partial<OutboxRow>): Promise<void>;
}

const WHO: Access['who'] = { id: '', name: 'mails, webhooks and reports', role: 'server' };

export function createOutbox(accessLog: Pick<AccessLog, 'addIn'>): Outbox {
  const noteIn: Outbox['noteIn'] = async (db, table, row, before) => {
    const { number, consultation = '', state = '', area } = row;
    const digests = { before: before === undefined ? null : digestOfRow(table, before), row: digestOfRow(table, row) };
    const body: OutboxNote = { table, number: Number(number), consultation, state, ...digests };
    await accessLog.addIn(db, { who: WHO, area, what: 'message noted', body: { ...body } });
  };
  return {
    noteIn,
    async changeIn(db, table, before, values) {
      await db
        .updateTable(table)
        .set(values as never)
        .where('number', '=', before.number as never)
        .execute();
      const after = { ...before, ...values } as OutboxRow;
      if (digestOfRow(table, after) !== digestOfRow(table, before)) await noteIn(db, table, after, before);
    },
  };
}

const AT_ONCE = 1000;

type Step = (db: Database, definitions: TableDefinitions, at: string, macs?: Macs) => Promise<void>;

/** Records the present state of rows that existed before states were recorded. */
export const noteOutbox: Step = (db, _definitions, at, macs) => noteTables(db, ['mails', 'deliveries'], at, macs);
export const noteNumberReports: Step = (db, _definitions, at, macs) => noteTables(db, ['number_reports'], at, macs);

async function noteTables(db: Database, tables: readonly OutboxTable[], at: string, macs?: Macs): Promise<void> {
  const engine: Pick<Engine, 'reading' | 'read'> = { reading: db, read: (query) => query(db) };
  const chain = createChain(engine, { random: randomBytes, ...(macs !== undefined && { mac: macs.line }) });
  const accessLog = createAccessLog({ ...engine, write: (work) => work(db) }, chain, () => at);
  const { noteIn } = createOutbox(accessLog);
  for (const table of tables)
    for (let after = 0; ; ) {
      const rows = (await db
        .selectFrom(table)
        .selectAll()
        .where('number', '>', after as never)
        .orderBy('number')
        .limit(AT_ONCE)
        .execute()) as unknown as OutboxRow[];
      for (const row of rows) await noteIn(db, table, row);
      if (rows.length < AT_ONCE) break;
      after = Number(rows.at(-1)?.number ?? after);
    }
}
