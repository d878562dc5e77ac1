/** A dispute that has not been decided yet, as the person who looks at it has to see it. Pure. */
import { describeDecider } from '../consultation/desk-record.ts';
import { type Deadline, type DeskCase, disputeSteps } from './desk-case.ts';
import { describeDisputed } from './readers.ts';
import { isNamedAs } from './signers.ts';

export interface OpenDispute {
  /** Who disputes it, in words. */
  by: string;
  /** When it was written: an instant. */
  at: string;
  /** In their words. */
  why: string;
  /** The step of the dispute that is due first; undefined if the area sets no time. */
  due?: Deadline;
  /** Whether the person who looks recorded the outcome, or is named as the one who decided it. */
  isAboutOwn: boolean;
}

export function openDispute(deskCase: DeskCase, { id, name }: { id: string; name: string }): OpenDispute | undefined {
  const { dispute, disputeDecision, outcome } = deskCase;
  if (dispute === undefined || disputeDecision !== undefined || deskCase.state !== 'closed') return undefined;
  const [due] = disputeSteps(deskCase);
  const isAboutOwn = outcome !== undefined && (outcome.who?.id === id || isNamedAs(describeDecider(outcome), name));
  return {
    by: describeDisputed(deskCase),
    at: dispute.at,
    why: dispute.why,
    isAboutOwn,
    ...(due !== undefined && { due }),
  };
}
