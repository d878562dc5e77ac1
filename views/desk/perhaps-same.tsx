import { paths } from '../../server/base/paths.ts';
import type { PerhapsSame } from '../../server/desk/perhaps-same.ts';

/** The list is cut, because a school may ring about many children, and an office may have one number for everybody. */
const MOST = 3;

/**
 * One line for each. If a worker knows that a colleague is writing about the same child now, the child does not become
 * two half stories.
 */
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
