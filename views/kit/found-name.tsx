import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { QueueRow } from '../../server/desk/queue-row.ts';

/** Heading of a consultation in search results: its reference, and when the desk was asked. */
export function FoundName({
  row: { consultation, reference, askedAt },
}: {
  row: Pick<QueueRow, 'consultation' | 'reference' | 'askedAt'>;
}) {
  return (
    <p class="fd-queue__name">
      <a class="govuk-link" href={paths.deskRecord(consultation)}>
        {reference}
      </a>{' '}
      <span>asked {describeInstant(askedAt)}</span>
    </p>
  );
}
