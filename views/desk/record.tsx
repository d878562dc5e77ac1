import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { getFormat, RECORD_FORMATS } from '../../server/base/record-formats.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import type { EntryLine } from '../../server/consultation/describe-entry.ts';
import type { Who } from '../../server/consultation/desk-happening.ts';
import { keepForReferrer } from '../../server/consultation/for-referrer.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import type { AdviceSoFar } from '../../server/consultation/provisional-advice.ts';
import { isOfOutcome } from '../../server/consultation/recording.ts';
import type { Result } from '../../server/consultation/result.ts';
import type { PastTurn } from '../../server/consultation/transcript.ts';
import type { DeskNoun } from '../../server/desk/actions.ts';
import type { Now } from '../../server/desk/deadlines.ts';
import { type DeskCase, isOutcomeToSign } from '../../server/desk/desk-case.ts';
import type { KnownFact } from '../../server/desk/known-facts.ts';
import type { BegunAnswer } from '../../server/desk/message-templates.ts';
import type { PerhapsSame } from '../../server/desk/perhaps-same.ts';
import type { QueueRow } from '../../server/desk/queue-row.ts';
import { ONLY_DESK, whoIsToldAgain, whoReads } from '../../server/desk/readers.ts';
import type { Danger, Urgency } from '../../server/desk/urgency.ts';
import type { Desk, DeskField } from '../../server/flow/desk.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import type { FoundByName } from '../../server/store/queue-rows.ts';
import { CorrectionsOf } from '../kit/corrections.tsx';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { printsOf } from '../kit/print.tsx';
import { Section } from '../kit/section.tsx';
import type { SetAsideAnswer } from '../question/turn.tsx';
import { DidNotHappen } from '../record/did-not-happen.tsx';
import { type Correcting, Entries, openCorrection } from '../record/entries.tsx';
import { subjectField } from '../record/record-forms.ts';
import { EntryText } from '../record/recorded.tsx';
import { Advised } from './advised.tsx';
import { Deadlines, Decision, DisputeOrReopen, Replies, Work, type WrittenProps } from './aftercare.tsx';
import { Chronology, SimilarNames } from './chronology.tsx';
import { Claiming } from './claiming.tsx';
import { deskErrorsOf, type FailedDeskForm } from './desk-form.tsx';
import { DeskNav } from './desk-nav.tsx';
import { DueLines } from './due-lines.tsx';
import { Household } from './household.tsx';
import { PathwayNotice, type PathwayNoticeProps } from './pathway-notice.tsx';
import { PerhapsSameLines } from './perhaps-same.tsx';
import { PresenceLine } from './presence.tsx';
import { RecordFields } from './record-fields.tsx';
import { RecordSections } from './record-sections.tsx';
import { Tag, tagsOf } from './tags.tsx';

export interface DeskRecordProps {
  page: PageContext;
  line: QueueRow;
  consultation: Consultation;
  deskCase: DeskCase;
  desk: Desk;
  fields: DeskField[];
  area: AreaFacts;
  result?: Result;
  /** Undefined before the first answer. */
  advice?: AdviceSoFar;
  turns: PastTurn[];
  setAside?: readonly SetAsideAnswer[];
  /** Field → what the questions and the rest of the record already say about it. */
  known: Readonly<Record<string, KnownFact[]>>;
  /** The same for a part that every record has. */
  knownOfPart: (noun: string) => KnownFact[];
  entries: EntryLine[];
  now: Now;
  /** Names of the others who have this page open. */
  present: string[];
  /** Names of the other workers, present and former, who have unsent text on it. */
  unsentOf: readonly string[];
  colleagues: Who[];
  sameChild: QueueRow[];
  /** Other open consultations that may be about the same worry. */
  perhapsSame: readonly PerhapsSame[];
  /** Consultations about a child with a similar name. */
  similarChild: FoundByName[];
  urgency: Urgency;
  danger: Danger;
  dangerFields: readonly Field[];
  /** Id of the signed-in person. */
  person: string;
  personName: string;
  role: string;
  /** Account id → why they cannot work on it: away today, or can no longer sign in. */
  absent: ReadonlyMap<string, string>;
  /** The levels of the area, in words. */
  scale: readonly string[];
  /** Whether the outcome was recorded just now. */
  recorded: boolean;
  /** The actions of DESK_ACTIONS that this person may do here. */
  allowed: ReadonlySet<DeskNoun>;
  may: { write: boolean; audit: boolean; retention: boolean };
  pathway?: PathwayNoticeProps['pathway'];
  otherPathways: PathwayNoticeProps['otherPathways'];
  canOpenPathway: boolean;
  mayPathway: PathwayNoticeProps['mayPathway'];
  draft?: string;
  /** Templates with which an answer can begin, and the one that was chosen. */
  templates: BegunAnswer[];
  begunWith?: string;
  /** Number of the entry to correct, from the URL. */
  correct?: string;
  failed?: FailedDeskForm;
}

