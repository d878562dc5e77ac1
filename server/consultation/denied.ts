/**
 * Entries that a later correction says did not happen. The entry stays in the record together with its correction, and
 * no longer counts. Pure.
 */
import { DESK_KINDS, type Deniable, isDeskKind } from './desk-happening.ts';
import type { Entry, Happening } from './entry.ts';

/**
 * Which kinds of entry can be said not to have happened: see `Deniable`. Those of the desk say so where they are
 * listed. Complete by its type.
 */
const DENIABLE: Record<Happening['kind'], Deniable> = {
  opened: false,
  answered: false,
  'asked again': false,
  moved: false,
  'asker named': false,
  'child named': false,
  told: true,
  'consent recorded': true,
  'parents recorded': true,
  shared: true,
  'police recorded': true,
  decided: false,
  noted: false,
  'taken away': false,
  'handover sheet taken away': false,
  'next hours recorded': false,
  'handover sheet sent': true,
  corrected: false,
  ...DESK_KINDS,
};

/** The original entry. A correction of a correction corrects that same entry. */
export function findCorrected(entries: readonly Entry[], number: number): Entry | undefined {
  const entry = entries[number - 1];
  return entry?.what.kind === 'corrected' ? findCorrected(entries, entry.what.corrects) : entry;
}

function deniable(what: Happening): Deniable {
  // If an answer made it urgent, the tool moved the deadline; no person dated it.
  if (what.kind === 'deadline dated') return what.within === undefined;
  if (what.kind === 'dispute decided') return (what.done ?? []).length > 0 && 'steps';
  return DENIABLE[what.kind];
}

/**
 * What can be said not to have happened: the entry itself, or the steps that it says were done. `isDesk`: whether the
 * desk says so.
 */
export function whatCanBeDenied({ what }: Entry, isDesk: boolean): false | 'entry' | 'steps' {
  // What the desk did, only the desk can deny.
  if (!isDesk && (isDeskKind(what.kind) || (what.kind === 'told' && what.toldBy === 'desk'))) return false;
  const found = deniable(what);
  return found === true ? 'entry' : found;
}

/** Numbers of the entries that did not happen, according to the last correction that says whether they did. */
export function readDenied(entries: readonly Entry[]): ReadonlySet<number> {
  const denied = new Set<number>();
  for (const { what } of entries) {
    if (what.kind !== 'corrected' || what.happened === undefined) continue;
    const corrected = findCorrected(entries, what.corrects);
    if (corrected === undefined || deniable(corrected.what) === false) continue;
    if (what.happened === 'no') denied.add(corrected.number);
    else denied.delete(corrected.number);
  }
  return denied;
}

/**
 * The entries that count, each with its own number: without those that did not happen, and without steps that were not
 * done.
 */
export function withoutDenied(entries: readonly Entry[]): readonly Entry[] {
  const denied = readDenied(entries);
  if (denied.size === 0) return entries;
  return entries.flatMap((entry) => {
    if (!denied.has(entry.number)) return [entry];
    const { what } = entry;
    return what.kind === 'dispute decided' ? [{ ...entry, what: { ...what, done: [] } }] : [];
  });
}

/** Numbers of the entries that no longer count. */
export function deniedEntries(entries: readonly Entry[]): ReadonlySet<number> {
  const counts = new Set(withoutDenied(entries).map(({ number }) => number));
  return new Set(entries.map(({ number }) => number).filter((number) => !counts.has(number)));
}
