import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { PerhapsSame } from '../../server/desk/perhaps-same.ts';

/** Offered, in one line each. That somebody else writes about the same now may save a child from being two half stories. */
export function PerhapsSameLines({ lines }: { lines: readonly PerhapsSame[] }) {
  return (
    <>
      {lines.map(({ line, why }) => (
        <p class="fd-queue__who">
          <strong>May be the same as</strong>{' '}
          <a class="govuk-link" href={paths.deskRecord(line.consultation)}>
            {line.reference}
          </a>
          , {line.byTelephone ? 'rang' : 'asked'} {describeInstant(line.askedAt)}: {why.join(', ')}.{' '}
          {line.workerName === null ? 'Nobody has it' : `${line.workerName} has it`}.
        </p>
      ))}
    </>
  );
}
