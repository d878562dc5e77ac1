/**
 * For which time figures are given: whole months. Whole quarters in it are counted as quarters, the rest month by month, so that no two
 * ranges of dates overlap by less than a month. Pure.
 */

/** Such as 2026-11. */
export type Month = string;

export interface Period {
  from: Month;
  to: Month;
}

/** What is protected as one: three months of a quarter, or one month alone. */
export type Piece = Month[];

const LONDON_MONTH = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit' });

/** The month where the councils are. */
export function monthOf(instant: string): Month {
  return LONDON_MONTH.format(new Date(instant));
}

export function addMonths(month: Month, count: number): Month {
  const all = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${String(Math.floor(all / 12)).padStart(4, '0')}-${String((all % 12) + 1).padStart(2, '0')}`;
}

/** Its three months. January, April, July and October begin a quarter, of the calendar and of the councils' year alike. */
export function quarterOf(month: Month): Month[] {
  const first = addMonths(month, -((Number(month.slice(5)) - 1) % 3));
  return [first, addMonths(first, 1), addMonths(first, 2)];
}

export function quarterAround(month: Month): Period {
  const [from = month, , to = month] = quarterOf(month);
  return { from, to };
}

export function monthsOf({ from, to }: Period): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

export function piecesOf(period: Period): Piece[] {
  const months = monthsOf(period);
  const isWhole = (quarter: Month[]) => quarter.every((month) => months.includes(month));
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

export function firstDay(month: Month): string {
  return `${month}-01`;
}

export function lastDay(month: Month): string {
  return new Date(Date.parse(`${addMonths(month, 1)}-01T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
