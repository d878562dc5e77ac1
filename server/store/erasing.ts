/**
 * Erasure: removes the texts of consultations and everything derived from them. The chain keeps what happened when, and
 * who did it.
 */
import { sql } from 'kysely';
import { addErased, countErased, digestOf, ERASED_BODIES, erasedMark } from '../audit/erasure.ts';
import { FACTS, type Fact, isAsWritten } from '../audit/line.ts';
import { localDay } from '../base/days.ts';
import { addKept } from '../desk/retention.ts';
import type { Desk } from '../flow/desk.ts';
import type { AccessLog } from './access-log.ts';
import type { CleaningDue } from './cleaning-due.ts';
import type { Dialect, Engine } from './engine.ts';
import type { ErasedList, ErasedTogether } from './erased-list.ts';
import { StoreProblem } from './failure.ts';
import { mayBeErased, NEVER_ASKED } from './may-be-erased.ts';
import { prepare } from './prepare.ts';
import { type RowSums, SUMMED, type SummedTable } from './row-sums.ts';
import type { Database, Tables } from './tables.ts';

export interface ErasedCounts {
  consultations: number;
  /** Entries and access-log lines whose text was erased. */
  lines: number;
}

export interface Erasing {
  /**
   * Erases consultations of one retention kind in one transaction; the kind is logged. The candidates come from derived
   * rows, so each is checked again against its entries and their chain, and kept if these do not allow the erasure.
   * Throws `StoreProblem` and erases nothing if a line of the access log is not as it was written, since after the
   * erasure nobody could find that out.
   */
  erase(area: string, kind: string, consultations: readonly string[], desk: Desk): Promise<ErasedCounts>;
  eraseSearches(area: string, looks: readonly number[], desk: Desk): Promise<ErasedCounts>;
  /** Run after a restore: erases the consultations that were erased before and have come back. Returns how many. */
  eraseAgain(): Promise<number>;
  /**
   * Takes out of the database what is left of erased texts, while it is in use. False if another program still reads an
   * older state: try again after it has stopped.
   */
  clean(): Promise<boolean>;
  /** The same by rewriting the tables, which gives back the room that they no longer need. */
  compact(): Promise<boolean>;
  /** Since when the database has been waiting to be cleaned after an erasure; undefined if it need not be. */
  cleaningDueSince(): string | undefined;
}

interface Line {
  position: number;
  source: string;
  seq: number;
}

const COMMAND = { id: '', name: 'npm run erase', role: 'command' };

/** Searches of the area among these lines of the access log that were made before that day and are not erased. */
function searchesIn(
  db: Database,
  { area, numbers, before }: { area: string; numbers: readonly number[]; before: string },
) {
  return db
    .selectFrom('chain')
    .innerJoin('looks', 'looks.seq', 'chain.seq')
    .select(['position', 'source', 'looks.seq'])
    .where('source', '=', 'looks')
    .where('looks.seq', 'in', numbers)
    .where('what', '=', 'search')
    .where('area', '=', area)
    .where('at', '<', before)
    .where('body', 'not like', ERASED_BODIES)
    .orderBy('position')
    .execute();
}

interface ErasingParts {
  engine: Engine;
  accessLog: AccessLog;
  cleaning: CleaningDue;
  erasedList: ErasedList;
  now: () => string;
  rowSums: Pick<RowSums, 'noteIn'>;
}

export function createErasing(parts: ErasingParts): Erasing {
  const { engine, accessLog, now } = parts;
  const eraseTexts = prepareErasing(engine.reading, accessLog);
  const eraseThese = createListed(parts, eraseTexts);
  return {
    erase: (area, kind, planned, desk) =>
      eraseThese({ area, kind }, async (db) => {
        const terms = { area, kind, desk, today: localDay(new Date(now())) };
        const ids: string[] = [];
        // Since the candidates were listed, one may have got a hold or a new entry, or may have been sent to the desk.
        for (const id of planned) if (await mayBeErased(db, id, terms)) ids.push(id);
        return ids;
      }),
    async eraseAgain() {
      let consultations = 0;
      for (const { area, kind, consultations: ids } of parts.erasedList.read())
        consultations += (await eraseThese({ area, kind, isAgain: true }, (db) => findBack(db, ids))).consultations;
      return consultations;
    },
    eraseSearches: createSearchErasing(parts, eraseTexts),
    ...createCleaning(parts),
  };
}

