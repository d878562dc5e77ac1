/** `7 working days` from a date → the day by which. Working days of England, bank holidays left out. */
import { describeWeekday } from './day.ts';

export interface Deadline {
  /** In words, such as `at once` or `within 7 working days`. */
  words: string;
  /** A date such as 2026-11-22; undefined for `at once`, `no set time`, hours, or a time that does not run yet. */
  by?: string;
  /** What it is counted from, when that is not the consultation. */
  from?: string;
}

/** `start`: the date from which it is counted, such as 2026-11-22. `holidays`: dates that are no working days. */
export function deadlineOf(within: string, start: string, holidays: readonly string[], from?: string): Deadline {
  const counted = from === undefined || from === 'consultation';
  const origin = counted ? {} : { from };
  if (within === 'at once' || within === 'no set time') return { words: within, ...origin };
  if (within === 'today') return { words: 'today', ...(counted && { by: start }), ...origin };
  const [count = '0', ...unit] = within.split(' ');
  const words = `within ${within}`;
  const by = counted ? addTime(start, Number(count), unit.join(' '), holidays) : undefined;
  return { words, ...(by !== undefined && { by }), ...origin };
}

/** Undefined for hours: those are not counted in days. */
export function addTime(start: string, count: number, unit: string, holidays: readonly string[]): string | undefined {
  const date = new Date(`${start}T00:00:00Z`);
  const single = unit.replace(/s$/, '');
  if (single === 'working day') return addWorkingDays(start, count, holidays);
  if (single === 'day') date.setUTCDate(date.getUTCDate() + count);
  else if (single === 'week') date.setUTCDate(date.getUTCDate() + 7 * count);
  else if (single === 'month') date.setUTCMonth(date.getUTCMonth() + count);
  else return undefined;
  return date.toISOString().slice(0, 10);
}

function addWorkingDays(start: string, count: number, holidays: readonly string[]): string {
  const date = new Date(`${start}T00:00:00Z`);
  for (let left = count; left > 0; ) {
    date.setUTCDate(date.getUTCDate() + 1);
    if (isWorkingDay(date, holidays)) left--;
  }
  return date.toISOString().slice(0, 10);
}

function isWorkingDay(date: Date, holidays: readonly string[]): boolean {
  const weekday = date.getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.includes(date.toISOString().slice(0, 10));
}

/** `Within 7 working days, by Tuesday 1 December 2026`. */
export function describeDeadline({ words, by, from }: Deadline): string {
  const start = words.charAt(0).toUpperCase() + words.slice(1);
  if (by !== undefined)
    return words === 'today' ? `${start}, ${describeWeekday(by)}` : `${start}, by ${describeWeekday(by)}`;
  return from === undefined ? start : `${start}, counted from ${from === 'referral' ? 'the referral' : from}`;
}
