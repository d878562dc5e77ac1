/**
 * Entries of consultations that somebody is answering, so that the next answer need not read them all again. They are never taken on trust: the
 * last of them is read each time, with all that came after it. Entries are appended and never changed; only an erasure replaces them, and it
 * replaces all. So while the last one stands as it was, the others do, whoever else writes to the database.
 */
import type { Entry } from '../consultation/entry.ts';
import type { Line } from './entry-lines.ts';

export interface KnownEntries {
  entries: readonly Entry[];
  /** As it is stored. */
  last: Line;
  /** How many letters all of them have, as they are stored. */
  letters: number;
}

export interface KeptEntries {
  find(consultation: string): KnownEntries | undefined;
  /** Only what is committed. */
  keep(consultation: string, known: KnownEntries): void;
}

const MOST_CONSULTATIONS = 200;
const MOST_ENTRIES = 60;
/** Ids of questions and of what was chosen. Whatever else was typed is somebody's words, and stays in the database alone. */
const ID = /^\w*$/;

export function createKeptEntries(): KeptEntries {
  const kept = new Map<string, KnownEntries>();
  return {
    find: (consultation) => kept.get(consultation),
    keep(consultation, known) {
      const added = addedSince(kept.get(consultation), known);
      // Moved to the end: what nobody has answered for longest goes first.
      kept.delete(consultation);
      if (known.entries.length > MOST_ENTRIES || !added.every(isOfAnybody)) return;
      kept.set(consultation, known);
      const [oldest] = kept.size > MOST_CONSULTATIONS ? kept.keys() : [];
      if (oldest !== undefined) kept.delete(oldest);
    },
  };
}

/** All of them, unless they are those of before and some more. */
function addedSince(before: KnownEntries | undefined, { entries }: KnownEntries): readonly Entry[] {
  const last = before?.entries.at(-1);
  return last !== undefined && entries[last.number - 1] === last ? entries.slice(last.number) : entries;
}

/** Names nobody and holds nobody's words. */
function isOfAnybody({ who, what }: Entry): boolean {
  if (who !== undefined) return false;
  if (what.kind === 'opened') return true;
  return what.kind === 'answered' && [what.answer].flat().every((one) => typeof one !== 'string' || ID.test(one));
}

export function isSameLine(one: Line, other: Line): boolean {
  return (
    one.number === other.number &&
    one.body === other.body &&
    one.at === other.at &&
    one.by === other.by &&
    one.kind === other.kind
  );
}