function createCleaning({ engine, cleaning }: ErasingParts): Pick<Erasing, 'clean' | 'compact' | 'cleaningDueSince'> {
  const noteDone = async (cleaned: Promise<boolean>) => {
    const isDone = await cleaned;
    if (isDone) cleaning.noteDone();
    return isDone;
  };
  return {
    clean: () => noteDone(engine.clean()),
    compact: () => noteDone(engine.compact()),
    cleaningDueSince: cleaning.dueSince,
  };
}

function createSearchErasing(
  { engine: { write }, cleaning, now }: ErasingParts,
  eraseTexts: ReturnType<typeof prepareErasing>,
): Erasing['eraseSearches'] {
  return (area, numbers, desk) =>
    write(async (db) => {
      const before = addKept(localDay(new Date(now())), desk.retention.searches, -1);
      const lines = await searchesIn(db, { area, numbers, before });
      await refuseChangedLooks(db, lines);
      if (lines.length > 0) cleaning.noteDue(now());
      return eraseTexts(db, lines, { area, kind: 'searches', consultations: 0 });
    });
}

/**
 * Erases consultations in one transaction and lists them in the file: before the transaction ends, and after it has
 * ended.
 */
function createListed(
  { engine, cleaning, erasedList, now, rowSums }: ErasingParts,
  eraseTexts: ReturnType<typeof prepareErasing>,
) {
  /** An interrupted erasure has erased all of its consultations or none. */
  const settle = async () => {
    for (const open of erasedList.findOpen())
      erasedList.noteEnded(open, (await engine.read((db) => findBack(db, open.consultations))).length === 0);
  };
  return async (
    { area, kind, isAgain = false }: Pick<ErasedTogether, 'area' | 'kind'> & { isAgain?: boolean },
    choose: (db: Database) => Promise<string[]>,
  ): Promise<ErasedCounts> => {
    await settle();
    const erased = await engine.write(async (db) => {
      const ids = await choose(db);
      if (ids.length === 0) return { consultations: 0, lines: 0 };
      const lines = await linesOf(db, engine.dialect, ids);
      await refuseChangedLooks(db, lines);
      cleaning.noteDue(now());
      erasedList.noteBegun({ area, kind, consultations: ids });
      const done = await eraseTexts(db, lines, { area, kind, consultations: ids.length });
      for (const id of ids) await eraseDerived(db, id, { area, kind, at: now(), isAgain }, rowSums);
      return done;
    });
    await settle();
    return erased;
  };
}

/** Those of the consultations that still have a text. */
async function findBack(db: Database, consultations: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('entries')
    .select('consultation')
    .distinct()
    .where('consultation', 'in', consultations)
    .where('body', 'not like', ERASED_BODIES)
    .execute();
  return rows.map(({ consultation }) => consultation);
}

interface Logged {
  area: string;
  kind: string;
  consultations: number;
}

/** Replaces texts by a mark and removes their salts from the chain. The erasure is logged first, because the marks name its number. */
function prepareErasing(reading: Database, accessLog: AccessLog) {
  const mark = (table: 'entries' | 'looks') =>
    prepare<{ seq: number; body: string }, unknown>(reading, (db, value) =>
      db
        .updateTable(table)
        .set({ body: value('body') })
        .where('seq', '=', value('seq')),
    );
  const marks = { entries: mark('entries'), looks: mark('looks') };
  const unsalt = prepare<{ position: number }, unknown>(reading, (db, value) =>
    db.updateTable('chain').set({ salt: null }).where('position', '=', value('position')),
  );
  return async (db: Database, lines: readonly Line[], { area, kind, consultations }: Logged): Promise<ErasedCounts> => {
    const erased = countErased();
    for (const { source, seq } of lines) addErased(erased, source, seq);
    const body = { kind, consultations, lines: erased.count, digest: digestOf(erased) };
    const erasure = await accessLog.addIn(db, { who: COMMAND, area, what: 'erasure', body });
    for (const { position, source, seq } of lines) {
      await marks[source as keyof typeof marks](db, { seq, body: erasedMark(erasure) });
      await unsalt(db, { position });
    }
    return { consultations, lines: erased.count };
  };
}

/**
 * The entries, and the access-log lines that show them, in the order of the chain and without those already erased.
 * Lines about the consultation itself and lines about lists are found by separate queries, since one query for both
 * would read the whole access log. SQLite joins the sides of a cross join in the order in which they are written.
 */
