import { paths } from '../../server/base/paths.ts';
import type { PerhapsSame } from '../../server/desk/perhaps-same.ts';

/** Of a school that rings for many children, and an office with one number. */
const MOST = 3;

/** Offered, in one line each: that a colleague writes about the same now may keep a child from being two half stories. */
export function PerhapsSameLines({ lines }: { lines: readonly PerhapsSame[] }) {
  return (
    <>
      {lines.slice(0, MOST).map(({ line, why }) => (
        <p class="fd-queue__who">
          <strong>May be the same as</strong>{' '}
          <a class="govuk-link" href={paths.deskRecord(line.consultation)}>
            {line.reference}
          </a>
          : {why.join(', ')}. {line.workerName === null ? 'Nobody has it' : `${line.workerName} has it`}.
        </p>
      ))}
      {lines.length > MOST && <p class="fd-queue__who">There are {lines.length - MOST} more like these.</p>}
    </>
  );
}
