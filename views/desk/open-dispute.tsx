import { describeInstant } from '../../server/base/days.ts';
import type { Now } from '../../server/desk/deadlines.ts';
import type { OpenDispute } from '../../server/desk/open-dispute.ts';
import { Due } from '../kit/due.tsx';

/** Nobody alone can be made to wait for a second manager: some areas have one. */
const OWN =
  'The decision is your own: let another manager decide the dispute, where there is one. If there is none, say so in your reason.';

/** What whoever asked sees differently, and by when it is to be settled: in the queue and at the decision. */
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
