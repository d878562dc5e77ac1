import { describeInstant } from '../../server/base/days.ts';
import { capitalise } from '../../server/base/text.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import { type Correction, correctionsOf } from '../../server/consultation/describe-entry.ts';

interface CorrectionsProps {
  corrections: Correction[];
  /** Path of the page with all entries, if that is another page. */
  record?: string | undefined;
}

/** Corrections, shown beside what they correct. */
export function Corrections({ corrections, record = '' }: CorrectionsProps) {
  return (
    <>
      {corrections.map(({ number, at, by, text, reason }) => (
        <p class="fd-entry__correction">
          <strong>Corrected:</strong> {capitalise(text)}
          {reason !== '' && `. Why: ${reason}`}{' '}
          <span class="fd-entry__when">
            {describeInstant(at)}, {by}, <a href={`${record}#entry-${number}`}>entry {number}</a>
          </span>
        </p>
      ))}
    </>
  );
}

interface CorrectionsOfProps {
  consultation: Pick<Consultation, 'entries' | 'corrections' | 'asker'>;
  /** Numbers of the entries whose values are shown above; undefined for values that nobody wrote. */
  of: readonly (number | undefined)[];
  record?: string | undefined;
}

/**
 * For every place where a page shows the value of a single entry: a text that was corrected is never shown without its
 * correction.
 */
export function CorrectionsOf({ consultation, of, record }: CorrectionsOfProps) {
  const numbers = [...new Set(of)].filter((number) => number !== undefined);
  const corrections = numbers.flatMap((number) => correctionsOf(consultation, number));
  return <Corrections corrections={corrections} record={record} />;
}
