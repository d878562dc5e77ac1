import { paths } from '../../server/base/paths.ts';
import type { FlowSize } from '../../server/flow/compare/worked-cases.ts';
import type { Reader } from '../../server/flow/flow.ts';
import { Folded } from '../kit/folded.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { count, describeSize } from './flow-size-words.ts';

export interface FlowLine {
  area: string;
  flow: string;
  title: string;
  reader: Reader;
  version: string;
  size: FlowSize;
}

export interface InstrumentLine {
  area: string;
  id: string;
  title: string;
  completedBy: string;
  version: string;
}

export interface FlowsPageProps {
  page: PageContext;
  areas: { id: string; name: string; flows: FlowLine[]; instruments: InstrumentLine[] }[];
}

/** Every flow of every area, open to anybody who wants to check it. */
export function FlowsPage({ page, areas }: FlowsPageProps) {
  return (
    <Layout page={page} title="All flows">
      <h1 class="fd-title">All flows</h1>
      <p class="fd-lead">
        A flow is one ladder of questions, read downwards. Here stands all of it: each question, what each answer leads
        to, and the paragraph that it comes from. A safeguarding lead can read, print and sign each flow.
      </p>
      <p>
        What has to be safe at every door of every area is written once:{' '}
        <a class="govuk-link" href={paths.floor()}>
          the floor of national rules
        </a>
        .
      </p>
      <p>Press a heading to unfold its list.</p>
      {areas.map(({ id, name, flows, instruments }) => (
        <section class="fd-section" aria-labelledby={`area-${id}`}>
          <h2 class="govuk-heading-m" id={`area-${id}`}>
            {name}
          </h2>
          {READERS.map(([reader, words]) => (
            <Kind
              id={`${id}-${reader}`}
              title={words}
              areaName={name}
              lines={flows.filter((line) => line.reader === reader)}
            />
          ))}
          {instruments.length > 0 && <Instruments id={`${id}-instruments`} name={name} lines={instruments} />}
        </section>
      ))}
    </Layout>
  );
}

const READERS: readonly (readonly [Reader, string])[] = [
  ['professional', 'For professionals'],
  ['public', 'For the public'],
  ['child', 'For children and young people'],
];

/** Every area has flows with the same names, so the area's name is added for screen readers. */
function ofArea(title: string, areaName: string) {
  return (
    <>
      {title}
      <span class="govuk-visually-hidden">, {areaName}</span>
    </>
  );
}

interface KindProps {
  id: string;
  title: string;
  areaName: string;
  lines: FlowLine[];
}

/** The flows of an area for one kind of reader. */
function Kind({ id, title, areaName, lines }: KindProps) {
  if (lines.length === 0) return null;
  return (
    <Folded id={id} title={ofArea(title, areaName)} heading="h3" holds={count(lines.length, 'flow')}>
      <ul class="fd-flows">
        {lines.map((line) => (
          <Line line={line} areaName={areaName} />
        ))}
      </ul>
    </Folded>
  );
}

/** The documents' forms, each as an empty form. */
function Instruments({ id, name, lines }: { id: string; name: string; lines: InstrumentLine[] }) {
  return (
    <Folded id={id} title={ofArea('Instruments', name)} heading="h3" holds={count(lines.length, 'form')}>
      <ul class="fd-flows">
        {lines.map(({ area, id: instrument, title, completedBy, version }) => (
          <li class="fd-flows__flow">
            <h4 class="govuk-heading-s">
              <a class="govuk-link" href={paths.instrument(area, instrument)}>
                {title}
              </a>
            </h4>
            <p>Completed by: {completedBy}</p>
            <p class="fd-version">
              Version <code>{version}</code>
            </p>
          </li>
        ))}
      </ul>
    </Folded>
  );
}

function Line({ line, areaName }: { line: FlowLine; areaName: string }) {
  const { area, flow, title, version, size } = line;
  return (
    <li class="fd-flows__flow">
      <h4 class="govuk-heading-s">
        <a class="govuk-link" href={paths.flow(area, flow)}>
          {ofArea(title, areaName)}
        </a>
      </h4>
      <p>{describeSize(size)}</p>
      <p class="fd-version">
        Version <code>{version}</code>
      </p>
    </li>
  );
}
