/** The log: reads the entries of a consultation and appends what a decision returns. */
import { findErasure } from '../audit/erasure.ts';
import { type Author, type Entry, type Happening, isRefusal, type Refusal } from '../consultation/entry.ts';
import type { Chain } from './chain.ts';
import type { Engine } from './engine.ts';
import { type StoredEntry, toEntry } from './entry-lines.ts';
import { createKeptEntries, isSameLine, type KnownEntries } from './kept-entries.ts';
import { type PreparedQuery, prepare } from './prepare.ts';
import type { Database } from './tables.ts';

/**
 * Reads the entries and returns what to append, or a refusal. It runs inside the transaction and must not change
 * anything itself; what the caller needs afterwards is returned as `saw`. If there is nothing to append, as for a form
 * that was sent twice, it returns `[]`.
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

/** All entries after the decision, and the new ones among them. */
export interface Appended {
  entries: readonly Entry[];
  added: readonly Entry[];
}

export interface Decided<Saw = undefined> extends Appended {
  saw: Saw;
}

export interface Log {
  /** The entries in order; undefined if there is no such consultation. */
  read(id: string): Promise<Entry[] | undefined>;
  /**
   * Loads, decides and appends in one transaction. A refusal, or a `decide` that throws, appends nothing. An unknown or
   * erased consultation is refused as `not found` without calling `decide`.
   */
  decide<Saw = undefined>(
    id: string,
    decide: Decide<Saw>,
    author: Entry['by'] | Author,
  ): Promise<Decided<Saw> | Refusal>;
}

/**
 * Characters in a whole record, as stored. That is far more than any record has ever had: 75 notes of the greatest
 * length.
 */
const MOST_LETTERS = 1_500_000;
/**
 * The remainder is reserved for short entries, so that a record that somebody has filled up can still be answered,
 * handed over and closed.
 */
const MOST_LETTERS_WITH_LONG = 1_000_000;
const LONG = 2_000;

const FULL: Refusal = {
  refused: 'invalid',
  message:
    'This record is full: it has a million letters. Nothing was saved. Write a shorter text, or open another consultation and name this one in it',
};

/** `letters`: how many characters the record has. */
function isFull(letters: number, happenings: readonly Happening[]): boolean {
  if (letters < MOST_LETTERS_WITH_LONG / 2) return false;
  const added = happenings.map((happening) => JSON.stringify(happening).length);
  const after = added.reduce((sum, length) => sum + length, letters);
  return after > (Math.max(0, ...added) > LONG ? MOST_LETTERS_WITH_LONG : MOST_LETTERS);
}

const NOT_FOUND: Refusal = {
  refused: 'not found',
  message: 'There is no such consultation. Check the address, or come back with your reference and code',
};

/** Updates something that is derived from the entries, in the same transaction. */
export type Projection = (db: Database, consultation: string, appended: Appended) => Promise<void>;

/** Runs them one after the other. */
export function updateProjections(...projections: Projection[]): Projection {
  return async (db, consultation, appended) => {
    for (const project of projections) await project(db, consultation, appended);
  };
}

function prepareLines(reading: Database) {
  return prepare<{ id: string }, StoredEntry>(reading, (db, value) =>
    selectLines(db).where('consultation', '=', value('id')).orderBy('number'),
  );
}

function selectLines(db: Database) {
  return db.selectFrom('entries').select(['number', 'at', 'by', 'kind', 'body']);
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

/** An erased consultation is treated like one that never existed. */
function isThere([first]: StoredEntry[]): boolean {
  return first !== undefined && findErasure(first.body) === undefined;
}

export function createLog(engine: Engine, chain: Chain, now: () => string, project: Projection): Log {
  const { reading, write } = engine;
  const readKnown = prepareKnown(reading);
  const append = createAppend(reading, chain);
  const kept = createKeptEntries();
  return {
    ...createEntryReader(engine),
    async decide<Saw>(id: string, decide: Decide<Saw>, author: Entry['by'] | Author) {
      const { answer, after } = await write(async (db): Promise<Outcome<Saw>> => {
        const known = await readKnown(db, id, kept.find(id));
        if (known === undefined) return { answer: NOT_FOUND };
        const { entries } = known;
        const decision = await decide(entries);
        if (isRefusal(decision)) return { answer: decision };
        const { append: happenings, saw } = withWhatItSaw(decision);
        if (isFull(known.letters, happenings)) return { answer: FULL };
        const by = typeof author === 'string' ? { by: author } : author;
        const added = happenings.map((what, index) => ({ number: entries.length + index + 1, at: now(), ...by, what }));
        if (added.length === 0) return { answer: { entries, added, saw }, after: known };
        const lines: StoredEntry[] = [];
        for (const entry of added) lines.push(await append(db, id, entry));
        const after = withMore(known, added, lines);
        await project(db, id, { entries: after.entries, added });
        return { answer: { entries: after.entries, added, saw }, after };
      });
      if (after !== undefined) kept.keep(id, after);
      return answer;
    },
  };
}

interface Outcome<Saw> {
  answer: Decided<Saw> | Refusal;
  /** The entries to keep once the transaction is committed. */
  after?: KnownEntries;
}

/**
 * Returns a function that reads all entries; undefined if there is no such consultation or it was erased. `known`: the
 * entries of an earlier step.
 */
function prepareKnown(reading: Database) {
  const linesOf = prepareLines(reading);
  const linesFrom = prepare<{ id: string; from: number }, StoredEntry>(reading, (db, value) =>
    selectLines(db).where('consultation', '=', value('id')).where('number', '>=', value('from')).orderBy('number'),
  );
  return async (db: Database, id: string, known: KnownEntries | undefined): Promise<KnownEntries | undefined> => {
    if (known !== undefined) {
      const [last, ...newer] = await linesFrom(db, { id, from: known.last.number });
      if (last !== undefined && isSameLine(last, known.last)) return withMore(known, newer.map(toEntry), newer);
    }
    const lines = await linesOf(db, { id });
    const last = lines.at(-1);
    if (last === undefined || !isThere(lines)) return undefined;
    return { entries: lines.map(toEntry), last, letters: lettersOf(lines) };
  };
}

/** `lines`: the same entries as they are stored. */
function withMore(known: KnownEntries, added: readonly Entry[], lines: readonly StoredEntry[]): KnownEntries {
  const last = lines.at(-1);
  if (last === undefined) return known;
  return { entries: [...known.entries, ...added], last, letters: known.letters + lettersOf(lines) };
}

function lettersOf(lines: readonly StoredEntry[]): number {
  return lines.reduce((sum, { body }) => sum + body.length, 0);
}

/** A plain list of happenings is a decision without `saw`. */
function withWhatItSaw<Saw>(decision: Appending<Saw> | readonly Happening[]): Appending<Saw> {
  return 'append' in decision ? decision : { append: decision, saw: undefined as Saw };
}

/** Appends an entry and returns it as it is stored. */
export type AppendEntry = (db: Database, consultation: string, entry: Entry) => Promise<StoredEntry>;

export function createAppend(reading: Database, chain: Chain): AppendEntry {
  const insert: PreparedQuery<StoredEntry & { consultation: string }, { seq: number }> = prepare(reading, (db, value) =>
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
    const line = { number, at, by, kind, body };
    const seq = (await insert(db, { consultation, ...line }))[0]?.seq ?? 0;
    await chain.addIn(db, { source: 'entries', seq, facts: [consultation, number, at, by, kind], body });
    return line;
  };
}
