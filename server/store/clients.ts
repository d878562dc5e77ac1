/** API clients: created, found by token, revoked. Each change writes a line of the access log in the same transaction. */
import type { Mac } from '../audit/mac.ts';
import type { Who } from '../consultation/desk-happening.ts';
import { type Client, type ClientRight, isClientRight } from '../people/client.ts';
import type { AccessLog } from './access-log.ts';
import type { Engine } from './engine.ts';
import type { RowSums } from './row-sums.ts';
import type { Database, Tables } from './tables.ts';

export interface NewClient {
  name: string;
  area: string;
  rights: readonly ClientRight[];
  tokenHash: string;
  expiresAt: string;
}

/** The result of an earlier call with the same key. `other`: it was a different call. `busy`: it is still running. */
export type EarlierCall = 'none' | 'other' | 'busy' | { status: number; answer: string };

interface Call {
  client: string;
  key: string;
  /** Hash of method, path and body. */
  request: string;
}

/** A changed consultation of an area, with the number of its newest entry. */
export interface ChangedConsultation {
  consultation: string;
  reference: string;
  flow: string;
  state: string;
  seq: number;
}

export interface Clients {
  make(client: NewClient, by: Who): Promise<string>;
  revoke(client: Client, by: Who): Promise<void>;
  /** `secret` is sealed. */
  setWebhook(client: Client, webhook: { url: string; secret: string } | undefined, by: Who): Promise<void>;
  find(id: string): Promise<Client | undefined>;
  /** Undefined if there is no such client, or its token has expired or was revoked. */
  findByToken(tokenHash: string): Promise<Client | undefined>;
  listOf(area: string): Promise<Client[]>;
  beginCall(call: Call): Promise<EarlierCall>;
  endCall(call: Call, status: number, answer: string): Promise<void>;
  /**
   * The consultations that have entries after this one, in the order of their changes; and the number of the newest
   * entry of all.
   */
  changedSince(area: string, seq: number, most: number): Promise<{ changed: ChangedConsultation[]; newest: number }>;
  /** Reserves calls in the current minute for this server. The limit counts the calls on all servers together. */
  takeCalls(client: string, limit: CallLimit): Promise<TakenCalls>;
  sweep(): Promise<void>;
}

export interface CallLimit {
  /** Per minute. */
  most: number;
  /** How many to reserve at once, if that many are left. */
  atOnce: number;
}

export interface TakenCalls {
  /** When the minute began, as an instant. */
  since: string;
  /** 0 if the client has used up its minute. */
  taken: number;
}

const CALLS_KEPT_MS = 24 * 3_600_000;
/** Longer than any call takes: a call that is still open after this was interrupted. */
const CALL_MS = 60_000;

interface ClientParts {
  clock: () => Date;
  makeId: () => string;
  mac: Mac;
  rowSums: Pick<RowSums, 'noteIn'>;
}

export function createClients(
  engine: Engine,
  accessLog: Pick<AccessLog, 'addIn'>,
  { clock, makeId, mac, rowSums }: ClientParts,
): Clients {
  const { read, write } = engine;
  const now = () => clock().toISOString();
  const select = (db: Database) => db.selectFrom('clients').selectAll();
  const change = async (db: Database, row: Tables['clients'], changes: Changes) => {
    await changeRow(db, mac, row, changes);
    await rowSums.noteIn(db, 'clients', { gone: [row], come: [{ ...row, ...changes }] });
  };
  return {
    make: (client, who) =>
      write(async (db) => {
        const { name, area, rights, tokenHash: token_hash, expiresAt: expires_at } = client;
        const id = makeId();
        const row = { id, name, area, rights: rights.join(' '), token_hash, made_at: now(), expires_at };
        const others = { revoked_at: null, webhook_url: null, webhook_secret: null };
        const marked = { ...row, ...others, mac: mac.make(...factsOfClient({ ...row, ...others })) };
        await db.insertInto('clients').values(marked).execute();
        await rowSums.noteIn(db, 'clients', { come: [marked] });
        await accessLog.addIn(db, { who, area, what: 'client made', body: { client: id, ...facts(row) } });
        return id;
      }),
    revoke: ({ id, area }, who) =>
      write(async (db) => {
        const row = await select(db).where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst();
        if (row === undefined) return;
        await change(db, row, { revoked_at: now() });
        await accessLog.addIn(db, { who, area, what: 'client revoked', body: { client: id } });
      }),
    setWebhook: ({ id, area }, webhook, who) =>
      write(async (db) => {
        const values = { webhook_url: webhook?.url ?? null, webhook_secret: webhook?.secret ?? null };
        const row = await select(db).where('id', '=', id).executeTakeFirst();
        if (row !== undefined) await change(db, row, values);
        await accessLog.addIn(db, { who, area, what: 'client webhook', body: { client: id, url: values.webhook_url } });
      }),
    find: async (id) => toClient(await read((db) => select(db).where('id', '=', id).executeTakeFirst())),
    async findByToken(tokenHash) {
      const found = await read((db) =>
        select(db)
          .where('token_hash', '=', tokenHash)
          .where('revoked_at', 'is', null)
          .where('expires_at', '>', now())
          .executeTakeFirst(),
      );
      return found !== undefined && mac.fits(found.mac, ...factsOfClient(found)) ? toClient(found) : undefined;
    },
    listOf: async (area) =>
      (await read((db) => select(db).where('area', '=', area).orderBy('made_at').execute())).flatMap(
        (row) => toClient(row) ?? [],
      ),
    ...createCalls(engine, clock),
    takeCalls: (client, limit) => write((db) => takeCallsIn(db, client, limit, clock())),
    changedSince: (area, seq, most) => changedSince(engine, { area, seq, most }),
  };
}

