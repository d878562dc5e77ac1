import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { Details } from '../kit/details.tsx';
import { FormField } from '../kit/field.tsx';
import { ALWAYS, renderOnceWithSlots } from '../kit/render-once.ts';

/** A short form to ask the duty worker, on every question page. Errors are shown on the form's own page. */
/** `askedAt`: the instant at which the desk was last asked. */
export function AskDutyWorker({ id, token, askedAt }: { id: string; token: string; askedAt: string | undefined }) {
  if (askedAt === undefined) return <AskForm id={id} token={token} />;
  return (
    <p class="fd-ask fd-no-print">
      Sent to the duty desk on {describeInstant(askedAt)}. This is not a referral.{' '}
      <a class="govuk-link" href={paths.handover(id)}>
        See what became of it
      </a>
    </p>
  );
}

const AskForm = renderOnceWithSlots(
  ['id', 'token'],
  (_: { id: string; token: string }) => ALWAYS,
  ({ id, token }) => (
    <div class="fd-ask fd-no-print">
      <Details summary="Ask the duty worker" quiet>
        <p>
          <strong>This asks for a consultation. It is not a referral,</strong> and children’s services are not told by
          it. The duty worker sees your answers and your record. If a child is in danger, call 999 and do not wait.
        </p>
        <form method="post" action={paths.handovers(id)} novalidate>
          <input type="hidden" name="token" value={token} />
          <FormField
            field={{
              name: 'question',
              label: 'What do you want to ask?',
              hint: 'You do not have to name the child',
              kind: 'text',
            }}
            form="ask"
          />
          <FormField
            field={{
              name: 'reach',
              label: 'How the duty worker reaches you',
              hint: 'Telephone or e-mail at work',
              kind: 'line',
            }}
            form="ask"
          />
          <button type="submit" class="govuk-button govuk-button--secondary">
            Ask the duty worker
          </button>
        </form>
      </Details>
    </div>
  ),
);
