import { describeInstant } from '../../server/base/days.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import { TOLD_BEFORE } from '../../server/consultation/record.ts';
import { describeToldOf } from '../../server/desk/told.ts';

const WARNINGS = {
  yes: '',
  no: ' Children’s services have not been told yet.',
  'before this': ` ${TOLD_BEFORE}.`,
};

/** Header of every printed page. The footer with the page number is in the styles. */
export function PrintHead({ consultation, ...prints }: { consultation: Consultation } & PrintsProps) {
  const { reference, openedAt } = consultation;
  return (
    <div class="fd-print-head" {...printsOf(prints)}>
      <p>
        <strong>Front Door, consultation {reference}</strong>, {describeInstant(openedAt)}. This is not a referral.
        {WARNINGS[describeToldOf(consultation)]}
      </p>
    </div>
  );
}

interface PrintsProps {
  /** URL to post to, so that printing is logged. */
  prints: string;
  token: string;
}

/** Form that the script submits when the browser prints. */
export function printsOf({ prints, token }: PrintsProps) {
  return { 'data-prints': prints, 'data-token': token };
}
