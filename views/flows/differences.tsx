import type { CaseDifference, Compared, DifferenceCount } from '../../server/flow/compare/compare.ts';
import { forEachTopic, MARKS } from '../../server/flow/marks.ts';
import { count } from './flow-size-words.ts';
import { caseName } from './plain-words.tsx';

export interface Comparison {
  version: string;
  cases: number;
  differing: CaseDifference[];
  /** Logged consultations of either version, and how many would end differently in the other. */
  logged: { words: string; tally: DifferenceCount }[];
  /** The maximum number of consultations compared. */
  most: number;
}

const TOPICS: Record<Compared, string> = {
  end: 'What to do',
  level: 'Level',
  ...forEachTopic((topic) => MARKS[topic].name),
  next: 'Next steps that differ',
};

export function Differences({ comparison: { version, cases, differing, logged, most } }: { comparison: Comparison }) {
  return (
    <>
      <section class="fd-section" aria-labelledby="logged">
        <h2 class="govuk-heading-m" id="logged">
          Consultations that were held
        </h2>
        {logged.map(({ words, tally }) => (
          <LoggedLine words={words} tally={tally} />
        ))}
        <p class="fd-map-key">
          The newest {most} consultations of this flow were looked at. Which ones they are is not shown here, because
          everybody can read this page.
        </p>
      </section>
      <section class="fd-section" aria-labelledby="cases">
        <h2 class="govuk-heading-m" id="cases">
          Worked cases
        </h2>
        <p role="status">
          {differing.length === 0
            ? `All ${count(cases, 'worked case')} come out the same in version ${version} and in the one in use now.`
            : `${differing.length} of ${count(cases, 'worked case')} came out differently in version ${version}.`}
        </p>
        {differing.map((item) => (
          <CaseTable item={item} />
        ))}
      </section>
    </>
  );
}

function CaseTable({ item: { id, story, differences } }: { item: CaseDifference }) {
  return (
    <div class="fd-table-scroll">
      <table class="fd-compare">
        <caption>
          {story} <span class="fd-spoken__cite">(case “{caseName(id)}”)</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">In that version</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ topic, before, after }) => (
            <tr>
              <th scope="row">{TOPICS[topic]}</th>
              <td>{before}</td>
              <td>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LoggedLine({ words, tally: { ended, different, byTopic } }: { words: string; tally: DifferenceCount }) {
  const topics = (Object.keys(TOPICS) as Compared[])
    .filter((topic) => byTopic[topic] > 0)
    .map((topic) => `${TOPICS[topic]}: ${byTopic[topic]}`);
  return (
    <p>
      {words}: {count(ended, 'consultation')} reached an end. {different} of them would end differently
      {topics.length > 0 && ` (${topics.join(', ')})`}.
    </p>
  );
}
