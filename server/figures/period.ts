/**
 * For which time figures are given: whole months. Whole quarters in it are counted as quarters, the rest month by month, so that no two
 * ranges of dates overlap by less than a month. Pure.
 */
import { addMonths, type Month, quarterOf } from '../base/days.ts';

export interface Period {
  from: Month;
  to: Month;
}

/** What is protected as one: three months of a quarter, or one month alone. */
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

/** The quarters that it touches, whole: what has to be known to protect it. */
export function widenToQuarters({ from, to }: Period): Period {
  return { from: quarterAround(from).from, to: quarterAround(to).to };
}
