/** Consultations: opening and finding them, and which browser may see them. */
import type { Mac } from '../audit/mac.ts';
import type { Author, Entry, Happening } from '../consultation/entry.ts';
import type { Chain } from './chain.ts';
import type { Engine } from './engine.ts';
import { createAppend, type Projection } from './log.ts';
import { prepare } from './prepare.ts';
import { factsOfHolder, type SessionRow, type Sessions } from './sessions.ts';
import type { Database } from './tables.ts';

export interface NewConsultation {
  area: string;
  flow: string;
  version: string;
  by: Entry['by'] | Author;
  /** Called again until it returns a reference that is not taken. */
  makeReference(): string;
  /** Token hash of the browser that may see it. */
  tokenHash?: string;
  /** Happenings to append in the same transaction, after `opened`. */
  also?: readonly Happening[];
  /** The client's call that opens it; its answer is stored in the same transaction. */
  endsCall?: { client: string; key: string; status: number };
}

export interface OpenedConsultation {
  id: string;
  reference: string;
  entries: Entry[];
}

export interface ConsultationLine {
  id: string;
  reference: string;
  area: string;
  flow: string;
  openedAt: string;
}

export interface Consultations {
  open(opening: NewConsultation): Promise<OpenedConsultation>;
  find(id: string): Promise<ConsultationLine | undefined>;
  findByReference(reference: string): Promise<ConsultationLine | undefined>;
  /**
   * Whether the browser may see the consultation: its session has not ended, and it opened or returned to the
   * consultation.
   */
  holds(tokenHash: string, id: string): Promise<boolean>;
  /** The consultations that the browser may see, the newest first. */
  heldBy(tokenHash: string): Promise<ConsultationLine[]>;
  hold(tokenHash: string, id: string): Promise<void>;
}

const MOST_REFERENCES_TRIED = 50;

/** What the functions for consultations are built from. */
interface ConsultationParts {
  engine: Engine;
  chain: Chain;
  sessions: Sessions;
  /** The MAC for rows that say which browser may see which consultation. */
  mac: Mac;
  now: () => string;
  makeId: () => string;
  /** Updates what is derived from the entries. */
  project: Projection;
}

export function createConsultations(parts: ConsultationParts): Consultations {
  const { engine, sessions, mac } = parts;
  const { reading, read, write } = engine;
  const find = prepareFinders(reading);
  const open = prepareOpening(parts, find.byReference);
  const isOurs = (row: Held, tokenHash: string, consultation: string) =>
    mac.fits(row.mac, ...factsOfHolder({ tokenHash, consultation, createdAt: row.createdAt }));
  return {
    open: (opening) =>
      write(async (db) => {
        const opened = await open(db, opening);
        if (opening.endsCall !== undefined) await endCall(db, opening.endsCall, opened);
        return opened;
      }),
    find: async (id) => (await read((db) => find.byId(db, { id })))[0],
    findByReference: async (reference) => (await read((db) => find.byReference(db, { reference })))[0],
    async holds(tokenHash, id) {
      const [row] = await read((db) => find.holding(db, { tokenHash, id, ...sessions.limits() }));
      return row !== undefined && isOurs(row, tokenHash, id) && sessions.isOurs(sessionOf(tokenHash, row));
    },
    async heldBy(tokenHash) {
      const rows = await read((db) => find.held(db, { tokenHash, ...sessions.limits() }));
      if (!rows.every((row) => sessions.isOurs(sessionOf(tokenHash, row)))) return [];
      return rows.filter((row) => isOurs(row, tokenHash, row.id)).map(toLine);
    },
    hold: (tokenHash, id) => write((db) => sessions.holdIn(db, tokenHash, id)),
  };
}

async function endCall(
  db: Database,
  { client, key, status }: NonNullable<NewConsultation['endsCall']>,
  opened: OpenedConsultation,
) {
  const answer = JSON.stringify({ reference: opened.reference, entries: opened.entries.length });
  const calls = db.updateTable('client_calls').set({ status, answer });
  await calls.where('client', '=', client).where('key', '=', key).execute();
}

