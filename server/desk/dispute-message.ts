/** The message with which a referrer disputes an outcome: the area's own words, with the blanks filled in. No child is named in it. */
import { describeDay, localDay } from '../base/days.ts';
import type { Desk } from '../flow/desk.ts';
import { dueBy, type Now } from './deadlines.ts';
import type { DeskCase } from './desk-case.ts';

/** Undefined while there is nothing to dispute. */
export function draftDispute(desk: Desk, reference: string, { outcome }: DeskCase, now: Now): string | undefined {
  if (outcome === undefined) return undefined;
  const blanks: Record<string, string> = {
    reference,
    date: describeDay(localDay(outcome.at)),
    outcome: outcome.words,
    'decided by': outcome.decidedBy,
    'answer by': describeDay(dueBy('1 working day', now, desk) ?? now.today),
  };
  return desk.dispute.message.replace(/\{([^}]*)\}/g, (whole, name: string) => blanks[name] ?? whole);
}