/** Everything about one consultation, in the order in which a duty worker needs it. */
export function DeskRecordPage(props: DeskRecordProps) {
  const { page, line, consultation, deskCase, failed, now, may } = props;
  const { consultation: id, reference } = line;
  const canWrite = may.write && deskCase.state !== 'waiting';
  const isOpen = canWrite && deskCase.state === 'claimed';
  const linkTo = canWrite ? (entry: number) => paths.deskCorrecting(id, entry) : undefined;
  const forms: WrittenProps = {
    ...props,
    id,
    token: page.token,
    seen: consultation.entries.length,
    shown: props,
    linkTo,
  };
  return (
    <Layout page={page} title="Consultation" error={failed !== undefined} desk wide>
      {failed !== undefined && <ErrorSummary errors={deskErrorsOf(failed)} />}
      <DeskNav page={page} />
      {failed?.conflict && failed.errors[''] !== undefined && <NotSaved values={failed.values} />}
      {props.recorded && deskCase.outcome !== undefined && (
        <OutcomeRecorded words={deskCase.outcome.words} isUnsigned={isOutcomeToSign(deskCase)} />
      )}
      <h1 class="fd-title" {...printsOf({ prints: paths.deskPrints(id), token: page.token })}>
        Consultation {reference}
      </h1>
      <LineTags line={line} />
      <DueLines line={line} now={now} person={props.person} />
      <NotSigned deskCase={deskCase} consultation={consultation} />
      <PresenceLine id={id} names={props.present} />
      <PerhapsSameLines lines={props.perhapsSame} />
      <div class="fd-desk-record">
        <Contents hasFields={isOpen || Object.values(deskCase.fields).some(({ value }) => value !== '')} />
        <div class="fd-desk-record__first">
          <Asked deskCase={deskCase} consultation={consultation} />
          <Advised {...props} id={id} editable={isOpen} />
          <Household {...forms} />
        </div>
        <div class="fd-desk-record__aside">
          <Claiming {...forms} person={props.person} unsentOf={props.unsentOf} />
          <Deadlines {...forms} now={now} />
          <PathwayNotice {...forms} {...props} id={id} />
          <Chronology lines={props.sameChild} id={id} now={now} />
          <SimilarNames lines={props.similarChild} />
          <Work {...forms} />
          <TakeAway id={id} may={may} />
        </div>
        <div class="fd-desk-record__main">
          <FilledIn {...forms} onlyPrinted={isOpen} />
          <RecordFields {...forms} known={props.known} />
          <Decision {...forms} now={now} />
          <Replies {...forms} templates={props.templates} />
          <RecordSections {...forms} canWrite={canWrite} knownOfPart={props.knownOfPart} />
          <DidNotHappen consultation={consultation} entries={props.entries} linkTo={linkTo} />
          <DisputeOrReopen {...forms} draft={props.draft} />
          <Entries entries={props.entries} correcting={canWrite ? correctingOf(props) : undefined} />
        </div>
      </div>
    </Layout>
  );
}

