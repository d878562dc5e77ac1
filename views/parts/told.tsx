import type { Recorded } from '../../server/consultation/consultation.ts';
import { describeInstant } from '../../server/consultation/day.ts';

/** Never looks like a referral that was made. Stays until the person says whom they told. */
export function ToldBanner({ told, recordAt }: { told?: Recorded<'told'>; recordAt?: string }) {
  if (told === undefined)
    return (
      <section class="fd-untold" aria-labelledby="told-title">
        <h2 class="fd-untold__title" id="told-title">
          You have not told children’s services yet
        </h2>
        <p>This page is advice. Nothing has been sent, and nobody has been told. It is not a referral.</p>
        {recordAt !== undefined && (
          <p class="fd-no-print">
            <a class="govuk-link" href={recordAt}>
              I have told them: write down whom, when, and the reference given
            </a>
          </p>
        )}
      </section>
    );
  return (
    <section class="fd-told" aria-labelledby="told-title">
      <h2 class="fd-told__title" id="told-title">
        You wrote down that you told children’s services
      </h2>
      <p>
        You spoke to {told.spokeTo}, {told.when}.{' '}
        {told.reference === '' ? 'No reference was given.' : `Reference given: ${told.reference}.`}
      </p>
      <p class="fd-told__note">Written down by you on {describeInstant(told.at)}. Front Door itself sends nothing.</p>
    </section>
  );
}

/** For the public and for children, who keep no record here. */
export function NobodyTold() {
  return (
    <section class="fd-untold" aria-labelledby="told-title">
      <h2 class="fd-untold__title" id="told-title">
        Nobody has been told yet
      </h2>
      <p>This page is advice. It sends nothing to anybody, and nobody will ring you because of it.</p>
    </section>
  );
}
