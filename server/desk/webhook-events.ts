/** What a case system can be told about a consultation by webhook. Pure. */
import type { Entry } from '../consultation/entry.ts';
import type { DeskCase } from './desk-case.ts';

export const WEBHOOK_EVENTS = ['consultation.asked', 'consultation.changed', 'consultation.closed'] as const;
type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** The event for entries written together. `state`: of the consultation after them. */
export function eventOf(added: readonly Entry[], state: DeskCase['state']): WebhookEvent {
  const isAsked = added.some(({ what }) => what.kind === 'handed over' || what.kind === 'taken by telephone');
  if (isAsked) return 'consultation.asked';
  return state === 'closed' ? 'consultation.closed' : 'consultation.changed';
}
