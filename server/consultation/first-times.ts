import { withoutDenied } from './denied.ts';
import type { Entry, Happening } from './entry.ts';

/**
 * The instants at which the desk first claimed the consultation and first answered the asker. Later claims and answers
 * do not change them. Pure.
 */
export function firstTimes(entries: readonly Entry[]): { claimedAt?: string; answeredAt?: string } {
  const counting = withoutDenied(entries);
  const first = (...kinds: Happening['kind'][]) => counting.find(({ what }) => kinds.includes(what.kind))?.at;
  const claimedAt = first('claimed', 'passed on');
  const answeredAt = first('referrer answered');
  return { ...(claimedAt !== undefined && { claimedAt }), ...(answeredAt !== undefined && { answeredAt }) };
}
