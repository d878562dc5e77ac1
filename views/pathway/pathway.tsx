import { describeDay, describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { EntryLine } from '../../server/consultation/describe-entry.ts';
import { describeReduction } from '../../server/consultation/describe-pathway.ts';
import type { Now } from '../../server/desk/deadlines.ts';
import { type DeskCase, openDeadlines } from '../../server/desk/desk-case.ts';
import type { Instrument, PathwayRules } from '../../server/flow/instruments/instrument.ts';
import { describeState } from '../../server/pathway/filling.ts';
import { deadlineIds } from '../../server/pathway/opening.ts';
import { measurementsOf, type Pathway, readReduction, type Sheet } from '../../server/pathway/pathway.ts';
import { DeskForm, deskErrorsOf, type FailedDeskForm, FoldedForm } from '../desk/desk-form.tsx';
import { DeskNav } from '../desk/desk-nav.tsx';
import { Due } from '../kit/due.tsx';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { printsOf } from '../kit/print.tsx';
import { Section } from '../kit/section.tsx';
import { type Correcting, Entries } from '../record/entries.tsx';
import { RiskOverTime } from './chart.tsx';
import { BandName } from './total.tsx';

export interface PathwayPageProps {
  page: PageContext;
  id: string;
  reference: string;
  child: string;
  deskCase: DeskCase;
  rules: PathwayRules;
  instruments: ReadonlyMap<string, Instrument>;
  /** Undefined if none was opened. */
  pathway: Pathway | undefined;
  /** Number of the last entry. */
  seen: number;
  /** Every entry of the pathway, in words. */
  entries: EntryLine[];
  /** The entry whose correction is open, and the field that asks what is wrong with it. */
  correcting?: Pick<Correcting, 'subject'> & { open: number };
  canOpen: boolean;
  /** Why this person cannot close it now. */
  missingForExit: string | undefined;
  may: { write: boolean; open: boolean; overrule: boolean; seeConsultation: boolean };
  now: Now;
  failed?: FailedDeskForm;
}

/** The pathway of one child, from the referral to the exit. */
export function PathwayPage(props: PathwayPageProps) {
  const { page, id, reference, rules, pathway, failed, may } = props;
  return (
    <Layout page={page} title="Pathway" error={failed !== undefined} desk wide>
      {failed !== undefined && <ErrorSummary errors={deskErrorsOf(failed)} />}
      <DeskNav page={page} />
      <a class="govuk-link fd-back" href={paths.pathways()}>
        All pathways
      </a>
      <h1 class="fd-title" {...printsOf({ prints: paths.pathwayPrints(id), token: page.token })}>
        Pathway, {reference}
      </h1>
      <p class="fd-lead">{rules.title}</p>
      {may.seeConsultation && (
        <p>
          <a class="govuk-link" href={paths.deskRecord(id)}>
            The consultation that it was opened from
          </a>
        </p>
      )}
      {pathway === undefined ? <NotOpened {...props} /> : <Opened {...props} pathway={pathway} />}
    </Layout>
  );
}

function formOf({ page, seen, failed }: PathwayPageProps) {
  return { token: page.token, hidden: { seen: String(seen) }, ...(failed !== undefined && { failed }) };
}

/** A pathway is only ever opened by a person. */
function NotOpened(props: PathwayPageProps) {
  const { id, rules, canOpen, may } = props;
  return (
    <Section id="openings" title="No pathway is open">
      {!canOpen && (
        <p>
          A pathway opens from a consultation about exploitation whose outcome is a referral. This one has no such
          outcome.
        </p>
      )}
      {canOpen && may.open && (
        <>
          <p>{rules.says} The times are counted from the day of the referral.</p>
          <DeskForm
            noun="openings"
            action={paths.pathwayAction(id, 'openings')}
            submit="Open the pathway"
            primary
            fields={OPENING}
            {...formOf(props)}
          />
        </>
      )}
    </Section>
  );
}

const OPENING = [
  { name: 'referred', label: 'Day of the referral', hint: 'Such as 27 3 2026', kind: 'line' },
  { name: 'why', label: 'Why it is opened, and who decided it', kind: 'text' },
] as const satisfies Parameters<typeof DeskForm>[0]['fields'];

type OpenedProps = PathwayPageProps & { pathway: Pathway };

function Opened(props: OpenedProps) {
  const { pathway, child, rules, may, instruments } = props;
  const canWrite = may.write && pathway.state === 'open';
  const measured = rules.reducedIn === undefined ? [] : measurementsOf(pathway, rules.reducedIn);
  const bands = (rules.reducedIn === undefined ? undefined : instruments.get(rules.reducedIn))?.score?.bands ?? [];
  return (
    <>
      <dl class="fd-facts">
        <Fact name="Child" value={child || 'not named in the consultation'} />
        <Fact name="Referred" value={describeDay(pathway.opened.referred)} />
        <Fact
          name="Opened"
          value={`${describeInstant(pathway.opened.at)}${pathway.opened.who === undefined ? '' : `, by ${pathway.opened.who.name}, ${pathway.opened.who.role}`}. ${pathway.opened.why}`}
        />
        <Fact
          name="State"
          value={pathway.closed === undefined ? 'Open' : `Closed ${describeInstant(pathway.closed.at)}`}
        />
      </dl>
      {pathway.closed !== undefined && <Closed {...props} closed={pathway.closed} />}
      <PathwayDeadlines {...props} />
      <Sheets {...props} canWrite={canWrite} />
      {rules.reducedIn !== undefined && (
        <Section id="risk" title="Risk over time">
          <RiskOverTime measured={measured} bands={bands} />
        </Section>
      )}
      <Placement {...props} canWrite={canWrite} />
      <Notes {...props} canWrite={canWrite} />
      {canWrite && <Exit {...props} />}
      <Written {...props} />
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div class="fd-facts__row">
      <dt>{name}</dt>
      <dd class="fd-entry">{value}</dd>
    </div>
  );
}

function Closed({ closed, ...props }: OpenedProps & { closed: NonNullable<Pathway['closed']> }) {
  const { id, may } = props;
  return (
    <Section id="closings" title="Closed">
      <p>
        {describeReduction(closed.reduced, closed.first, closed.last)}. Reason: {closed.reason}
        {closed.who !== undefined && ` (${closed.who.name}, ${closed.who.role})`}
      </p>
      {may.write && (
        <FoldedForm
          summary="Something new is known"
          noun="reopenings"
          action={paths.pathwayAction(id, 'reopenings')}
          submit="Open it again"
          fields={[{ name: 'reason', label: 'What is new', kind: 'text' }]}
          {...formOf(props)}
        />
      )}
    </Section>
  );
}

/** The pathway's own deadlines; those of the desk are on the consultation's page. */
function PathwayDeadlines({ id, deskCase, now, rules, instruments }: OpenedProps) {
  const ids = deadlineIds(rules, instruments);
  const open = openDeadlines(deskCase).filter((deadline) => ids.has(deadline.id));
  return (
    <Section id="deadlines" title="What is due">
      {open.length === 0 && <p class="fd-empty">Nothing is open.</p>}
      <ul class="fd-deadlines">
        {open.map(({ by, do: what, from, who, within }) => (
          <li>
            {by === undefined ? (
              `No date yet${from === undefined ? '' : `, counted from ${from}`}: ${what}`
            ) : (
              <Due by={by} now={now} what={what} within={within} />
            )}{' '}
            <span class="fd-hint">Who: {who}</span>
          </li>
        ))}
      </ul>
      {open.some(({ by }) => by !== undefined) && (
        <p class="fd-no-print">
          <a class="govuk-link" href={paths.pathwayCalendar(id)} download>
            Put the dates into your calendar
          </a>
          . The file says the reference and what is due, and nothing about the child.
        </p>
      )}
    </Section>
  );
}

function Sheets(props: OpenedProps & { canWrite: boolean }) {
  const { id, pathway, rules, instruments, canWrite } = props;
  const known = rules.instruments.flatMap((name) => instruments.get(name) ?? []);
  return (
    <Section id="sheets" title="Forms and meetings">
      {known.map((instrument) => (
        <div>
          <h3 class="govuk-heading-s">{instrument.title}</h3>
          <SheetList id={id} sheets={pathway.sheets.filter((sheet) => sheet.instrument === instrument.id)} />
          {instrument.again.length > 0 && <p class="fd-hint">Done again: {instrument.again.join('; ')}</p>}
        </div>
      ))}
      {canWrite && (
        <DeskForm
          noun="sheets"
          action={paths.pathwaySheets(id)}
          submit="Begin it"
          fields={[
            {
              name: 'instrument',
              label: 'Begin a form',
              kind: 'choice',
              choices: known.map(({ id: name, title }) => [name, title] as const),
            },
            {
              name: 'reason',
              label: 'Why it is filled in now',
              hint: 'Such as “3 month review”, or the incident',
              kind: 'line',
            },
          ]}
          {...formOf(props)}
        />
      )}
    </Section>
  );
}

/** Every version is kept. One that is not finished is shown separately, and does not count. */
function SheetList({ id, sheets }: { id: string; sheets: readonly Sheet[] }) {
  if (sheets.length === 0) return <p class="fd-empty">Not done yet</p>;
  return (
    <ul class="govuk-list govuk-list--bullet">
      {[...sheets].reverse().map((sheet) => (
        <li>
          <a class="govuk-link" href={paths.pathwaySheet(id, sheet.number)}>
            {describeState(sheet)}
          </a>
          {sheet.state === 'completed' && sheet.completed?.result !== undefined && (
            <>
              {' '}
              Total {sheet.completed.result.total}.{' '}
              <BandName band={{ ...sheet.completed.result, name: sheet.completed.result.bandName }} />
            </>
          )}{' '}
          <span class="fd-hint">{sheet.reason}</span>
        </li>
      ))}
    </ul>
  );
}

function Placement(props: OpenedProps & { canWrite: boolean }) {
  const { id, pathway, canWrite } = props;
  const { placement } = pathway;
  return (
    <Section id="placements" title="Looked after by another council">
      {placement === undefined ? (
        <p class="fd-empty">Nothing is written down</p>
      ) : (
        <p>
          Looked after by {placement.council}.{' '}
          {placement.told === '' ? (
            <strong>That council has not been told yet.</strong>
          ) : (
            `Told on ${describeDay(placement.told)}${placement.whom === '' ? '' : `: ${placement.whom}`}.`
          )}
        </p>
      )}
      {canWrite && (
        <FoldedForm
          summary="Write down which council, and when it was told"
          noun="placements"
          action={paths.pathwayAction(id, 'placements')}
          submit="Write it down"
          fields={[
            {
              name: 'council',
              label: 'Council that looks after the child',
              kind: 'line',
              value: placement?.council ?? '',
            },
            {
              name: 'told',
              label: 'Day on which it was told (can stay empty)',
              kind: 'line',
              value: describeDay(placement?.told ?? ''),
            },
            { name: 'whom', label: 'Who was told there (can stay empty)', kind: 'line', value: placement?.whom ?? '' },
          ]}
          {...formOf(props)}
        />
      )}
    </Section>
  );
}

function Notes(props: OpenedProps & { canWrite: boolean }) {
  const { id, pathway, canWrite } = props;
  return (
    <Section id="notes" title="Notes">
      {pathway.notes.length === 0 && <p class="fd-empty">No note yet</p>}
      {pathway.notes.map(({ at, who, text }) => (
        <p class="fd-entry">
          <span class="fd-entry__when">
            {describeInstant(at)}
            {who !== undefined && `, ${who.name}`}
          </span>{' '}
          {text}
        </p>
      ))}
      {canWrite && (
        <DeskForm
          noun="notes"
          action={paths.pathwayAction(id, 'notes')}
          submit="Add the note"
          fields={[{ name: 'text', label: 'Note', kind: 'text' }]}
          {...formOf(props)}
        />
      )}
    </Section>
  );
}

/** Corrections stand beside what they correct, as in the record: also of a pathway that is closed. */
function Written({ id, page, entries, may, failed, correcting }: OpenedProps) {
  const mine = failed?.form === 'corrections' ? { ...failed, form: 'corrections' as const } : undefined;
  const correctable: Correcting = {
    linkTo: (entry) => paths.pathwayCorrecting(id, entry),
    action: paths.pathwayAction(id, 'corrections'),
    token: page.token,
    ...correcting,
    ...(mine !== undefined && { failed: mine }),
  };
  return <Entries entries={entries} {...(may.write && { correcting: correctable })} />;
}

/**
 * Closing is possible only after the exit meeting and when a measurement shows that the risk has come down; otherwise a
 * manager decides.
 */
function Exit(props: OpenedProps) {
  const { id, pathway, rules, missingForExit, may } = props;
  const { reduced, first, last } = readReduction(pathway, rules.reducedIn);
  return (
    <Section id="closings" title="Exit">
      <p>{describeReduction(reduced, first, last)}.</p>
      {missingForExit !== undefined && <p>{missingForExit}.</p>}
      {missingForExit === undefined && (
        <>
          {reduced !== 'yes' && may.overrule && (
            <p class="fd-notice">
              No measurement shows a lower risk. As a manager you can close the pathway all the same, and the reason
              says why.
            </p>
          )}
          <DeskForm
            noun="closings"
            action={paths.pathwayAction(id, 'closings')}
            submit="Close the pathway"
            fields={[{ name: 'reason', label: 'Why it is closed, and what help goes on', kind: 'text' }]}
            {...formOf(props)}
          />
        </>
      )}
    </Section>
  );
}
