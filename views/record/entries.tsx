import { describeInstant } from '../../server/base/days.ts';
import type { EntryLine } from '../../server/consultation/describe-entry.ts';
import { Section } from '../kit/section.tsx';

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
