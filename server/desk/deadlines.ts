/** Deadlines: set from the area's timetable and compared with the clock. Pure. */
import { addTime } from '../base/days.ts';
import { describeWithin } from '../consultation/deadline.ts';
import type { DeadlineSet } from '../consultation/desk-happening.ts';
import type { Desk, DeskStep } from '../flow/desk.ts';

/** `at`: an instant; `today`: the day it falls on where the councils are. */
export interface Now {
  at: string;
  today: string;
}

const MS = { minute: 60_000, hour: 3_600_000 } as const;

/** What an area counts its times by. */
export type Timetable = Pick<Desk, 'holidays' | 'atOnceLateAfter'>;

/**
 * `1 working day`, `today` → a date; `2 hours`, `at once` → an instant. "At once" is late after the time that the area sets,
 * not immediately.
 */
export function dueBy(within: string, { at, today }: Now, timetable: Timetable): string | undefined {
  if (within === 'at once') return lateAt(at, timetable);
  if (within === 'today') return today;
  const [count = '0', ...unit] = within.split(' ');
  const single = unit.join(' ').replace(/s$/, '');
  if (single === 'minute' || single === 'hour')
    return new Date(Date.parse(at) + Number(count) * MS[single]).toISOString();
  return addTime(today, Number(count), unit.join(' '), timetable.holidays);
}

/** When something to be done at once is late, counted from this instant. */
export function lateAt(since: string, { atOnceLateAfter }: Pick<Timetable, 'atOnceLateAfter'>): string {
  const [count = '0', unit = ''] = atOnceLateAfter.split(' ');
  return new Date(Date.parse(since) + Number(count) * (unit.startsWith('hour') ? MS.hour : MS.minute)).toISOString();
}

/** Counts from now if it is counted from what happens now; otherwise it has no date yet. */
export function setDeadline(
  step: Pick<DeskStep, 'id' | 'do' | 'who' | 'within' | 'from'>,
  now: Now,
  timetable: Timetable,
): DeadlineSet {
  const { id, who, within, from } = step;
  const runs = from === undefined || from === 'consultation' || from === 'referral';
  const by = within !== undefined && runs ? dueBy(within, now, timetable) : undefined;
  return {
    id,
    do: step.do,
    who,
    ...(within !== undefined && { within, words: describeWithin(within) }),
    ...(by !== undefined && { by }),
    ...(!runs && { from }),
  };
}

/** By when it is owed, for another deadline that is owed by the same time. */
export function timeOf({ by, within, words }: Pick<DeadlineSet, 'by' | 'within' | 'words'>) {
  return {
    ...(by !== undefined && { by }),
    ...(within !== undefined && { within }),
    ...(words !== undefined && { words }),
  };
}

export function isOverdue(by: string | undefined, { at, today }: Now): boolean {
  if (by === undefined) return false;
  return isDay(by) ? by < today : by <= at;
}

/** Days and instants in one order: a day is over when it ends. */
export function sortKey(by: string): string {
  return isDay(by) ? `${by}T23:59:59.999Z` : by;
}

/** For sorting: the earliest first; what has no date comes last. */
export function compareDue(one: { by?: string | null | undefined }, other: typeof one): number {
  const key = ({ by }: typeof one) => (by === null || by === undefined ? '9' : sortKey(by));
  return key(one).localeCompare(key(other));
}

export function isDay(by: string): boolean {
  return by.length === 10;
}
