/**
 * What the rows of a table come to, as `row-sums.ts` stores it: one sum for each of the last days on which rows were
 * written, and one for all older rows. A row belongs to the day on which it was last written. So a check of what was
 * written lately reads the rows of those days only, however many years of rows there are. Tables whose rows soon go
 * have one sum.
 *
 * As text: the sum of the older rows, then each day and its sum, the oldest day first. Sums can be added to one another,
 * so a day that is no longer kept apart goes into the older rows without reading them again. A change of a row changes
 * the text where its day stands, because reading all of it would cost more than the change.
 */

/** The older rows, and all rows of a table without days. */
export const OLDER = '';
/** By day, or `OLDER`. */
export type Totals = Map<string, bigint>;

/**
 * As many as a check of the newest day can need: the day of the head at which it begins, the days of now and of a day
 * ago, and one more, since a change is noted in the log some minutes later. Each makes a change dearer.
 */
export const KEPT_DAYS = 4;
const BITS = 256;
const DIGITS = BITS / 4;
export const NOTHING = '0'.repeat(DIGITS);
export const DAY_LETTERS = 10;
const DAY = /^\d{4}-\d\d-\d\d$/;
const LONGEST = DIGITS + KEPT_DAYS * (DAY_LETTERS + DIGITS + 2);

/** From this day on, each day has a sum of its own; empty if none has. */
export function oldestDay(text: string): string {
  const day = text.slice(DIGITS + 1, DIGITS + 1 + DAY_LETTERS);
  return DAY.test(day) ? day : '';
}

/** To which sum a row belongs. `at`: when it was written; undefined in tables without days. */
export function dayOf(at: string | undefined, oldest: string): string {
  const day = at?.slice(0, DAY_LETTERS) ?? '';
  // Anything else was not written by us. It must not break the text.
  return DAY.test(day) && day >= oldest ? day : OLDER;
}

export function addTo(totals: Totals, day: string, number: bigint): void {
  totals.set(day, (totals.get(day) ?? 0n) + number);
}

/** The text with the totals added to its sums. */
export function withTotals(text: string, totals: Totals): string {
  let added = text;
  for (const [day, number] of totals) added = withTotal(added, day, number);
  while (added.length > LONGEST) added = withoutOldest(added);
  return added;
}

function withTotal(text: string, day: string, number: bigint): string {
  const place = placeOf(text, day);
  if (place === undefined) return withTotal(withDay(text, day), day, number);
  const [before, sum, after] = [text.slice(0, place), sumAt(text, place), text.slice(place + DIGITS)];
  return `${before}${toDigits(sum + number)}${after}`;
}

const toDigits = (sum: bigint) => BigInt.asUintN(BITS, sum).toString(16).padStart(DIGITS, '0');
const sumAt = (text: string, place: number) => BigInt(`0x${text.slice(place, place + DIGITS)}`);

/** Where the sum of the day begins; undefined if it has none. */
function placeOf(text: string, day: string): number | undefined {
  if (day === OLDER) return 0;
  const before = ` ${day}=`;
  const place = text.indexOf(before);
  return place === -1 ? undefined : place + before.length;
}

function withDay(text: string, day: string): string {
  const [older, ...days] = text.split(' ');
  return [older, ...[...days, `${day}=${NOTHING}`].sort()].join(' ');
}

/** Its sum goes into that of the older rows. */
function withoutOldest(text: string): string {
  const place = placeOf(text, oldestDay(text)) ?? 0;
  return withTotal(text.slice(0, DIGITS) + text.slice(place + DIGITS), OLDER, sumAt(text, place));
}

/** The sums of totals over all rows. */
export function writeTotals(totals: Totals): string {
  const kept = [...totals.keys()].sort().slice(-KEPT_DAYS);
  const few: Totals = new Map();
  for (const [day, number] of totals) addTo(few, kept.includes(day) ? day : OLDER, number);
  return withTotals(NOTHING, few);
}

/**
 * The first day whose rows a check compares that begins at a line written then; empty if it has to compare all rows.
 * `at`: undefined if that is not known.
 */
export function firstDayToCompare(text: string | undefined, at: string | undefined): string {
  const [oldest, day] = [oldestDay(text ?? ''), dayOf(at, '')];
  return oldest !== '' && day >= oldest ? day : '';
}

/**
 * The days of which the text says something else than these totals over the rows. `from`: the first day that is
 * compared; empty for all, and the older rows.
 */
export function findDifferingDays(text: string, totals: Totals, from: string): string[] {
  const [, ...days] = text.split(' ').map((one) => one.slice(0, DAY_LETTERS));
  const all = new Set([OLDER, ...days, ...totals.keys()]);
  const isSame = (day: string) => {
    const place = placeOf(text, day);
    return (place === undefined ? 0n : sumAt(text, place)) === BigInt.asUintN(BITS, totals.get(day) ?? 0n);
  };
  return [...all].filter((day) => day >= from && !isSame(day)).sort();
}