/**
 * The text that the client's MAC covers: everything that says what the client may do, and to where webhooks are sent.
 */
export function factsOfClient(row: Omit<Tables['clients'], 'name' | 'made_at' | 'mac'>): string[] {
  const { id, area, rights, token_hash, expires_at, revoked_at, webhook_url, webhook_secret } = row;
  return [id, area, rights, token_hash, expires_at, revoked_at ?? '', webhook_url ?? '', webhook_secret ?? ''];
}

type Changes = Partial<Pick<Tables['clients'], 'revoked_at' | 'webhook_url' | 'webhook_secret'>>;

/** A row whose MAC is wrong keeps it: with a new MAC, somebody else's change would pass for ours. */
async function changeRow(db: Database, mac: Mac, row: Tables['clients'], changes: Changes): Promise<void> {
  const isOurs = mac.fits(row.mac, ...factsOfClient(row));
  const marked = isOurs ? { ...changes, mac: mac.make(...factsOfClient({ ...row, ...changes })) } : changes;
  await db.updateTable('clients').set(marked).where('id', '=', row.id).execute();
}

type Row = Pick<Tables['clients'], 'name' | 'area' | 'rights' | 'token_hash' | 'expires_at'>;
const facts = ({ name, area, rights, token_hash: token, expires_at: expires }: Row) => ({
  name,
  area,
  rights,
  token,
  expires,
});

function toClient(row: Tables['clients'] | undefined): Client | undefined {
  if (row === undefined) return undefined;
  const {
    id,
    name,
    area,
    made_at: madeAt,
    expires_at: expiresAt,
    revoked_at: revokedAt,
    webhook_url: webhookUrl,
  } = row;
  return {
    id,
    name,
    area,
    rights: row.rights.split(' ').filter(isClientRight),
    madeAt,
    expiresAt,
    revokedAt,
    webhookUrl,
  };
}

function before(now: Date, ms: number): string {
  return new Date(now.getTime() - ms).toISOString();
}

async function beginCallIn(db: Database, { client, key, request }: Call, now: Date): Promise<EarlierCall> {
  const known = await db
    .selectFrom('client_calls')
    .selectAll()
    .where('client', '=', client)
    .where('key', '=', key)
    .where('at', '>', before(now, CALLS_KEPT_MS))
    .executeTakeFirst();
  if (known !== undefined && known.request !== request) return 'other';
  if (known?.status != null) return { status: known.status, answer: known.answer ?? '' };
  if (known !== undefined && known.at > before(now, CALL_MS)) return 'busy';
  const row = { client, key, request, at: now.toISOString(), status: null, answer: null };
  await db
    .insertInto('client_calls')
    .values(row)
    .onConflict((conflict) => conflict.columns(['client', 'key']).doUpdateSet(row))
    .execute();
  return 'none';
}

function createCalls({ write }: Engine, clock: () => Date): Pick<Clients, 'beginCall' | 'endCall' | 'sweep'> {
  const sweepBefore = () => before(clock(), CALLS_KEPT_MS);
  return {
    beginCall: (call) => write((db) => beginCallIn(db, call, clock())),
    endCall: ({ client, key }, status, answer) =>
      write(async (db) => {
        const calls = db.updateTable('client_calls').set({ status, answer });
        await calls.where('client', '=', client).where('key', '=', key).execute();
      }),
    sweep: () =>
      write(async (db) => void (await db.deleteFrom('client_calls').where('at', '<=', sweepBefore()).execute())),
  };
}

const MINUTE_MS = 60_000;

async function takeCallsIn(db: Database, client: string, { most, atOnce }: CallLimit, now: Date): Promise<TakenCalls> {
  const known = await db.selectFrom('client_minutes').selectAll().where('client', '=', client).executeTakeFirst();
  const isOver = known === undefined || known.since <= before(now, MINUTE_MS);
  const minute = isOver ? { since: now.toISOString(), taken: 0 } : known;
  const taken = Math.max(0, Math.min(atOnce, most - minute.taken));
  const values = { since: minute.since, taken: minute.taken + taken };
  await db
    .insertInto('client_minutes')
    .values({ client, ...values })
    .onConflict((conflict) => conflict.column('client').doUpdateSet(values))
    .execute();
  return { since: minute.since, taken };
}

async function changedSince({ read }: Engine, { area, seq, most }: { area: string; seq: number; most: number }) {
  const changed = await read((db) =>
    db
      .selectFrom('entries')
      .innerJoin('desk_lines', 'desk_lines.consultation', 'entries.consultation')
      .select(({ fn }) => [
        'entries.consultation',
        'desk_lines.reference',
        'desk_lines.flow',
        'desk_lines.state',
        fn.max<number>('entries.seq').as('seq'),
      ])
      .where('entries.seq', '>', seq)
      .where('desk_lines.area', '=', area)
      .groupBy(['entries.consultation', 'desk_lines.reference', 'desk_lines.flow', 'desk_lines.state'])
      .orderBy('seq')
      .limit(most)
      .execute(),
  );
  const { newest } = await read((db) =>
    db
      .selectFrom('entries')
      .select(({ fn }) => fn.max('seq').as('newest'))
      .executeTakeFirstOrThrow(),
  );
  return { changed: changed.map((row) => ({ ...row, seq: Number(row.seq) })), newest: Number(newest ?? 0) };
}
