import type { Flow } from '../server/flow/flow.ts';
import type { FlowSize } from '../server/flow/worked.ts';
import { paths } from '../server/paths.ts';
import { count, describeSize } from './flows.tsx';
import { Layout } from './layout.tsx';
import { describeAge } from './parts/citation.tsx';
import { describeDay } from './parts/day.ts';
import { type DrawnLadder, Ladders, type Size } from './parts/flow_drawing.tsx';
import { Signing } from './parts/signing.tsx';
import { CiteLine, caseName } from './parts/spoken.tsx';
import type { Surroundings } from './surroundings.ts';

export interface FlowPageProps {
  around: Surroundings;
  flow: Flow;
  version: string;
  day: string;
  numbers: FlowSize;
  ladders: DrawnLadder[];
  size: Size;
  cases: ShownCase[];
  /** The worked case whose way the drawing shows. */
  shown?: ShownCase;
  casesByStep: ReadonlyMap<string, string[]>;
  /** What must always, or must never, come out. */
  rules: { says: string; cite: string[] }[];
}

export interface ShownCase {
  id: string;
  story: string;
  end: string;
  level?: string;
  questions: number;
}

/** One flow, drawn and in words, to be read against the guidance and signed. */
export function FlowPage(props: FlowPageProps) {
  const { around, flow, version, day, numbers, ladders, casesByStep, rules, cases } = props;
  return (
    <Layout around={around} title={titleOf(flow)} wide>
      <a class="govuk-link fd-back" href={paths.flows()}>
        All flows
      </a>
      <h1 class="fd-title">{flow.title}</h1>
      <p class="fd-lead">
        {flow.area.name}. Version <code>{version}</code>, on {describeDay(day)}.
      </p>
      <p>{describeSize(numbers)}</p>
      <Contents area={flow.area.id} flow={flow.id} />
      <Ladders flow={flow} ladders={ladders} cases={casesByStep} size={props.size} shown={props.shown} />
      <Rules rules={rules} flow={flow} />
      <Cases cases={cases} flow={flow} />
      <Documents flow={flow} />
      <Signing title={flow.title} area={flow.area.name} version={version} day={describeDay(day)} />
    </Layout>
  );
}

/** Neutral for whoever is not here for their work: it stands in the history of the browser. */
function titleOf({ reader, title, area }: Flow): string {
  return reader === 'professional' ? `${title} (flow, ${area.name})` : `Flow of ${area.name}`;
}

function Contents({ area, flow }: { area: string; flow: string }) {
  const links = [
    ['#drawn', 'Drawn, and read aloud'],
    ['#rules', 'Safety rules'],
    ['#cases', 'Worked cases'],
    ['#documents', 'Documents'],
    ['#sign', 'Review and sign'],
    [paths.flowCompare(area, flow), 'Compare with another version'],
  ];
  return (
    <nav class="fd-contents fd-no-print" aria-label="On this page">
      <ul>
        {links.map(([href, words]) => (
          <li>
            <a class="govuk-link" href={href}>
              {words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Rules({ rules, flow }: { rules: FlowPageProps['rules']; flow: Flow }) {
  return (
    <section class="fd-section" aria-labelledby="rules">
      <h2 class="govuk-heading-m" id="rules">
        Safety rules
      </h2>
      <p>
        {rules.length === 0
          ? 'No safety rule speaks of this flow yet.'
          : 'Held against every possible way through this flow:'}
      </p>
      <ul class="fd-list">
        {rules.map(({ says, cite }) => (
          <li>
            {says}
            <CiteLine cite={cite} sources={flow.sources} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Cases({ cases, flow }: { cases: ShownCase[]; flow: Flow }) {
  return (
    <section class="fd-section" aria-labelledby="cases">
      <h2 class="govuk-heading-m" id="cases">
        Worked cases
      </h2>
      <p>
        {cases.length === 0
          ? 'No worked case goes through this flow yet.'
          : 'Invented stories with the outcome that has to come out of each. They are checked at every change.'}
      </p>
      <ul class="fd-cases">
        {cases.map(({ id, story, end, level, questions }) => (
          <li id={`case-${id}`}>
            <p class="fd-cases__story">{story}</p>
            <p>
              {count(questions, 'question')}, then: <strong>{end}</strong>
              {level !== undefined && `. ${level}`}
            </p>
            <p class="fd-spoken__cite">
              Case “{caseName(id)}”.{' '}
              <a class="govuk-link fd-no-print" href={`${paths.flow(flow.area.id, flow.id)}?case=${id}#drawn`}>
                Show its way in the drawing
              </a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Documents({ flow }: { flow: Flow }) {
  return (
    <section class="fd-section" aria-labelledby="documents">
      <h2 class="govuk-heading-m" id="documents">
        Documents
      </h2>
      <ul class="fd-citations">
        {Object.values(flow.sources).map((source) => (
          <li id={`source-${source.id}`}>
            <strong>{source.id}</strong>: <cite>{source.title}</cite>, {source.publisher},{' '}
            {describeAge(source.published)}
            {source.reviewDue !== undefined && `, review due ${describeDay(source.reviewDue)}`}.
            {source.replacedBy !== undefined && ` A newer one stands: ${source.replacedBy}.`}
            {source.checked !== undefined && ` How far it is checked: ${source.checked}`}
            {source.note !== undefined && ` ${source.note}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
