import type { Desk } from '../../server/flow/desk.ts';

/** The area's steps for a disputed outcome, and a text with which a dispute can begin. */
export function DisputeSteps({ desk, draft }: { desk: Desk; draft?: string }) {
  return (
    <>
      <ol class="fd-list">
        {desk.dispute.steps.map((step) => (
          <li>
            {step.do}. Who: {step.who}.{step.with !== undefined && ` With: ${step.with}.`}
            {step.within !== undefined && ` Time: ${step.within}.`}
          </li>
        ))}
      </ol>
      {draft !== undefined && (
        <>
          <p>A message to begin with. It does not name the child. Front Door does not send it.</p>
          <p class="fd-draft">{draft}</p>
          <p>
            <button type="button" class="govuk-button govuk-button--secondary" data-copy={draft} hidden>
              Copy the message
            </button>
          </p>
        </>
      )}
    </>
  );
}