function LineTags({ line }: Pick<DeskRecordProps, 'line'>) {
  return (
    <p class="fd-queue__tags">
      {tagsOf(line).map(([words, kind]) => (
        <Tag kind={kind}>{words}</Tag>
      ))}
    </p>
  );
}

/** First on the page, because the decision is no longer valid, whatever is shown below. */
function NotSigned({ deskCase, consultation }: Pick<DeskRecordProps, 'deskCase' | 'consultation'>) {
  const { countersignature, outcome, outcomes } = deskCase;
  if (countersignature?.signed !== 'no' || outcome !== undefined) return null;
  return (
    <section class="fd-notice" aria-labelledby="not-signed">
      <h2 class="govuk-heading-s" id="not-signed">
        Not signed: “{outcomes.at(-1)?.words}” no longer holds. Decide anew
      </h2>
      <p>
        {countersignature.who?.name}, {describeInstant(countersignature.at)}: {countersignature.reason}{' '}
        {whoIsToldAgain(deskCase)}
      </p>
      <CorrectionsOf consultation={consultation} of={[countersignature.number]} />
    </section>
  );
}

/** Stays in sight while the record is scrolled. On a wide screen it has its own column, so it covers nothing. */
function Contents({ hasFields }: { hasFields: boolean }) {
  const places: [string, string][] = [
    ['asked', 'What was asked'],
    ['advised', 'What is advised'],
    ['household', 'Children of the household'],
    ...(hasFields ? [['fields', 'Record and outcome'] as [string, string]] : []),
    ['reviews', 'Decision'],
    ['replies', 'Answer'],
    ['tellings', 'Children’s services told'],
    ['notes', 'Notes'],
    ['done-deadlines', 'Deadlines and follow-ups'],
    ['work', 'Work on the case'],
    ['entries', 'All entries'],
  ];
  return (
    <nav class="fd-desk-record__contents fd-no-print" aria-label="On this page">
      <ul>
        {places.map(([place, words]) => (
          <li>
            <a class="govuk-link" href={`#${place}`}>
              {words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function isReadByReferrer(consultation: Consultation, number: number): boolean {
  return keepForReferrer(consultation, [{ number }]).length > 0;
}

function correctingOf({ page, line, correct, failed, consultation, deskCase }: DeskRecordProps): Correcting {
  const id = line.consultation;
  const mine = failed?.form === 'corrections' ? { ...failed, form: 'corrections' as const } : undefined;
  const open = openCorrection(correct, mine);
  return {
    linkTo: (entry) => paths.deskCorrecting(id, entry),
    action: paths.deskAddition(id, 'corrections'),
    token: page.token,
    ...(open !== undefined && {
      open,
      readBy: isReadByReferrer(consultation, open) ? whoReads(deskCase) : ONLY_DESK,
      subject: subjectField(consultation.entries, open, true),
    }),
    ...(open !== undefined &&
      isOfOutcome(consultation.entries, open) && {
        newOutcome: deskCase.state === 'closed' ? '#reopenings' : '#outcomes',
      }),
    ...(mine !== undefined && { failed: mine }),
  };
}

/** Recording an outcome sends nothing. The page says so, because “Referral agreed” could be misread. */
function OutcomeRecorded({ words, isUnsigned }: { words: string; isUnsigned: boolean }) {
  return (
    <div class="fd-notice fd-no-print" id="done" role="status" tabindex={-1}>
      <p>
        <strong>The outcome was recorded: {words}.</strong>{' '}
        {isUnsigned && (
          <strong>
            It does not hold yet: a second person has to sign it first, and until then whoever asked is not told of it.
          </strong>
        )}{' '}
        It is written down here, and no referral was sent by that. Whoever still has to be told has to be told by
        somebody.
      </p>
      <p>
        <a class="govuk-link" href="#reviews">
          See the decision
        </a>
        , and{' '}
        <a class="govuk-link" href="#done-deadlines">
          what is to be done now
        </a>
        .
      </p>
    </div>
  );
}

/** Each download is logged. */
function TakeAway({ id, may }: { id: string; may: DeskRecordProps['may'] }) {
  return (
    <p class="fd-no-print">
      <a class="govuk-link" href={paths.deskCopy(id)}>
        Copy it into the case system
      </a>
      , or take it away:{' '}
      {RECORD_FORMATS.map((format, index) => (
        <>
          {index > 0 && ', '}
          <a class="govuk-link" href={paths.deskDownload(id, format)} download>
            {getFormat(format).words}
          </a>
        </>
      ))}
      .{' '}
      {may.audit && (
        <a class="govuk-link" href={paths.deskAccessLog(id)}>
          Who has seen this
        </a>
      )}{' '}
      {may.retention && (
        <a class="govuk-link" href={paths.deskRetention(id)}>
          How long it is kept
        </a>
      )}
    </p>
  );
}

/** After a conflict, what was typed is shown so that it is not lost. */
function NotSaved({ values }: { values: Record<string, string> }) {
  const written = Object.entries(values).filter(
    ([name, value]) => value.includes(' ') && !['token', 'seen'].includes(name),
  );
  if (written.length === 0) return null;
  return (
    <section class="fd-notice" aria-labelledby="written">
      <h2 class="govuk-heading-s" id="written">
        What you wrote, and what was not saved
      </h2>
      {written.map(([, value]) => (
        <p class="fd-entry">{value}</p>
      ))}
    </section>
  );
}

function Asked({ deskCase, consultation }: { deskCase: DeskCase; consultation: Consultation }) {
  const asker = consultation.asker?.asker;
  // A question can say how they can be reached, and then its corrections are shown with it.
  const isWithQuestion = deskCase.questions.some(({ number }) => number === deskCase.reachFrom?.number);
  const reachIn = isWithQuestion ? undefined : deskCase.reachFrom?.number;
  const who =
    asker === undefined ? '' : [asker.name, asker.role, asker.agency, asker.contact].filter(Boolean).join(', ');
  return (
    <Section id="asked" title="What was asked">
      {deskCase.questions.map(({ number, at, text }) => (
        <>
          <p class="fd-entry">
            <span class="fd-entry__when">{describeInstant(at)}</span> {text}
          </p>
          <CorrectionsOf consultation={consultation} of={[number]} />
        </>
      ))}
      {deskCase.byTelephone && <p>Opened by the desk for a telephone caller, {describeInstant(deskCase.askedAt)}.</p>}
      <p>
        {who === '' ? 'Name and role of whoever asked are not written down' : `Asked by ${who}`}. To be reached at:{' '}
        {deskCase.reach || 'not written down'}.
      </p>
      <CorrectionsOf consultation={consultation} of={[consultation.asker?.number, reachIn]} />
    </Section>
  );
}

/**
 * The area's fields as they were filled in. While they can be changed, the form shows them; because forms are not
 * printed, this is.
 */
function FilledIn({ onlyPrinted, ...forms }: WrittenProps & { onlyPrinted: boolean }) {
  const filled = Object.values(forms.shown.deskCase.fields).filter((field) => field.value !== '');
  if (filled.length === 0) return null;
  const facts = (
    <dl class="fd-facts">
      {filled.map(({ number, label, words, reason }) => (
        <div class="fd-facts__row">
          <dt>{label}</dt>
          <dd>
            <EntryText {...forms} number={number}>
              {words}
              {reason !== '' && <span class="fd-hint"> Reason: {reason}</span>}
            </EntryText>
          </dd>
        </div>
      ))}
    </dl>
  );
  if (onlyPrinted)
    return (
      <div class="fd-only-print">
        <h2 class="govuk-heading-m">Record</h2>
        {facts}
      </div>
    );
  return (
    <Section id="fields" title="Record">
      {facts}
    </Section>
  );
}
