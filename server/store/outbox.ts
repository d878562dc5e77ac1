/**
 * What is to be sent, mails and calls to clients, does not follow from the entries: who wants to hear, and what became of a try, is known only at
 * the time. So each state of a row is noted in the access log, which is chained, in the transaction that makes it: as a digest, with that of the
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
} as const satisfies { [Table in 'mails' | 'deliveries']: readonly (keyof Tables[Table])[] };
export type OutboxTable = keyof typeof OUTBOX;

/** A row as it is read. */
export type OutboxRow = Record<string, unknown> & { number: number; consultation: string; area: string; state: string };

/** Of which state of which row the line tells. `before` is null for a row that is new. */
export interface OutboxNote {
  table: OutboxTable;
  number: number;
  consultation: string;
  state: string;
  before: string | null;
  row: string;
}

/** Nobody can guess what it was made of: each row has a random id. */
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

const WHO: Access['who'] = { id: '', name: 'mails and webhooks', role: 'server' };

export function createOutbox(accessLog: Pick<AccessLog, 'addIn'>): Outbox {
  const noteIn: Outbox['noteIn'] = async (db, table, row, before) => {
    const { number, consultation, state, area } = row;
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
      await noteIn(db, table, { ...before, ...values } as OutboxRow, before);
    },
  };
}

const AT_ONCE = 1000;

/** What was there before rows were noted is noted as it stands. */
export async function noteOutbox(db: Database, _definitions: Definitions, at: string, macs?: Macs): Promise<void> {
  const engine: Pick<Engine, 'reading' | 'read'> = { reading: db, read: (query) => query(db) };
  const chain = createChain(engine, { random: randomBytes, ...(macs !== undefined && { mac: macs.line }) });
  const accessLog = createAccessLog({ ...engine, write: (work) => work(db) }, chain, () => at);
  const { noteIn } = createOutbox(accessLog);
  for (const table of Object.keys(OUTBOX) as OutboxTable[])
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
