/**
 * What is to be sent, mails and calls to clients, does not follow from the entries: who wants to hear, and what became of a try, is known only at
 * the time. Nor do reports of wrong numbers, which come from outside. So each state of such a row is noted in the access log, which is chained, in the transaction that makes it: as a digest, with that of the
 * state before. `check-outbox.ts` holds the rows against it.
 */
import { hash, randomBytes } from 'node:crypto';
import type { Access } from '../audit/access.ts';
import type { Macs } from '../audit/mac.ts';
import { type AccessLog, createAccessLog } from './access-log.ts';
import { createChain } from './chain.ts';
import type { Definitions, Engine } from './engine.ts';
import type { Database, Tables } from './tables.ts';

/** The columns that are noted. A step that adds one has to note all rows anew. */
export const OUTBOX = {
  mails: [
    ...(['number', 'consultation', 'area', 'reference', 'about', 'moment'] as const),
    ...(['state', 'tries', 'made_at', 'next_at', 'problem', 'message_id'] as const),
  ],
  deliveries: [
    ...(['number', 'id', 'client', 'consultation', 'area', 'reference', 'event'] as const),
    ...(['state', 'tries', 'made_at', 'next_at', 'problem'] as const),
  ],
  // How often it was said is not among them: a flood would be as many lines.
  number_reports: [
    ...(['number', 'area', 'contact', 'way', 'wrong'] as const),
    ...(['first_on', 'settled_on', 'settled_by', 'outcome'] as const),
  ],
} as const satisfies { [Table in 'mails' | 'deliveries' | 'number_reports']: readonly (keyof Tables[Table])[] };
export type OutboxTable = keyof typeof OUTBOX;

/** A row as it is read. Reports of wrong numbers have neither consultation nor state. */
export type OutboxRow = Record<string, unknown> & {
  number: number;
  area: string;
  consultation?: string;
  state?: string;
};

/** Of which state of which row the line tells. `before` is null for a row that is new. */
export interface OutboxNote {
  table: OutboxTable;
  number: number;
  consultation: string;
  state: string;
  before: string | null;
  row: string;
}

/** What is to be sent has a random id, so nobody can guess what the digest was made of; a report of a number is about nobody. */
export function digestOfRow(table: OutboxTable, row: Record<string, unknown>): string {
  const values = OUTBOX[table].map((name) => String(row[name]));
  return hash('sha256', JSON.stringify([table, ...values]), 'base64url');
}

export interface Outbox {
  /** In the transaction that wrote the row. */
  noteIn(db: Database, table: OutboxTable, row: OutboxRow, before?: OutboxRow): Promise<void>;
  /** Changes a row, and notes its new state. */
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

type Step = (db: Database, definitions: Definitions, at: string, macs?: Macs) => Promise<void>;

/** What was there before rows were noted is noted as it stands. */
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
