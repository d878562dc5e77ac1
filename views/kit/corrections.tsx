import { describeInstant } from '../../server/base/days.ts';
import { capitalise } from '../../server/base/text.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import { type Correction, correctionsOf } from '../../server/consultation/describe-entry.ts';

interface CorrectionsProps {
  corrections: Correction[];
  /** Path of the page that has all entries, if it is another one. */
  record?: string | undefined;
}

/** Beside what they correct. */
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
  /** Numbers of the entries whose values are shown above; undefined for what nobody has written. */
  of: readonly (number | undefined)[];
  record?: string | undefined;
}

/** Wherever a page shows a value of an entry by itself: nobody takes a text that was corrected for one that stands. */
export function CorrectionsOf({ consultation, of, record }: CorrectionsOfProps) {
  const numbers = [...new Set(of)].filter((number) => number !== undefined);
  const corrections = numbers.flatMap((number) => correctionsOf(consultation, number));
  return <Corrections corrections={corrections} record={record} />;
}
