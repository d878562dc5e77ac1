/** Deadlines: set from the area's timetable and compared with the clock. Pure. */
import { addTime } from '../base/days.ts';
import { describeWithin } from '../consultation/deadline.ts';
import type { DeadlineSet } from '../consultation/desk-happening.ts';
import type { Desk, DeskStep } from '../flow/desk.ts';

/** `at`: an instant. `today`: the day of that instant in London. */
export interface Now {
  at: string;
  today: string;
}

const MS = { minute: 60_000, hour: 3_600_000 } as const;

/** The parts of the area's `desk.yaml` by which its times are counted. */
export type Timetable = Pick<Desk, 'holidays' | 'atOnceLateAfter'>;

/**
 * The due time of a timetable entry. `1 working day` and `today` give a date; `2 hours` and `at once` give an instant.
 * "At once" means late after the area's own limit, not immediately late.
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

/** The instant from which something to be done at once is late. `since`: an instant. */
export function lateAt(since: string, { atOnceLateAfter }: Pick<Timetable, 'atOnceLateAfter'>): string {
  const [count = '0', unit = ''] = atOnceLateAfter.split(' ');
  return new Date(Date.parse(since) + Number(count) * (unit.startsWith('hour') ? MS.hour : MS.minute)).toISOString();
}

/** Sets a step's deadline. Only a step that is counted from the consultation or the referral gets a date now. */
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

/** The time of a deadline, for another one that is due at the same time. */
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

/** Makes days and instants comparable as texts: a day sorts by the instant at which it ends. */
export function sortKey(by: string): string {
  return isDay(by) ? `${by}T23:59:59.999Z` : by;
}

/** Sorts by due time, the earliest first, and deadlines without a date last. */
export function compareDue(one: { by?: string | null | undefined }, other: typeof one): number {
  const key = ({ by }: typeof one) => (by === null || by === undefined ? '9' : sortKey(by));
  return key(one).localeCompare(key(other));
}

export function isDay(by: string): boolean {
  return by.length === 10;
}
