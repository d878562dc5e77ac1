/**
 * The period that figures cover, in whole months. Whole quarters are counted as quarters and the rest month by month, so two periods never
 * differ by less than a month. Pure.
 */
import { addMonths, type Month, quarterOf } from '../base/days.ts';

export interface Period {
  from: Month;
  to: Month;
}

/** The unit in which numbers are hidden: the three months of a quarter, or a single month. */
export type Piece = Month[];

export function quarterAround(month: Month): Period {
  const [from, , to] = quarterOf(month);
  return { from, to };
}

export function monthsOf({ from, to }: Period): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

export function piecesOf(period: Period): Piece[] {
  const months = monthsOf(period);
  const isWhole = (quarter: readonly Month[]) => quarter.every((month) => months.includes(month));
  return months.flatMap((month): Piece[] => {
    const quarter = quarterOf(month);
    if (!isWhole(quarter)) return [[month]];
    return month === quarter[0] ? [quarter] : [];
  });
}

/** Extends the period to whole quarters: deciding what to hide needs all of them. */
export function widenToQuarters({ from, to }: Period): Period {
  return { from: quarterAround(from).from, to: quarterAround(to).to };
}
