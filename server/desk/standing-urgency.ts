/** How urgent a consultation still is: an outcome that is written down protects nobody by itself. Pure. */
import { newsOf } from '../consultation/desk-record.ts';
import type { Entry } from '../consultation/entry.ts';
import { isUndecided } from './countersigning.ts';
import type { DeskCase } from './desk-case.ts';
import { type FindFlow, readUrgency, type StandingUrgency } from './urgency.ts';

/** Children's services were told, but before the consultation was opened, or before something new came. */
export function isNewsUntold(deskCase: DeskCase): boolean {
  return deskCase.told !== undefined && newsOf(deskCase) >= (deskCase.toldIn ?? 0);
}

/**
 * Decided, it stays as urgent as it was until whoever asked is answered and, if somebody is or may be in danger, children's services are told:
 * each after it became so urgent. Before that only a person lowers it.
 */
function isSettled(deskCase: DeskCase, { urgency, since }: StandingUrgency): boolean {
  if (isUndecided(deskCase)) return false;
  const isSince = (at: string | undefined) => at !== undefined && at >= since;
  const isAnswered = isSince(deskCase.answer?.at);
  return isAnswered && (urgency !== 'danger' || (isSince(deskCase.told) && !isNewsUntold(deskCase)));
}

/** Undefined once it is decided and settled: nothing about it is urgent any more. */
export function readStandingUrgency(
  entries: readonly Entry[],
  deskCase: DeskCase,
  findFlow: FindFlow,
): StandingUrgency | undefined {
  const standing = readUrgency(entries, findFlow);
  // Whether there is danger is asked while it is open; decided, there is nothing to ask.
  if (standing.urgency === 'none' && !isUndecided(deskCase)) return undefined;
  return isSettled(deskCase, standing) ? undefined : standing;
}
