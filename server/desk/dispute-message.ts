/** The message with which a referrer disputes an outcome: the area's own words, with the blanks filled in. No child is named in it. */
import type { Desk } from '../flow/desk.ts';
import { dueBy, type Now } from './deadlines.ts';
import type { DeskCase } from './desk-case.ts';

/** Undefined while there is nothing to dispute. */
export function draftDispute(desk: Desk, reference: string, { outcome }: DeskCase, now: Now): string | undefined {
  if (outcome === undefined) return undefined;
  const blanks: Record<string, string> = {
    reference,
    date: describeDate(outcome.at.slice(0, 10)),
    outcome: outcome.words,
    'decided by': outcome.decidedBy,
    'answer by': describeDate(dueBy('1 working day', now, desk.holidays) ?? now.today),
  };
  return desk.dispute.message.replace(/\{([^}]*)\}/g, (whole, name: string) => blanks[name] ?? whole);
}

function describeDate(date: string): string {
  const format: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', format);
}
