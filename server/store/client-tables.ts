/** The tables of the interface for case systems: clients, repeated calls, and webhook deliveries. */
import { type Generated, sql } from 'kysely';
import type { Delivery } from './deliveries.ts';
import type { TableDefinitions } from './engine.ts';
import type { Database } from './tables.ts';

export interface ClientTables {
  /** `rights`: words separated by spaces. `webhook_secret` is sealed with a key that is not in the database. */
  clients: {
    id: string;
    name: string;
    area: string;
    rights: string;
    token_hash: string;
    made_at: string;
    expires_at: string;
    revoked_at: string | null;
    webhook_url: string | null;
    webhook_secret: string | null;
    mac: string | null;
  };
  /**
   * Calls with an idempotency key, kept for a day: repeating the call returns the same answer. `answer` is null while
   * the call is running.
   */
  client_calls: {
    client: string;
    key: string;
    request: string;
    at: string;
    status: number | null;
    answer: string | null;
  };
  /**
   * How many calls of the minute that began at `since` the servers have reserved, out of those that the client may
   * make.
   */
  client_minutes: { client: string; since: string; taken: number };
  /**
   * Webhook deliveries, written together with the entries that they are about. They contain a reference and nothing
   * about a child.
   */
  deliveries: Omit<Delivery, 'number'> & { number: Generated<number>; consultation: string };
}

const must = <Column extends { notNull(): Column }>(column: Column) => column.notNull();

export async function makeClients(db: Database, { counter, strict }: TableDefinitions): Promise<void> {
  let clients = db.schema.createTable('clients').addColumn('id', 'text', (column) => column.primaryKey().notNull());
  for (const name of ['name', 'area', 'rights', 'made_at', 'expires_at'])
    clients = clients.addColumn(name, 'text', must);
  for (const name of ['revoked_at', 'webhook_url', 'webhook_secret']) clients = clients.addColumn(name, 'text');
  await strict(clients.addColumn('token_hash', 'text', (column) => column.notNull().unique())).execute();
  await strict(
    db.schema
      .createTable('client_calls')
      .addColumn('client', 'text', (column) => column.notNull().references('clients.id'))
      .addColumn('key', 'text', must)
      .addColumn('request', 'text', must)
      .addColumn('at', 'text', must)
      .addColumn('status', 'integer')
      .addColumn('answer', 'text')
      .addPrimaryKeyConstraint('client_calls_key', ['client', 'key']),
  ).execute();
  let deliveries = db.schema.createTable('deliveries').addColumn('number', 'integer', counter);
  for (const name of ['id', 'consultation', 'area', 'reference', 'event', 'made_at', 'state', 'next_at', 'problem'])
    deliveries = deliveries.addColumn(name, 'text', must);
  deliveries = deliveries.addColumn('tries', 'integer', must);
  await strict(deliveries.addColumn('client', 'text', (column) => column.notNull().references('clients.id'))).execute();
  await db.schema
    .createIndex('deliveries_due')
    .on('deliveries')
    .column('next_at')
    .where(sql.ref('state'), 'in', [sql.lit('waiting'), sql.lit('sending')])
    .execute();
}

export async function makeClientMinutes(db: Database, { strict }: TableDefinitions): Promise<void> {
  await strict(
    db.schema
      .createTable('client_minutes')
      .addColumn('client', 'text', (column) => column.primaryKey().notNull().references('clients.id'))
      .addColumn('since', 'text', must)
      .addColumn('taken', 'integer', must),
  ).execute();
}
