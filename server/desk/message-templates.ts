/**
 * The area's message templates with the blanks filled in, for a person to edit. They do not name a child, and the tool
 * sends nothing.
 */
import { describeDay, localDay } from '../base/days.ts';
import { describeDecider } from '../consultation/desk-record.ts';
import type { Desk } from '../flow/desk.ts';
import { dueBy, type Now } from './deadlines.ts';
import { type DeskCase, isOutcomeToSign } from './desk-case.ts';

interface Filling {
  desk: Desk;
  reference: string;
  deskCase: DeskCase;
  now: Now;
}

/** Undefined if there is no outcome to dispute. */
export function draftDispute(filling: Filling): string | undefined {
  return filling.deskCase.outcome === undefined ? undefined : fillBlanks(filling.desk.dispute.message, filling);
}

/** A text with which an answer can begin. */
export interface BegunAnswer {
  id: string;
  label: string;
  text: string;
}

/**
 * The templates that suit the outcome. While there is no valid outcome, only those that do not mention it: nobody is
 * told of a decision that still needs a signature.
 */
export function answersToBeginWith(filling: Filling): BegunAnswer[] {
  const { desk, deskCase } = filling;
  const holds = deskCase.state === 'closed' && !isOutcomeToSign(deskCase);
  const outcome = holds ? deskCase.outcome?.outcome : undefined;
  return desk.answers
    .filter(({ text, outcomes }) =>
      outcome === undefined
        ? !/\{(date|outcome|decided by)\}/.test(text)
        : outcomes.length === 0 || outcomes.includes(outcome),
    )
    .map(({ id, label, text }) => ({ id, label, text: fillBlanks(text, filling) }));
}

function fillBlanks(text: string, { desk, reference, deskCase: { outcome }, now }: Filling): string {
  const blanks: Record<string, string> = {
    reference,
    ...(outcome !== undefined && {
      date: describeDay(localDay(outcome.at)),
      outcome: outcome.words,
      'decided by': describeDecider(outcome),
    }),
    'answer by': describeDay(dueBy('1 working day', now, desk) ?? now.today),
  };
  return text.replace(/\{([^}]*)\}/g, (whole, name: string) => blanks[name] ?? whole);
}
