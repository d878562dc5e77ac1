/** `7 working days` from a date → the day by which. Working days of England, bank holidays left out. */

import { addTime, describeWeekday } from '../base/days.ts';
import { capitalise } from '../base/text.ts';

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

/** `Within 7 working days, by Tuesday 1 December 2026`. */
export function describeDeadline({ words, by, from }: Deadline): string {
  const start = capitalise(words);
  if (by !== undefined)
    return words === 'today' ? `${start}, ${describeWeekday(by)}` : `${start}, by ${describeWeekday(by)}`;
  return from === undefined ? start : `${start}, counted from ${from === 'referral' ? 'the referral' : from}`;
}
