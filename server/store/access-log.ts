/** The access log (table `looks`). A line is appended in the same transaction that reads what it says was shown. */
import { type Selectable, sql } from 'kysely';
import type { Access, AccessLogLine } from '../audit/access.ts';
import type { Chain } from './chain.ts';
import type { Engine } from './engine.ts';
import { prepare } from './prepare.ts';
import type { Database, Tables } from './tables.ts';

/** Who is logged for what a start does by itself. */
export const START_OF_SERVER = { id: '', name: 'start of the server', role: 'command' };

export interface AccessLog {
  add(access: Access): Promise<void>;
  /** As `add`, inside a transaction of another table of the store. Returns the number of the line. */
  addIn(db: Database, access: Access): Promise<number>;
  /** Accesses to the consultation, also as part of a list, the newest first. */
  at(consultation: string, most: number): Promise<AccessLogLine[]>;
  /** Refused attempts to sign in to this account, the newest first. */
  refusedOf(person: string, most: number): Promise<AccessLogLine[]>;
}

type Row = Omit<Selectable<Tables['looks']>, 'seq'>;

export function createAccessLog(
  { reading, read, write }: Pick<Engine, 'reading' | 'read' | 'write'>,
  chain: Chain,
  now: () => string,
): AccessLog {
  const insert = prepare<Row, { seq: number }>(reading, (db, value) =>
    db
      .insertInto('looks')
      .values({
        at: value('at'),
        person: value('person'),
        name: value('name'),
        role: value('role'),
        area: value('area'),
        what: value('what'),
        consultation: value('consultation'),
        body: value('body'),
      })
      .returning('seq'),
  );
  const sight = prepare<{ consultation: string; look: number }, unknown>(reading, (db, value) =>
    db.insertInto('sightings').values({ consultation: value('consultation'), look: value('look') }),
  );

  const addIn: AccessLog['addIn'] = async (db, { who, area, what, consultation = null, body: facts }) => {
    const at = now();
    const body = JSON.stringify(facts);
    const row = { at, person: who.id, name: who.name, role: who.role, area, what, consultation, body };
    const seq = (await insert(db, row))[0]?.seq ?? 0;
    const line = [at, who.id, who.name, who.role, area, what, consultation];
    await chain.addIn(db, { source: 'looks', seq, facts: line, body });
    for (const shown of new Set(facts.shown ?? [])) await sight(db, { consultation: shown, look: seq });
    return seq;
  };

  return {
    ...createAccessLogReader({ read }),
    addIn,
    add: (access) => write(async (db) => void (await addIn(db, access))),
    refusedOf: async (person, most) => (await read((db) => refused(db, person, most).execute())).map(toLine),
  };
}

export function createAccessLogReader({ read }: Pick<Engine, 'read'>): Pick<AccessLog, 'at'> {
  return {
    at: async (consultation, most) => (await read((db) => accessesTo(db, consultation, most).execute())).map(toLine),
  };
}

function accessesTo(db: Database, consultation: string, most: number) {
  return (
    db
      .selectFrom('looks')
      .selectAll()
      // The line of the export itself is listed already.
      .where('what', '!=', sql.lit('file made'))
      // Uses two indexes separately: with "or", PostgreSQL would read all lines from the newest on.
      .where('seq', 'in', (line) =>
        line
          .selectFrom('looks as own')
          .select('own.seq')
          .where('own.consultation', '=', consultation)
          .union(line.selectFrom('sightings').select('look as seq').where('consultation', '=', consultation)),
      )
      .orderBy('seq', 'desc')
      .limit(most)
  );
}

function refused(db: Database, person: string, most: number) {
  return db
    .selectFrom('looks')
    .selectAll()
    .where('person', '=', person)
    .where('what', '=', sql.lit('sign-in failed'))
    .orderBy('seq', 'desc')
    .limit(most);
}

/** An index of refused sign-ins only; there are few. */
export async function indexRefused(db: Database): Promise<void> {
  const index = db.schema.createIndex('looks_refused').on('looks').columns(['person', 'seq']);
  await index.where(sql.ref('what'), '=', sql.lit('sign-in failed')).execute();
}

/** A restore is logged at a start, and every check of the log reads these lines. */
export async function indexRestores(db: Database): Promise<void> {
  const index = db.schema.createIndex('looks_restores').on('looks').columns(['seq']);
  await index.where(sql.ref('what'), '=', sql.lit('restore')).execute();
}

function toLine({ seq, at, person, name, role, area, what, consultation, body }: Row & { seq: number }): AccessLogLine {
  const facts = JSON.parse(body);
  const who = { id: person, name, role };
  const line = { seq, at, who, area, what: what as Access['what'], ...(consultation !== null && { consultation }) };
  return 'erased' in facts ? line : { ...line, body: facts };
}
