import { describeInstant } from '../../server/base/days.ts';
import { Section } from '../kit/section.tsx';

/** One entry of the log, in words. */
export interface EntryLine {
  number: number;
  at: string;
  by: string;
  words: string;
}

export function Entries({ entries }: { entries: EntryLine[] }) {
  return (
    <Section id="entries" title="All entries">
      <p>Every entry, in order. None is ever changed or removed.</p>
      <ul class="fd-entries">
        {entries.map(({ number, at, by, words }) => (
          <li id={`entry-${number}`}>
            <span class="fd-entries__number">{number}</span>
            <span class="fd-entries__words">
              {words}{' '}
              <span class="fd-entries__when">
                {describeInstant(at)}, {by}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
