/** Works out a deadline such as `7 working days` from a date, using the working days of England. */

import { addTime, describeWeekday } from '../base/days.ts';
import { capitalise } from '../base/text.ts';

export interface Deadline {
  /** For example `at once` or `within 7 working days`. */
  words: string;
  /** A day such as 2026-11-22. Undefined for `at once`, `no set time`, hours, or a deadline that has not started to run. */
  by?: string;
  /** The event it is counted from, if not the consultation. */
  from?: string;
}

/** `start`: the day to count from. `holidays`: days that are not working days. */
export function deadlineOf(within: string, start: string, holidays: readonly string[], from?: string): Deadline {
  const counted = from === undefined || from === 'consultation';
  const origin = counted ? {} : { from };
  if (within === 'at once' || within === 'no set time') return { words: within, ...origin };
  if (within === 'today') return { words: 'today', ...(counted && { by: start }), ...origin };
  const [count = '0', ...unit] = within.split(' ');
  const words = describeWithin(within);
  const by = counted ? addTime(start, Number(count), unit.join(' '), holidays) : undefined;
  return { words, ...(by !== undefined && { by }), ...origin };
}

/** A time from the guidance in words: `at once`, or `within 7 working days`. */
export function describeWithin(within: string): string {
  return ['at once', 'today', 'no set time'].includes(within) ? within : `within ${within}`;
}

/** For example `Within 7 working days, by Tuesday 1 December 2026`. */
export function describeDeadline({ words, by, from }: Deadline): string {
  const start = capitalise(words);
  if (by !== undefined)
    return words === 'today' ? `${start}, ${describeWeekday(by)}` : `${start}, by ${describeWeekday(by)}`;
  return from === undefined ? start : `${start}, counted from ${from === 'referral' ? 'the referral' : from}`;
}