async function linesOf(db: Database, { textsIn }: Dialect, consultations: readonly string[]): Promise<Line[]> {
  const ids = sql.join([...consultations]);
  const { rows } = await sql<Line>`
    select position, source, chain.seq as seq from entries cross join chain
      where source = 'entries' and chain.seq = entries.seq and consultation in (${ids}) and body not like ${sql.lit(ERASED_BODIES)}
    union
    select position, source, chain.seq as seq from looks cross join chain
      where source = 'looks' and chain.seq = looks.seq and consultation in (${ids}) and body not like ${sql.lit(ERASED_BODIES)}
    union
    select position, source, chain.seq as seq from looks cross join chain
      where source = 'looks' and chain.seq = looks.seq and looks.seq in (select look from sightings where consultation in (${ids}))
        and exists (select 1 from ${textsIn(sql`body`, 'shown')} where value in (${ids}))
        and body not like ${sql.lit(ERASED_BODIES)}
    order by position`.execute(db);
  return rows;
}

/** The entries were checked earlier, together with the whole consultation: see `may-be-erased.ts`. */
async function refuseChangedLooks(db: Database, lines: readonly Line[]): Promise<void> {
  for (const { position, source, seq } of lines) {
    if (source !== 'looks') continue;
    const line = await db.selectFrom('chain').selectAll().where('position', '=', position).executeTakeFirstOrThrow();
    const look = await db.selectFrom('looks').selectAll().where('seq', '=', seq).executeTakeFirstOrThrow();
    const facts = FACTS.looks.map((name): Fact => look[name]);
    if (isAsWritten(line, { body: look.body, facts })) continue;
    throw new StoreProblem(
      `Line ${position} of the log, look ${seq}, is not as it was written`,
      'a log that nobody has changed: what is erased cannot be compared any more',
      'run npm run verify, and find out who could write to the database',
    );
  }
}

/** Every table with a column `consultation`, and what an erasure does with its rows: erased, or kept for the reason given. */
type PerConsultation = {
  [Table in keyof Tables]: 'consultation' extends keyof Tables[Table] ? Table : never;
}[keyof Tables];

export const WHEN_ERASED: Record<PerConsultation, 'erased' | { kept: string }> = {
  desk_lines: 'erased',
  desk_children: 'erased',
  desk_child_words: 'erased',
  pathway_lines: 'erased',
  figure_lines: 'erased',
  mails: 'erased',
  deliveries: 'erased',
  holders: 'erased',
  return_codes: 'erased',
  sightings: 'erased',
  sheet_fields: 'erased',
  open_pages: 'erased',
  entries: { kept: 'when and by whom something was written; an erasure mark takes the place of each text' },
  looks: { kept: 'when and by whom it was seen; an erasure mark takes the place of each body' },
  retention_lines: { kept: 'that it was erased and when, and nothing else' },
};
const ERASED = (Object.keys(WHEN_ERASED) as PerConsultation[]).filter((table) => WHEN_ERASED[table] === 'erased');

interface Erasure {
  area: string;
  kind: string;
  at: string;
  /** After a restore: others that were opened before may be due again, too. */
  isAgain: boolean;
}

async function eraseDerived(
  db: Database,
  consultation: string,
  { area, kind, at, isAgain }: Erasure,
  rowSums: Pick<RowSums, 'noteIn'>,
): Promise<void> {
  // The index of words is found by the number of the queue row, so it has to be deleted before that row.
  const row = db.selectFrom('desk_lines').select('number').where('consultation', '=', consultation);
  await db.deleteFrom('desk_words').where('rowid', 'in', row).execute();
  for (const table of ERASED) {
    const gone = await db.deleteFrom(table).where('consultation', '=', consultation).returningAll().execute();
    if (table in SUMMED) await rowSums.noteIn(db, table as SummedTable, { gone });
  }
  const drafts = await db
    .deleteFrom('drafts')
    .where(sql<boolean>`replace(form, ${consultation}, '') <> form or replace(page, ${consultation}, '') <> page`)
    .returningAll()
    .execute();
  await rowSums.noteIn(db, 'drafts', { gone: drafts });
  const opened = db.selectFrom('consultations').select('opened_at').where('id', '=', consultation);
  // The search for what the desk was never asked goes on from the newest of these.
  const since = kind === NEVER_ASKED && !isAgain ? sql<string>`(${opened})` : '';
  const facts = { kind, since, last: '', keep_until: null, held: 0, approved: 0, erased_at: at };
  await db
    .insertInto('retention_lines')
    .values({ consultation, area, ...facts })
    .onConflict((conflict) => conflict.column('consultation').doUpdateSet({ erased_at: at, approved: 0 }))
    .execute();
}
