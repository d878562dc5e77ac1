import { describeInstant } from '../../server/base/days.ts';

/** Stands at the top of every printed page; the foot of the page, with its number, is in the styles. */
export function PrintHead({
  reference,
  openedAt,
  told,
  ...prints
}: {
  reference: string;
  openedAt: string;
  told: boolean;
} & PrintsProps) {
  return (
    <div class="fd-print-head" {...printsOf(prints)}>
      <p>
        <strong>Front Door, consultation {reference}</strong>, {describeInstant(openedAt)}. This is not a referral.
        {!told && ' Children’s services have not been told yet.'}
      </p>
    </div>
  );
}

interface PrintsProps {
  /** Where it is kept that it was printed. */
  prints: string;
  token: string;
}

/** For the script that sees the browser print. */
export function printsOf({ prints, token }: PrintsProps) {
  return { 'data-prints': prints, 'data-token': token };
}
