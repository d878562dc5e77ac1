/**
 * Small numbers are hidden, and others with them, so that none can be worked out from a total. Pure. Tested by attack: all tables that
 * would look the same are tried, and all sums over all ranges of dates are solved.
 *
 * What is hidden in a quarter is decided first, since quarters are what is reported. Its months come after: a row is shown in all three
 * months or in none, so that months and quarter together give no more away than each of them.
 */

/** Numbers by value, for one figure and one month. */
export type Row = ReadonlyMap<string, number>;

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

function isSmall(count: number, floor: number): boolean {
  return count > 0 && count < floor;
}

/**
 * Values whose number is hidden: the small ones, and the smallest of the others, with all that are equal to it. So the hidden numbers are
 * never all the same, and the rule does not care which of them is which: whoever knows it cannot tell them apart. Where all numbers are
 * small everything is hidden, zeros too. `numbers` is all that a shown total is made of; that total is not small.
 */
export function hideSmall(numbers: Row, floor: number): Set<string> {
  const all = [...numbers];
  if (!all.some(([, count]) => isSmall(count, floor))) return new Set();
  const least = Math.min(...all.map(([, count]) => count).filter((count) => count >= floor));
  const hidden = least === Number.POSITIVE_INFINITY ? all : all.filter(([, count]) => count > 0 && count <= least);
  return new Set(hidden.map(([value]) => value));
}

/** Values hidden in every month of a quarter; undefined when a month by itself says too much, and none may be shown. */
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
  // Hidden together they are no small number either.
  const isEnough = () =>
    months.every((month) => {
      const together = sum([...hidden].map((value) => month.get(value) ?? 0));
      return together >= floor || sum([...month.values()]) === 0;
    });
  for (let next = others.shift(); next !== undefined && !isEnough(); next = others.shift()) hidden.add(next);
  return hidden;
}

/** All that may be known of one figure in one quarter, by its months. */
export interface Protected {
  /** Undefined: the quarter has too few consultations to say anything. */
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
