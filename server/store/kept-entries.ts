/**
 * Caches the entries of consultations that somebody is answering, so that the next answer need not read them all again.
 * The cache is not simply trusted: its last entry, and everything after it, is read each time. Entries are only
 * appended; the one thing that changes them is an erasure, which replaces all of them. So if the last entry is as it
 * was, the others are too, whoever else writes to the database.
 */
import type { Entry } from '../consultation/entry.ts';
import type { StoredEntry } from './entry-lines.ts';

export interface KnownEntries {
  entries: readonly Entry[];
  /** As it is stored. */
  last: StoredEntry;
  /** How many characters all of them have as they are stored. */
  letters: number;
}

export interface KeptEntries {
  find(consultation: string): KnownEntries | undefined;
  /** Call it only with committed entries. */
  keep(consultation: string, known: KnownEntries): void;
}

const MOST_CONSULTATIONS = 200;
const MOST_ENTRIES = 60;
/** Ids of questions and options. Anything else was typed by somebody, and stays in the database only. */
const ID = /^\w*$/;

export function createKeptEntries(): KeptEntries {
  const kept = new Map<string, KnownEntries>();
  return {
    find: (consultation) => kept.get(consultation),
    keep(consultation, known) {
      const added = addedSince(kept.get(consultation), known);
      // Moved to the end, so that the consultation that nobody has answered for longest is dropped first.
      kept.delete(consultation);
      if (known.entries.length > MOST_ENTRIES || !added.every(isOfAnybody)) return;
      kept.set(consultation, known);
      const [oldest] = kept.size > MOST_CONSULTATIONS ? kept.keys() : [];
      if (oldest !== undefined) kept.delete(oldest);
    },
  };
}

/** All of the entries, unless they continue those that were kept before. */
function addedSince(before: KnownEntries | undefined, { entries }: KnownEntries): readonly Entry[] {
  const last = before?.entries.at(-1);
  return last !== undefined && entries[last.number - 1] === last ? entries.slice(last.number) : entries;
}

/** Whether the entry names nobody and contains nobody's words. */
function isOfAnybody({ who, what }: Entry): boolean {
  if (who !== undefined) return false;
  if (what.kind === 'opened') return true;
  return what.kind === 'answered' && [what.answer].flat().every((one) => typeof one !== 'string' || ID.test(one));
}

export function isSameLine(one: StoredEntry, other: StoredEntry): boolean {
  return (
    one.number === other.number &&
    one.body === other.body &&
    one.at === other.at &&
    one.by === other.by &&
    one.kind === other.kind
  );
}
