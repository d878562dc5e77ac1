/**
 * How urgent a consultation still is. Writing down an outcome does not make a child safe, so urgency lasts beyond it.
 * Pure.
 */
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
 * A decided consultation stays as urgent as it was until the asker is answered and, if somebody is or may be in danger,
 * children's services are told. Both have to happen after it became so urgent. Before that, only a person can lower the
 * urgency.
 */
function isSettled(deskCase: DeskCase, { urgency, since }: StandingUrgency): boolean {
  if (isUndecided(deskCase)) return false;
  const isSince = (at: string | undefined) => at !== undefined && at >= since;
  const isAnswered = isSince(deskCase.answer?.at);
  return isAnswered && (urgency !== 'danger' || (isSince(deskCase.told) && !isNewsUntold(deskCase)));
}

/** Undefined once it is decided and settled, and nothing about it is urgent any more. */
export function readStandingUrgency(
  entries: readonly Entry[],
  deskCase: DeskCase,
  findFlow: FindFlow,
): StandingUrgency | undefined {
  const standing = readUrgency(entries, findFlow);
  // While it is undecided, danger can be an open question although nothing is urgent yet. Once it is decided, there is
  // nothing left to ask.
  if (standing.urgency === 'none' && !isUndecided(deskCase)) return undefined;
  return isSettled(deskCase, standing) ? undefined : standing;
}
