/** A form that is sent again from the same page has one effect: after a double click, Back, or a page that was left open. Pure. */
import { type Entry, type Happening, isRefusal, type Refusal } from '../consultation/entry.ts';

/** `seen`: the number of the last entry on the page of the form. An equal happening since then is not appended again. */
export function leaveOutRepeated(
  entries: readonly Entry[],
  decided: readonly Happening[] | Refusal,
  seen: string | undefined,
): readonly Happening[] | Refusal {
  if (isRefusal(decided) || seen === undefined || !/^\d{1,9}$/.test(seen)) return decided;
  const since = entries.filter(({ number }) => number > Number(seen)).map(({ what }) => wordsIn(what));
  return decided.length > 0 && decided.every((what) => since.includes(wordsIn(what))) ? [] : decided;
}

/** Deadlines are left out of the comparison, since they depend on the time of the entry. */
function wordsIn(what: Happening): string {
  return JSON.stringify(what, (key, value: unknown) => (key === 'deadlines' || key === 'by' ? undefined : value));
}
