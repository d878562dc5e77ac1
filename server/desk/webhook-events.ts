/** What a case system can be told about a consultation by webhook. Pure. */
import type { Entry } from '../consultation/entry.ts';
import { type DeskCase, isOutcomeToSign } from './desk-case.ts';

export const WEBHOOK_EVENTS = ['consultation.asked', 'consultation.changed', 'consultation.closed'] as const;
type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/**
 * The event for entries that were written together. `deskCase`: the case after them. A decision that still needs its
 * second signature does not count as closed.
 */
export function eventOf(added: readonly Entry[], deskCase: DeskCase): WebhookEvent {
  const isAsked = added.some(({ what }) => what.kind === 'handed over' || what.kind === 'taken by telephone');
  if (isAsked) return 'consultation.asked';
  return deskCase.state === 'closed' && !isOutcomeToSign(deskCase) ? 'consultation.closed' : 'consultation.changed';
}
