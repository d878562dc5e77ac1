import type { Deadline } from '../../server/consultation/deadline.ts';
import { describeWeekday } from './day.ts';

/** `Within 7 working days, by Tuesday 1 December 2026`. */
export function describeDeadline({ words, by, from }: Deadline): string {
  const start = words.charAt(0).toUpperCase() + words.slice(1);
  if (by !== undefined)
    return words === 'today' ? `${start}, ${describeWeekday(by)}` : `${start}, by ${describeWeekday(by)}`;
  return from === undefined ? start : `${start}, counted from ${from === 'referral' ? 'the referral' : from}`;
}
