/**
 * A form that is sent twice from the same page takes effect once: after a double click, Back, or on a page that was
 * left open. Pure.
 */
import { type Entry, type Happening, isRefusal, type Refusal } from '../consultation/entry.ts';

/**
 * Leaves out happenings that are equal to one appended since the page was shown. `seen`: the number of the last entry
 * on that page.
 */
export function leaveOutRepeated(
  entries: readonly Entry[],
  decided: readonly Happening[] | Refusal,
  seen: string | undefined,
): readonly Happening[] | Refusal {
  if (isRefusal(decided) || seen === undefined || !/^\d{1,9}$/.test(seen)) return decided;
  const since = entries.filter(({ number }) => number > Number(seen)).map(({ what }) => wordsIn(what));
  return decided.length > 0 && decided.every((what) => since.includes(wordsIn(what))) ? [] : decided;
}

/** Deadlines are not compared, since they depend on the time of the entry. */
function wordsIn(what: Happening): string {
  return JSON.stringify(what, (key, value: unknown) => (key === 'deadlines' || key === 'by' ? undefined : value));
}
