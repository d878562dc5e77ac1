import { describeDay, localDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Now } from '../../server/desk/deadlines.ts';
import type { PathwayRules } from '../../server/flow/instruments/instrument.ts';
import { JUDGEMENT } from '../../server/flow/instruments/score.ts';
import type { PathwayLine, ReadyLine } from '../../server/store/pathways.ts';
import { DeskNav } from '../desk/desk-nav.tsx';
import { Due } from '../kit/due.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Section } from '../kit/section.tsx';

interface PathwaysPageProps {
  page: PageContext;
  lines: readonly PathwayLine[];
  ready: readonly ReadyLine[];
  /** Undefined if the area's documents have no such pathway. */
  rules: PathwayRules | undefined;
  now: Now;
}

/** The children that the specialist team is working with, and referrals for which no pathway has been opened. */
export function PathwaysPage({ page, lines, ready, rules, now }: PathwaysPageProps) {
  const open = lines.filter(({ state }) => state === 'open');
  const closed = lines.filter(({ state }) => state === 'closed');
  return (
    <Layout page={page} title="Pathways" desk wide>
      <DeskNav page={page} at="pathways" />
      <h1 class="fd-title">{rules?.title ?? 'Pathways'}</h1>
      {rules === undefined ? (
        <p>The documents of this area describe no pathway of a specialist team.</p>
      ) : (
        <p>{rules.says}</p>
      )}
      {rules !== undefined && rules.meetingLists.length > 0 && (
        <p>
          <a class="govuk-link" href={paths.meetingLists()}>
            Lists for the next meetings
          </a>
        </p>
      )}
      <Section id="ready" title="Referred, and no pathway yet">
        {ready.length === 0 && <p class="fd-empty">Nothing waits here</p>}
        <ul class="govuk-list">
          {ready.map(({ consultation, reference, child, closedAt }) => (
            <li>
              <a class="govuk-link" href={paths.pathway(consultation)}>
                {reference}
              </a>
              , {child || 'a child who is not named'}
              {closedAt !== null && `, outcome of ${describeDay(localDay(closedAt))}`}
            </li>
          ))}
        </ul>
      </Section>
      <Section id="open" title="Open">
        {open.length === 0 && <p class="fd-empty">No pathway is open</p>}
        {open.length > 0 && <p>{JUDGEMENT}</p>}
        <Lines lines={open} now={now} />
      </Section>
      <Section id="closed" title="Closed">
        {closed.length === 0 && <p class="fd-empty">No pathway was closed</p>}
        <Lines lines={closed} now={now} />
      </Section>
    </Layout>
  );
}

function Lines({ lines, now }: { lines: readonly PathwayLine[]; now: Now }) {
  return (
    <ul class="govuk-list">
      {lines.map(({ consultation, reference, child, referred, total, band, measuredOn, begun, dueBy, dueWhat }) => (
        <li class="fd-pathway-line">
          <a class="govuk-link" href={paths.pathway(consultation)}>
            {reference}
          </a>
          , {child || 'a child who is not named'}. Referred on {describeDay(referred)}.{' '}
          {total === null || measuredOn === null
            ? 'Not measured yet.'
            : `Measured on ${describeDay(measuredOn)}: ${total}, ${band} risk.`}{' '}
          {begun > 0 && `${begun === 1 ? 'One form is' : `${begun} forms are`} begun and not finished. `}
          {dueBy !== null && <Due by={dueBy} now={now} what={dueWhat} within={null} />}
        </li>
      ))}
    </ul>
  );
}
