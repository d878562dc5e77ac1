/**
 * Statistical disclosure control: hides small numbers, and enough others that no hidden number can be worked out from a total. Pure. The
 * tests attack it: they try all tables that would look the same and solve all sums over all ranges of dates.
 *
 * Quarters are decided first, since quarters are what councils report. Then the months: a row is shown in all three months of a quarter or
 * in none, so months and quarter together reveal no more than either alone.
 */

/** Value → count, for one figure and one month. */
export type Row = ReadonlyMap<string, number>;

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

function isSmall(count: number, floor: number): boolean {
  return count > 0 && count < floor;
}

/**
 * The values whose counts are hidden: the small ones, plus the smallest of the others and everything equal to it. The hidden counts are then
 * never all the same, and knowing this rule does not help to tell them apart. If all counts are small, all are hidden, zeros included.
 * `numbers` must add up to the total that is shown, and that total must not be small.
 */
export function hideSmall(numbers: Row, floor: number): Set<string> {
  const all = [...numbers];
  if (!all.some(([, count]) => isSmall(count, floor))) return new Set();
  const least = Math.min(...all.map(([, count]) => count).filter((count) => count >= floor));
  const hidden = least === Number.POSITIVE_INFINITY ? all : all.filter(([, count]) => count > 0 && count <= least);
  return new Set(hidden.map(([value]) => value));
}

/** Values to hide in every month of a quarter. Undefined if no month of it may be shown at all. */
function hideInMonths(months: readonly Row[], inQuarter: ReadonlySet<string>, floor: number) {
  const totals = months.map((month) => sum([...month.values()]));
  if (totals.some((total) => isSmall(total, floor))) return undefined;
  const values = [...new Set(months.flatMap((month) => [...month.keys()]))];
  const numbers = (value: string) => months.map((month) => month.get(value) ?? 0);
  const hidden = new Set(
    values.filter((value) => inQuarter.has(value) || numbers(value).some((n) => isSmall(n, floor))),
  );
  if (hidden.size === 0) return hidden;
  const others = values.filter((value) => !hidden.has(value)).sort((a, b) => sum(numbers(a)) - sum(numbers(b)));
  // The hidden counts of a month must not add up to a small number either.
  const isEnough = () =>
    months.every((month) => {
      const together = sum([...hidden].map((value) => month.get(value) ?? 0));
      return together >= floor || sum([...month.values()]) === 0;
    });
  for (let next = others.shift(); next !== undefined && !isEnough(); next = others.shift()) hidden.add(next);
  return hidden;
}

/** What to hide of one figure in one quarter and in its months. */
export interface Protected {
  /** Undefined if the quarter has too few consultations to show anything. */
  quarter?: ReadonlySet<string>;
  months?: ReadonlySet<string>;
}

export function protect(months: readonly Row[], floor: number): Protected {
  const quarter = addRows(months);
  if (isSmall(sum([...quarter.values()]), floor)) return {};
  const inQuarter = hideSmall(quarter, floor);
  const inMonths = hideInMonths(months, inQuarter, floor);
  return { quarter: inQuarter, ...(inMonths !== undefined && { months: inMonths }) };
}

export function addRows(rows: readonly Row[]): Map<string, number> {
  const all = new Map<string, number>();
  for (const row of rows) for (const [value, count] of row) all.set(value, (all.get(value) ?? 0) + count);
  return all;
}
