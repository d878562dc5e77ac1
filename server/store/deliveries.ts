/**
 * Webhook deliveries to clients. A delivery is written in the transaction of the entries that it is about, so there is
 * one exactly if they were saved. Like a mail, it is marked before it is sent and may arrive twice; its id stays the
 * same, so the receiver can ignore the second.
 */
import type { Mac } from '../audit/mac.ts';
import { readDeskCase } from '../desk/desk-case.ts';
import { eventOf } from '../desk/webhook-events.ts';
import { factsOfClient } from './clients.ts';
import type { Engine } from './engine.ts';
import type { Projection } from './log.ts';
import type { Outbox } from './outbox.ts';
import type { Database } from './tables.ts';

export interface Delivery {
  number: number;
  /** The same at each attempt. */
  id: string;
  client: string;
  area: string;
  reference: string;
  event: string;
  made_at: string;
  /** `waiting`, `sending`, `sent`, `failed`, or `needless`: the client was revoked, or has no webhook any more. */
  state: string;
  tries: number;
  next_at: string;
  problem: string;
}

/** With the address; the secret is sealed. */
export type OutgoingDelivery = Delivery & { url: string; secret: string };

export interface Deliveries {
  /** Returns the next delivery that is due, and marks it as being sent for this many minutes. */
  take(minutes: number): Promise<OutgoingDelivery | undefined>;
  settle(number: number, state: 'sent' | 'failed', problem?: string): Promise<void>;
  putOff(number: number, nextAt: string, problem: string): Promise<void>;
  /** The newest first. */
  listOf(client: string, most: number): Promise<Delivery[]>;
  /** Sends it again, whatever the result was. False if the client has no such delivery. */
  replay(client: string, number: number): Promise<boolean>;
}

interface DeliveryParts {
  outbox: Outbox;
  clock: () => Date;
  /** The MAC for clients. */
  mac: Mac;
}

export function createDeliveries({ read, write }: Engine, { outbox, clock, mac }: DeliveryParts): Deliveries {
  const change = (number: number, values: Partial<Omit<Delivery, 'number'>>) =>
    write(async (db) => {
      const delivery = await db.selectFrom('deliveries').selectAll().where('number', '=', number).executeTakeFirst();
      if (delivery !== undefined) await outbox.changeIn(db, 'deliveries', { ...delivery }, values);
    });
  return {
    take: (minutes) => write((db) => takeNext(db, { outbox, now: clock(), minutes, mac })),
    settle: (number, state, problem = '') => change(number, { state, problem }),
    putOff: (number, nextAt, problem) => change(number, { state: 'waiting', next_at: nextAt, problem }),
    listOf: (client, most) =>
      read((db) =>
        db
          .selectFrom('deliveries')
          .selectAll()
          .where('client', '=', client)
          .orderBy('number', 'desc')
          .limit(most)
          .execute(),
      ),
    replay: (client, number) => write((db) => replayIn(db, { client, number }, { outbox, clock })),
  };
}

/** False if the client has no such delivery. */
async function replayIn(
  db: Database,
  { client, number }: { client: string; number: number },
  { outbox, clock }: Pick<DeliveryParts, 'outbox' | 'clock'>,
): Promise<boolean> {
  const found = db.selectFrom('deliveries').selectAll().where('client', '=', client);
  const delivery = await found.where('number', '=', number).executeTakeFirst();
  if (delivery === undefined) return false;
  const again = { state: 'waiting', next_at: clock().toISOString(), tries: 0 };
  await outbox.changeIn(db, 'deliveries', { ...delivery }, again);
  return true;
}

interface Taking {
  outbox: Outbox;
  now: Date;
  minutes: number;
  mac: Mac;
}

async function takeNext(db: Database, taking: Taking): Promise<OutgoingDelivery | undefined> {
  const { outbox, now, minutes, mac } = taking;
  const due = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('deliveries.state', 'in', ['waiting', 'sending'])
    .where('next_at', '<=', now.toISOString())
    .orderBy('next_at')
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  if (due === undefined) return undefined;
  const { consultation: _not, ...delivery } = due;
  const client = await db.selectFrom('clients').selectAll().where('id', '=', due.client).executeTakeFirst();
  // If somebody changed the client in the database, nothing is sent to it: its address could be somebody else's.
  const isOurs = client !== undefined && mac.fits(client.mac, ...factsOfClient(client));
  const [url, secret] = [client?.webhook_url ?? null, client?.webhook_secret ?? null];
  const mark = (values: Partial<Omit<Delivery, 'number'>>) => outbox.changeIn(db, 'deliveries', { ...due }, values);
  if (!isOurs || url === null || secret === null || client.revoked_at !== null) {
    await mark({ state: 'needless' });
    return takeNext(db, taking);
  }
  const taken = {
    state: 'sending',
    tries: delivery.tries + 1,
    next_at: new Date(now.getTime() + minutes * 60_000).toISOString(),
  };
  await mark(taken);
  return { ...delivery, ...taken, url, secret };
}

/** Only for consultations that were sent to the desk, and only for clients with a webhook. */
export function projectDeliveries(outbox: Outbox, now: () => string, makeId: () => string): Projection {
  return async (db, consultation, { entries, added }) => {
    const [first] = entries;
    if (first?.what.kind !== 'opened') return;
    const deskCase = readDeskCase(entries);
    if (deskCase === undefined) return;
    const { area, reference } = first.what;
    const clients = await listenersIn(db, area);
    if (clients.length === 0) return;
    const event = eventOf(added, deskCase);
    for (const client of clients.filter(({ id }) => added.some(({ who }) => who?.id !== id))) {
      const about = { id: makeId(), client: client.id, consultation, area, reference, event };
      const waiting = { made_at: now(), state: 'waiting', tries: 0, next_at: now(), problem: '' };
      const row = { ...about, ...waiting };
      const made = await db.insertInto('deliveries').values(row).returningAll().executeTakeFirstOrThrow();
      await outbox.noteIn(db, 'deliveries', { ...made });
    }
  };
}

/** Clients with a webhook for the area. */
function listenersIn(db: Database, area: string): Promise<{ id: string }[]> {
  return db
    .selectFrom('clients')
    .select('id')
    .where('area', '=', area)
    .where('webhook_url', 'is not', null)
    .where('revoked_at', 'is', null)
    .execute();
}
