/** Consultations: opened, found, and who may see them. */
import type { Author, Entry, Happening } from '../consultation/entry.ts';
import type { Chain } from './chain.ts';
import type { Engine } from './engine.ts';
import { createAppend, type Projection } from './log.ts';
import { prepare } from './prepare.ts';
import type { Sessions } from './sessions.ts';
import type { Database } from './tables.ts';

export interface Opening {
  area: string;
  flow: string;
  version: string;
  by: Entry['by'] | Author;
  /** Gives another reference each time; the first that is free is taken. */
  makeReference(): string;
  /** The browser that may see it. */
  tokenHash?: string;
  /** What happens at once, after `opened`. */
  also?: readonly Happening[];
}

export interface Opened {
  id: string;
  reference: string;
  entries: Entry[];
}

export interface Line {
  id: string;
  reference: string;
  area: string;
  flow: string;
  openedAt: string;
}

export interface Consultations {
  open(opening: Opening): Promise<Opened>;
  find(id: string): Promise<Line | undefined>;
  findByReference(reference: string): Promise<Line | undefined>;
  /** Whether the browser may see the consultation: its session lives and holds it. */
  holds(tokenHash: string, id: string): Promise<boolean>;
  /** Those that the browser may see, the newest first. */
  heldBy(tokenHash: string): Promise<Line[]>;
  hold(tokenHash: string, id: string): Promise<void>;
}

const MOST_REFERENCES_TRIED = 50;

export function createConsultations(
  engine: Engine,
  chain: Chain,
  sessions: Sessions,
  now: () => string,
  makeId: () => string,
  keep: Projection,
): Consultations {
  const { reading, read, write } = engine;
  const append = createAppend(reading, chain);
  const byId = prepare<{ id: string }, Line>(reading, (db, value) => lines(db).where('id', '=', value('id')));
  const byReference = prepare<{ reference: string }, Line>(reading, (db, value) =>
    lines(db).where('reference', '=', value('reference')),
  );
  const insert = prepare<Line, unknown>(reading, (db, value) =>
    db.insertInto('consultations').values({
      id: value('id'),
      reference: value('reference'),
      area: value('area'),
      flow: value('flow'),
      opened_at: value('openedAt'),
    }),
  );
  const held = prepare<{ tokenHash: string } & ReturnType<Sessions['limits']>, Line>(reading, (db, value) =>
    lines(db)
      .innerJoin('holders', 'holders.consultation', 'consultations.id')
      .innerJoin('sessions', 'sessions.token_hash', 'holders.token_hash')
      .where('holders.token_hash', '=', value('tokenHash'))
      .where('sessions.seen_at', '>', value('seenAfter'))
      .where('sessions.created_at', '>', value('createdAfter'))
      .orderBy('holders.since', 'desc'),
  );
  const holding = prepare<{ tokenHash: string; id: string } & ReturnType<Sessions['limits']>, { one: string }>(
    reading,
    (db, value) =>
      db
        .selectFrom('holders')
        .innerJoin('sessions', 'sessions.token_hash', 'holders.token_hash')
        .select('holders.consultation as one')
        .where('holders.token_hash', '=', value('tokenHash'))
        .where('holders.consultation', '=', value('id'))
        .where('sessions.seen_at', '>', value('seenAfter'))
        .where('sessions.created_at', '>', value('createdAfter')),
  );

  async function findFreeReference(db: Database, makeReference: () => string): Promise<string> {
    for (let tried = 0; tried < MOST_REFERENCES_TRIED; tried++) {
      const reference = makeReference();
      if ((await byReference(db, { reference })).length === 0) return reference;
    }
    throw new Error(`${MOST_REFERENCES_TRIED} references in turn were taken already; give longer ones`);
  }

  return {
    open: ({ area, flow, version, by, makeReference, tokenHash, also = [] }) =>
      write(async (db) => {
        const [id, at] = [makeId(), now()];
        const reference = await findFreeReference(db, makeReference);
        await insert(db, { id, reference, area, flow, openedAt: at });
        const happenings: Happening[] = [{ kind: 'opened', area, flow, version, reference }, ...also];
        const author = typeof by === 'string' ? { by } : by;
        const entries = happenings.map((what, index) => ({ number: index + 1, at, ...author, what }));
        for (const entry of entries) await append(db, id, entry);
        await keep(db, id, { entries, added: entries });
        if (tokenHash !== undefined) await sessions.holdIn(db, tokenHash, id);
        return { id, reference, entries };
      }),
    find: async (id) => (await read((db) => byId(db, { id })))[0],
    findByReference: async (reference) => (await read((db) => byReference(db, { reference })))[0],
    holds: async (tokenHash, id) =>
      (await read((db) => holding(db, { tokenHash, id, ...sessions.limits() }))).length > 0,
    heldBy: (tokenHash) => read((db) => held(db, { tokenHash, ...sessions.limits() })),
    hold: (tokenHash, id) => write((db) => sessions.holdIn(db, tokenHash, id)),
  };
}

function lines(db: Database) {
  return db
    .selectFrom('consultations')
    .select(['consultations.id as id', 'reference', 'area', 'flow', 'opened_at as openedAt']);
}
