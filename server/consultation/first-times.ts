import { withoutDenied } from './denied.ts';
import type { Entry, Happening } from './entry.ts';

/** When the desk first claimed it, and first answered whoever asked: instants. What was done again later changes neither. Pure. */
export function firstTimes(entries: readonly Entry[]): { claimedAt?: string; answeredAt?: string } {
  const counting = withoutDenied(entries);
  const first = (...kinds: Happening['kind'][]) => counting.find(({ what }) => kinds.includes(what.kind))?.at;
  const claimedAt = first('claimed', 'passed on');
  const answeredAt = first('referrer answered');
  return { ...(claimedAt !== undefined && { claimedAt }), ...(answeredAt !== undefined && { answeredAt }) };
}
