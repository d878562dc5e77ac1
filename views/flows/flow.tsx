import { describeDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { FlowSize } from '../../server/flow/compare/worked-cases.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { unfoldLink } from '../kit/folded.tsx';
import { Layout } from '../kit/layout.tsx';
import { type Link, LinkList } from '../kit/link-list.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { type DrawnLadder, Ladders, type Unfolded } from './flow-drawing.tsx';
import { Cases, Documents, Rules, type ShownRule, type ShownWorkedCase } from './flow-sections.tsx';
import { describeSize } from './flow-size-words.ts';
import { Signing } from './signing.tsx';

export interface FlowPageProps {
  page: PageContext;
  flow: Flow;
  version: string;
  day: string;
  numbers: FlowSize;
  ladders: DrawnLadder[];
  unfolded: Unfolded;
  cases: ShownWorkedCase[];
  /** The worked case whose path is drawn. */
  shown?: ShownWorkedCase;
  casesByStep: ReadonlyMap<string, string[]>;
  rules: ShownRule[];
}

/** One flow, drawn and in words, for checking against the guidance and signing. */
export function FlowPage(props: FlowPageProps) {
  const { page, flow, version, day, numbers, ladders, casesByStep, rules, cases, unfolded } = props;
  const open = unfolded.all;
  return (
    <Layout page={page} title={titleOfFlow(flow)} wide>
      <a class="govuk-link fd-back" href={paths.flows()}>
        All flows
      </a>
      <h1 class="fd-title">{flow.title}</h1>
      <p class="fd-lead">
        {flow.area.name}. Version <code>{version}</code>, on {describeDay(day)}.
      </p>
      <p>{describeSize(numbers)}</p>
      <Contents flow={flow} open={open} />
      <Ladders flow={flow} ladders={ladders} cases={casesByStep} unfolded={unfolded} shown={props.shown} />
      <Rules rules={rules} flow={flow} open={open} />
      <Cases cases={cases} flow={flow} open={open} />
      <Documents sources={flow.sources} open={open} />
      <Signing title={flow.title} area={flow.area.name} version={version} day={describeDay(day)} />
    </Layout>
  );
}

/** Neutral for the public and children, because the title appears in the browser's history. */
export function titleOfFlow({ reader, title, area }: Flow): string {
  return reader === 'professional' ? `${title} (flow, ${area.name})` : `Flow of ${area.name}`;
}

function Contents({ flow, open }: { flow: Flow; open: boolean }) {
  const [area, id] = [flow.area.id, flow.id];
  const links: Link[] = [
    ['#questions', 'Questions'],
    ['#rules', 'Safety rules'],
    ['#cases', 'Worked cases'],
    ['#documents', 'Documents'],
    ['#sign', 'Review and sign'],
    unfoldLink(paths.flow(area, id), open),
    [paths.flowCompare(area, id), 'Compare with another version'],
    [paths.flowPaper(area, id), 'The questions on paper'],
  ];
  return (
    <nav class="fd-contents fd-no-print" aria-label="On this page">
      <LinkList links={links} />
    </nav>
  );
}
