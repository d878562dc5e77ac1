import type { Result } from '../../server/consultation/result.ts';
import { MARKS, TOPICS } from '../../server/flow/marks.ts';

/** The sections of a result that are there, as links. */
export function Contents({ result, record }: { result: Result; record?: boolean }) {
  return (
    <nav class="fd-no-print" aria-label="On this page">
      <ul class="fd-jump">
        {sectionsOf(result, record).map(([id, words]) => (
          <li>
            <a class="govuk-link" href={`#${id}`}>
              {words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function sectionsOf(result: Result, record = false): [string, string][] {
  const { write, next, doubts } = result;
  const sections: [string, string, boolean][] = [
    ['contacts', 'Whom to contact', true],
    ...TOPICS.map((topic): [string, string, boolean] => [topic, MARKS[topic].name, result[topic] !== undefined]),
    ['write-down', 'What to write down', write.length > 0],
    ['next', 'What happens next', next.length > 0],
    ['not-known', 'What is not known', doubts.length > 0],
    ['why', 'Why this', true],
    ['record', 'Your record', record],
  ];
  return sections.filter(([, , there]) => there).map(([id, words]) => [id, words]);
}
