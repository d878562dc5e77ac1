/** The log: reads the entries of a consultation and appends what a decision returns. */
import { findErasure } from '../audit/erasure.ts';
import { type Author, type Entry, type Happening, isRefusal, type Refusal } from '../consultation/entry.ts';
import type { Chain } from './chain.ts';
import type { Engine } from './engine.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { Database } from './tables.ts';

/**
 * Reads the entries and returns what to append, or a refusal. It runs inside the transaction, so it must not change anything itself: whatever
 * the caller needs afterwards, it returns as `saw`. Nothing to append (a form sent twice) is `[]`.
 */
export type Decide<Saw = undefined> = (entries: readonly Entry[]) => Decision<Saw> | Promise<Decision<Saw>>;
export type Decision<Saw = undefined> =
  | Refusal
  | Appending<Saw>
  | (Saw extends undefined ? readonly Happening[] : never);

/** What to append, with what the decision was based on. */
export interface Appending<Saw> {
  append: readonly Happening[];
  saw: Saw;
}

/** All entries after the decision, and those of them that are new. */
export interface Appended {
  entries: Entry[];
  added: Entry[];
}

export interface Decided<Saw = undefined> extends Appended {
  saw: Saw;
}

export interface Log {
  /** In order; undefined when there is no such consultation. */
  read(id: string): Promise<Entry[] | undefined>;
  /**
   * In one transaction: load, decide, append. A refusal, or a `decide` that throws, appends nothing. An unknown or erased consultation is
   * refused as `not found`, and `decide` is not asked.
   */
  decide<Saw = undefined>(
    id: string,
    decide: Decide<Saw>,
    author: Entry['by'] | Author,
  ): Promise<Decided<Saw> | Refusal>;
}

/** Letters of a record in all, far more than any that was ever kept: 75 notes of the greatest length. */
const MOST_LETTERS = 1_500_000;
/** The last part is kept for short entries, so that a record that somebody filled up can still be answered, handed over and closed. */
const MOST_LETTERS_WITH_LONG = 1_000_000;
const LONG = 2_000;

const FULL: Refusal = {
  refused: 'invalid',
  message:
    'This record is full: it has a million letters. Nothing was saved. Write a shorter text, or open another consultation and name this one in it',
};

function isFull(lines: readonly Line[], happenings: readonly Happening[]): boolean {
  const letters = lines.reduce((sum, { body }) => sum + body.length, 0);
  if (letters < MOST_LETTERS_WITH_LONG / 2) return false;
  const added = happenings.map((happening) => JSON.stringify(happening).length);
  const after = added.reduce((sum, length) => sum + length, letters);
  return after > (Math.max(0, ...added) > LONG ? MOST_LETTERS_WITH_LONG : MOST_LETTERS);
}

/** An entry as it is stored. */
export interface Line {
  number: number;
  at: string;
  by: string;
  kind: string;
  body: string;
}

const NOT_FOUND: Refusal = {
  refused: 'not found',
  message: 'There is no such consultation. Check the address, or come back with your reference and code',
};

/** What is derived from the entries and kept beside them, in the same transaction. */
export type Projection = (db: Database, consultation: string, appended: Appended) => Promise<void>;

/** One after the other. */
export function updateProjections(...projections: Projection[]): Projection {
  return async (db, consultation, appended) => {
    for (const project of projections) await project(db, consultation, appended);
  };
}

function prepareLines(reading: Database) {
  return prepare<{ id: string }, Line>(reading, (db, value) =>
    db
      .selectFrom('entries')
      .select(['number', 'at', 'by', 'kind', 'body'])
      .where('consultation', '=', value('id'))
      .orderBy('number'),
  );
}

export function createEntryReader({ reading, read }: Pick<Engine, 'reading' | 'read'>): Pick<Log, 'read'> {
  const linesOf = prepareLines(reading);
  return {
    async read(id) {
      const lines = await read((db) => linesOf(db, { id }));
      return isThere(lines) ? lines.map(toEntry) : undefined;
    },
  };
}

/** An erased consultation gets the same answer as one that never existed. */
function isThere([first]: Line[]): boolean {
  return first !== undefined && findErasure(first.body) === undefined;
}

export function createLog(engine: Engine, chain: Chain, now: () => string, project: Projection): Log {
  const { reading, write } = engine;
  const linesOf = prepareLines(reading);
  const append = createAppend(reading, chain);
  return {
    ...createEntryReader(engine),
    decide: <Saw>(id: string, decide: Decide<Saw>, author: Entry['by'] | Author) =>
      write(async (db): Promise<Decided<Saw> | Refusal> => {
        const lines = await linesOf(db, { id });
        if (!isThere(lines)) return NOT_FOUND;
        const entries = lines.map(toEntry);
        const decision = await decide(entries);
        if (isRefusal(decision)) return decision;
        const { append: happenings, saw } = withWhatItSaw(decision);
        if (isFull(lines, happenings)) return FULL;
        const by = typeof author === 'string' ? { by: author } : author;
        const added = happenings.map((what, index) => ({ number: entries.length + index + 1, at: now(), ...by, what }));
        for (const entry of added) await append(db, id, entry);
        const appended = { entries: [...entries, ...added], added };
        if (added.length > 0) await project(db, id, appended);
        return { ...appended, saw };
      }),
  };
}

/** A plain list of happenings is a decision without `saw`. */
function withWhatItSaw<Saw>(decision: Appending<Saw> | readonly Happening[]): Appending<Saw> {
  return 'append' in decision ? decision : { append: decision, saw: undefined as Saw };
}

export type Append = (db: Database, consultation: string, entry: Entry) => Promise<void>;

export function createAppend(reading: Database, chain: Chain): Append {
  const insert: Prepared<Line & { consultation: string }, { seq: number }> = prepare(reading, (db, value) =>
    db
      .insertInto('entries')
      .values({
        consultation: value('consultation'),
        number: value('number'),
        at: value('at'),
        by: value('by'),
        kind: value('kind'),
        body: value('body'),
      })
      .returning('seq'),
  );
  return async (db, consultation, { number, at, by, who, what }) => {
    const { kind, ...rest } = what;
    const body = JSON.stringify(who === undefined ? rest : { ...rest, who });
    const seq = (await insert(db, { consultation, number, at, by, kind, body }))[0]?.seq ?? 0;
    await chain.addIn(db, { source: 'entries', seq, facts: [consultation, number, at, by, kind], body });
  };
}

/** `kind` is put before what the body says, in its text: to copy the object that comes of it would take longer than to read it. */
export function toEntry({ number, at, by, kind, body }: Line): Entry {
  const kindFirst = `{"kind":${JSON.stringify(kind)}${body === '{}' ? '' : ','}${body.slice(1)}`;
  const what = JSON.parse(kindFirst);
  if (what.who === undefined) return { number, at, by: by as Entry['by'], what };
  const { who, ...rest } = what;
  return { number, at, by: by as Entry['by'], who, what: rest };
}
