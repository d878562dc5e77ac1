import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { capitalise } from '../../server/base/text.ts';
import type { Now } from '../../server/desk/deadlines.ts';
import type { QueueRow } from '../../server/desk/queue-row.ts';
import type { FoundByName } from '../../server/store/queue-rows.ts';
import { Section } from '../kit/section.tsx';

const SIX_WEEKS_MS = 42 * 86_400_000;
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** Consultations about a child of the same name, as a list. Nothing is merged, and no level is lowered. */
export function Chronology({ lines, id, now }: { lines: QueueRow[]; id: string; now: Now }) {
  if (lines.length < 2) return null;
  const recent = lines.filter((line) => Date.parse(now.at) - Date.parse(line.askedAt) <= SIX_WEEKS_MS);
  return (
    <Section id="chronology" title="Consultations on a child of the same name">
      {recent.length > 1 && recent.some((line) => line.consultation === id) && (
        <p class="fd-notice">
          <strong>{capitalise(ORDINALS[recent.length - 1] ?? `${recent.length}th`)} consultation in six weeks.</strong>{' '}
          Look at them together. Several small worries can be one large one; an earlier answer never makes this one
          smaller.
        </p>
      )}
      <p>The same name may be another child: check before you rely on it. Nothing has been put together.</p>
      <ol class="fd-list">
        {lines.map((line) => (
          <li>
            {line.consultation === id ? (
              <strong>{line.reference}, this one</strong>
            ) : (
              <a class="govuk-link" href={paths.deskRecord(line.consultation)}>
                {line.reference}
              </a>
            )}
            , {describeInstant(line.askedAt)}. {line.agency}
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** Shown for a person to check: another spelling can be the same child, and the same spelling another child. */
export function SimilarNames({ lines }: { lines: FoundByName[] }) {
  if (lines.length === 0) return null;
  return (
    <Section id="similar" title="Consultations on a child with a similar name">
      <p>It may be the same child, written in another way, or another one. Nothing has been put together.</p>
      <ul class="fd-list">
        {lines.map((line) => (
          <li>
            <a class="govuk-link" href={paths.deskRecord(line.consultation)}>
              {line.reference}
            </a>
            , {line.childKey === line.named ? line.child : `a child of the household (“${line.named}”)`},{' '}
            {describeInstant(line.askedAt)}. {line.agency}
          </li>
        ))}
      </ul>
    </Section>
  );
}