/** Only a browser whose session has not ended. */
type Holder = { tokenHash: string } & ReturnType<Sessions['limits']>;

const OF_SESSION = [
  'sessions.created_at as createdAt',
  'sessions.seen_at as seenAt',
  'sessions.mac as sessionMac',
] as const;

/** A row of `holders`, with the session to which it belongs. */
interface Held {
  mac: string | null;
  createdAt: string;
  seenAt: string;
  sessionMac: string | null;
}

function sessionOf(tokenHash: string, { createdAt, seenAt, sessionMac }: Held): SessionRow {
  return { tokenHash, createdAt, seenAt, mac: sessionMac };
}

function prepareFinders(reading: Database) {
  return {
    byId: prepare<{ id: string }, ConsultationLine>(reading, (db, value) => lines(db).where('id', '=', value('id'))),
    byReference: prepare<{ reference: string }, ConsultationLine>(reading, (db, value) =>
      lines(db).where('reference', '=', value('reference')),
    ),
    held: prepare<Holder, ConsultationLine & Held>(reading, (db, value) =>
      lines(db)
        .innerJoin('holders', 'holders.consultation', 'consultations.id')
        .innerJoin('sessions', 'sessions.token_hash', 'holders.token_hash')
        .where('holders.token_hash', '=', value('tokenHash'))
        .where('sessions.seen_at', '>', value('seenAfter'))
        .where('sessions.created_at', '>', value('createdAfter'))
        .select(['holders.mac as mac', ...OF_SESSION])
        .orderBy('holders.since', 'desc'),
    ),
    holding: prepare<Holder & { id: string }, Held>(reading, (db, value) =>
      db
        .selectFrom('holders')
        .innerJoin('sessions', 'sessions.token_hash', 'holders.token_hash')
        .select(['holders.mac as mac', ...OF_SESSION])
        .where('holders.token_hash', '=', value('tokenHash'))
        .where('holders.consultation', '=', value('id'))
        .where('sessions.seen_at', '>', value('seenAfter'))
        .where('sessions.created_at', '>', value('createdAfter')),
    ),
  };
}

type ByReference = ReturnType<typeof prepareFinders>['byReference'];

function prepareOpening(
  { engine, chain, sessions, now, makeId, project }: ConsultationParts,
  byReference: ByReference,
) {
  const append = createAppend(engine.reading, chain);
  const insert = prepare<ConsultationLine, unknown>(engine.reading, (db, value) =>
    db.insertInto('consultations').values({
      id: value('id'),
      reference: value('reference'),
      area: value('area'),
      flow: value('flow'),
      opened_at: value('openedAt'),
    }),
  );
  return async (db: Database, opening: NewConsultation): Promise<OpenedConsultation> => {
    const { area, flow, version, by, makeReference, tokenHash, also = [] } = opening;
    const [id, at] = [makeId(), now()];
    const reference = await findFreeReference(db, byReference, makeReference);
    await insert(db, { id, reference, area, flow, openedAt: at });
    const happenings: Happening[] = [{ kind: 'opened', area, flow, version, reference }, ...also];
    const author = typeof by === 'string' ? { by } : by;
    const entries = happenings.map((what, index) => ({ number: index + 1, at, ...author, what }));
    for (const entry of entries) await append(db, id, entry);
    await project(db, id, { entries, added: entries });
    if (tokenHash !== undefined) await sessions.holdIn(db, tokenHash, id);
    return { id, reference, entries };
  };
}

async function findFreeReference(db: Database, byReference: ByReference, makeReference: () => string) {
  for (let tried = 0; tried < MOST_REFERENCES_TRIED; tried++) {
    const reference = makeReference();
    if ((await byReference(db, { reference })).length === 0) return reference;
  }
  throw new Error(`${MOST_REFERENCES_TRIED} references in turn were taken already; give longer ones`);
}

function toLine({ id, reference, area, flow, openedAt }: ConsultationLine): ConsultationLine {
  return { id, reference, area, flow, openedAt };
}

function lines(db: Database) {
  return db
    .selectFrom('consultations')
    .select(['consultations.id as id', 'reference', 'area', 'flow', 'opened_at as openedAt']);
}
