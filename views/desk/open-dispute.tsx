import { describeInstant } from '../../server/base/days.ts';
import type { Now } from '../../server/desk/deadlines.ts';
import type { OpenDispute } from '../../server/desk/open-dispute.ts';
import { Due } from '../kit/due.tsx';

/**
 * For a manager who disputes their own decision: there may be no second manager to wait for, since some areas have only
 * one.
 */
const OWN =
  'The decision is your own: let another manager decide the dispute, where there is one. If there is none, say so in your reason.';

/**
 * Why the asker disputes the outcome, and by when that has to be decided. Shown in the queue and where it is decided.
 */
export function OpenDisputeLines({ dispute, now }: { dispute: OpenDispute | undefined; now: Now }) {
  if (dispute === undefined) return null;
  const { by, at, why, due, isAboutOwn } = dispute;
  return (
    <>
      <p class="fd-queue__question">
        {by}, {describeInstant(at)}: “{why.replace(/\s+/g, ' ')}”
      </p>
      {due !== undefined && (
        <p class="fd-queue__due">
          <Due by={due.by} within={due.within} what={`the dispute: ${due.do}`} now={now} />
        </p>
      )}
      {isAboutOwn && (
        <p class="fd-queue__who">
          <strong>{OWN}</strong>
        </p>
      )}
    </>
  );
}
