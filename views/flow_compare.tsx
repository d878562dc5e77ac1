import type { CaseDifference, Compared, Tally } from '../server/flow/compare.ts';
import type { Flow } from '../server/flow/flow.ts';
import { paths } from '../server/paths.ts';
import { count } from './flows.tsx';
import { Layout } from './layout.tsx';
import { describeInstant } from './parts/day.ts';
import { caseName } from './parts/spoken.tsx';
import type { Surroundings } from './surroundings.ts';

export interface FlowComparePageProps {
  around: Surroundings;
  flow: Flow;
  version: string;
  /** Versions that consultations were held in, the newest first. */
  kept: { version: string; firstUsedAt: string }[];
  /** As it was asked for; empty when the reader has to choose first. */
  asked: string;
  comparison?: Comparison;
}

export interface Comparison {
  version: string;
  cases: number;
  differing: CaseDifference[];
  /** Logged consultations of either version, as they would go in the other. */
  logged: { words: string; tally: Tally }[];
  /** How many consultations were looked at, at most. */
  most: number;
}

/** Two versions of a flow: what would come out otherwise. Anybody can read it, so consultations are counted and never named. */
export function FlowComparePage({ around, flow, version, kept, asked, comparison }: FlowComparePageProps) {
  return (
    <Layout around={around} title={`Compare versions: ${flow.title}`} wide>
      <a class="govuk-link fd-back" href={paths.flow(flow.area.id, flow.id)}>
        {flow.title}
      </a>
      <h1 class="fd-title">Compare two versions</h1>
      <p class="fd-lead">
        {flow.area.name}. In use now: version <code>{version}</code>.
      </p>
      <Versions flow={flow} version={version} kept={kept} asked={asked} />
      {asked !== '' && comparison === undefined && (
        <p role="status">No version {asked} of this flow is kept here. Choose one of those below.</p>
      )}
      {comparison !== undefined && <Differences comparison={comparison} />}
    </Layout>
  );
}

function Versions({ flow, version, kept, asked }: Pick<FlowComparePageProps, 'flow' | 'version' | 'kept' | 'asked'>) {
  const others = kept.filter((item) => item.version !== version);
  return (
    <section aria-labelledby="versions">
      <h2 class="govuk-heading-m" id="versions">
        Compare it with
      </h2>
      {others.length === 0 && (
        <p>No consultation was held in any other version yet, so there is none to compare with.</p>
      )}
      <ul class="fd-list">
        {others.map((item) => (
          <li>
            <a
              class="govuk-link"
              href={`${paths.flowCompare(flow.area.id, flow.id)}?with=${item.version}`}
              aria-current={item.version === asked ? 'true' : undefined}
            >
              Version <code>{item.version}</code>
            </a>
            , first used on {describeInstant(item.firstUsedAt)}
          </li>
        ))}
      </ul>
    </section>
  );
}

const TOPICS: Record<Compared, string> = {
  end: 'What to do',
  level: 'Level',
  parents: 'Parents',
  consent: 'Consent',
  police: 'Police',
  next: 'Next steps that differ',
};

function Differences({ comparison: { version, cases, differing, logged, most } }: { comparison: Comparison }) {
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
            : `${differing.length} of ${count(cases, 'worked case')} came out otherwise in version ${version}.`}
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

function LoggedLine({ words, tally: { ended, otherwise, byTopic } }: { words: string; tally: Tally }) {
  const topics = (Object.keys(TOPICS) as Compared[])
    .filter((topic) => byTopic[topic] > 0)
    .map((topic) => `${TOPICS[topic]}: ${byTopic[topic]}`);
  return (
    <p>
      {words}: {count(ended, 'consultation')} reached an end. {otherwise} of them would end otherwise
      {topics.length > 0 && ` (${topics.join(', ')})`}.
    </p>
  );
}
