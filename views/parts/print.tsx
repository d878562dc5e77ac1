import { describeInstant } from './day.ts';

/** Stands at the top of every printed page; the foot of the page, with its number, is in the styles. */
export function PrintHead({ reference, openedAt, told }: { reference: string; openedAt: string; told: boolean }) {
  return (
    <div class="fd-print-head">
      <p>
        <strong>Front Door, consultation {reference}</strong>, {describeInstant(openedAt)}. This is not a referral.
        {!told && ' Children’s services have not been told yet.'}
      </p>
    </div>
  );
}
