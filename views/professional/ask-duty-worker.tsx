import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import { describeDecided, OPEN_AGAIN } from '../../server/consultation/desk-record.ts';
import { isDesksOwn } from '../../server/consultation/for-referrer.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import { ASKS_DANGER } from '../../server/desk/danger-again.ts';
import { type DeskCase, isOutcomeToSign } from '../../server/desk/desk-case.ts';
import { type Desk, findOutcome } from '../../server/flow/desk.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import { CorrectionsOf } from '../kit/corrections.tsx';
import { Details } from '../kit/details.tsx';
import { describeBy } from '../kit/due.tsx';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { errorsOf, type FailedForm } from '../kit/failed-form.ts';
import { FormField } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { ServicesToldBanner } from '../kit/services-told.tsx';
import { Numbers, OwnQuestion } from './awaiting-answer.tsx';
import { DisputeSteps } from './dispute.tsx';

export interface AskDutyWorkerPageProps {
  page: PageContext;
  consultation: Consultation;
  desk: Desk;
  area: AreaFacts;
  finished: boolean;
  /** Whether the worker is away or has left: then nobody is told to ask for them. */
  isAway: boolean;
  /** Undefined until the desk was asked. */
  deskCase?: DeskCase;
  draft?: string;
  /** The questions about danger, asked again with new information. */
  dangerFields?: Field[];
  failed?: FailedForm<'ask' | 'dispute'>;
}

/** Asking the duty worker: what that is and what it is not, and what happened since. */
export function AskDutyWorkerPage(props: AskDutyWorkerPageProps) {
  const { page, consultation, area, finished, deskCase, failed } = props;
  const { id, reference } = consultation;
  return (
    <Layout page={page} title="Ask the duty worker" error={failed !== undefined}>
      {failed !== undefined && <ErrorSummary errors={errorsOf(failed.form, failed.errors)} />}
      <a class="govuk-link fd-back" href={finished ? paths.result(id) : paths.consultation(id)}>
        {finished ? 'Back to what to do' : 'Back to the question'}
      </a>
      <h1 class="fd-title">{deskCase === undefined ? 'Ask the duty worker' : 'Your consultation at the duty desk'}</h1>
      <p class="fd-reference">
        Consultation <strong>{reference}</strong>
      </p>
      <NoReferral area={area} />
      {failed?.form === 'dispute' && !isDecided(deskCase) && <NotTaken words={failed.values.why ?? ''} />}
      {deskCase !== undefined && <Progress {...props} deskCase={deskCase} />}
      <ServicesToldBanner consultation={consultation} recordAt={`${paths.record(id)}#tellings`} />
      <AskForm {...props} />
    </Layout>
  );
}

/** Only a decided consultation can be disputed. */
function isDecided(deskCase: DeskCase | undefined): boolean {
  return deskCase?.state === 'closed' && deskCase.outcome !== undefined && !isOutcomeToSign(deskCase);
}

/** The text of a dispute whose outcome no longer stands: the form in which it was written is gone. */
function NotTaken({ words }: { words: string }) {
  if (words === '') return null;
  return (
    <section class="fd-notice" aria-labelledby="not-taken">
      <h2 class="govuk-heading-s" id="not-taken">
        What you wrote, and what was not saved
      </h2>
      <p class="fd-lines">{words}</p>
      <p>The outcome is open again. You can send this to the duty worker below, under “Add something”.</p>
    </section>
  );
}

function NoReferral({ area }: { area: AreaFacts }) {
  return (
    <section class="fd-notice" aria-labelledby="no-referral">
      <h2 class="govuk-heading-s" id="no-referral">
        This asks for a consultation. It is not a referral
      </h2>
      <p>
        The duty worker of {area.name} reads your answers and your record, and answers you. You stay responsible for
        what you do meanwhile. Do not wait for the answer if a child is in danger: call 999.
      </p>
    </section>
  );
}

/** The present state. An outcome alone is not yet an answer. */
function describeState(deskCase: DeskCase): string {
  const { state, answer, answers, outcome, reopenings } = deskCase;
  if (state === 'closed' && isOutcomeToSign(deskCase))
    return 'A decision is being checked by a second person. It does not hold yet';
  const again = reopenings.length > 0 ? 'Open again: ' : '';
  if (state === 'waiting') return `${again}${again === '' ? 'Waiting' : 'waiting'} for a duty worker`;
  if (state === 'claimed') {
    if (answer !== undefined) return 'Answered, and still with a duty worker';
    return `${again}${again === '' ? 'With' : 'with'} a duty worker`;
  }
  const decided = outcome === undefined ? '' : ', with an outcome';
  if (answer !== undefined) return `Answered${decided}`;
  return `Decided${decided}. You have not been answered ${answers.length === 0 ? 'yet' : 'since then'}`;
}

type ProgressProps = AskDutyWorkerPageProps & { deskCase: DeskCase };

/** What happened since: the present state, what was asked, the outcome and the answer. */
function Progress(props: ProgressProps) {
  const { deskCase } = props;
  const { since, claimedBy, outcome, answer, disputeDecision, deadlines } = deskCase;
  const due = deadlines.find((deadline) => deadline.id === 'answer' && deadline.met === undefined);
  const decided = isDecided(deskCase) ? outcome : undefined;
  return (
    <section aria-labelledby="progress">
      <h2 class="govuk-heading-m" id="progress">
        {describeState(deskCase)}
      </h2>
      <p>
        Since {describeInstant(answer?.at ?? since)}
        {claimedBy === undefined ? '' : `, with ${claimedBy.name}`}.{' '}
        {due?.by !== undefined && `An answer is due ${describeBy(due.by)}.`}
      </p>
      <WhomToRing {...props} />
      <OwnQuestion deskCase={deskCase} />
      <Corrected {...props} of={[deskCase.questions.at(-1)?.number, deskCase.reachFrom?.number]} />
      <NotSigned deskCase={deskCase} />
      <Corrected
        {...props}
        of={[deskCase.countersignature?.signed === 'no' ? deskCase.countersignature.number : undefined]}
      />
      {decided !== undefined && (
        <Outcome
          outcome={decided}
          hasDone={hasDone(props.consultation)}
          forReferrer={findOutcome(props.desk, decided.outcome)?.forReferrer}
          replaced={deskCase.outcomes.at(-2)}
          deadlines={deadlines}
        />
      )}
      <Corrected {...props} of={[decided?.number]} />
      {disputeDecision?.stands === 'yes' && (
        <p>
          <strong>You disputed the outcome, and it stands.</strong> {disputeDecision.reason}
        </p>
      )}
      <Corrected {...props} of={[disputeDecision?.stands === 'yes' ? disputeDecision.number : undefined]} />
      {answer !== undefined && (
        <p>
          <strong>Answer</strong> ({answer.how}, {describeInstant(answer.at)}): {answer.answer}
        </p>
      )}
      <Corrected {...props} of={[answer?.number]} />
      <Earlier {...props} />
      <Parents consultation={props.consultation} />
      <Corrected {...props} of={[props.consultation.parents?.number]} />
      {decided !== undefined && <Dispute {...props} />}
    </section>
  );
}

function WhomToRing({ deskCase: { claimedBy, answer }, page: { area }, isAway }: ProgressProps) {
  if (area === undefined) return null;
  return (
    <p>
      {answer === undefined
        ? 'Ring if you have not heard by then, or if it gets worse'
        : 'To ask something about the answer'}
      : ring <Numbers area={area} />
      {claimedBy !== undefined && !isAway && ` Ask for ${claimedBy.name}, and say the reference.`}
      {isAway && ` ${claimedBy?.name} is away. Say the reference: a colleague looks.`}
    </p>
  );
}

/** What the desk had said before it was asked or decided again: it stays in sight, and is marked as earlier. */
function Earlier(props: ProgressProps) {
  const { answer, answers, outcome, outcomes, state } = props.deskCase;
  const before = answers.filter(({ number }) => number !== answer?.number);
  // An outcome that was not signed has its own notice.
  const open = state !== 'closed' && outcome !== undefined ? outcomes.at(-1) : undefined;
  if (before.length === 0 && open === undefined) return null;
  return (
    <>
      {open !== undefined && (
        <p>
          <strong>
            {OPEN_AGAIN}: {open.words}.
          </strong>{' '}
          Decided by {describeDecided(open)}, {describeInstant(open.at)}. {open.reason}
        </p>
      )}
      <Corrected {...props} of={[open?.number]} />
      {before.toReversed().map((one) => (
        <>
          <p>
            <strong>Earlier answer</strong> ({one.how}, {describeInstant(one.at)}): {one.answer}
          </p>
          <Corrected {...props} of={[one.number]} />
        </>
      ))}
      {answer === undefined && <p>This was said before what is new. Ask the duty worker before you go by it.</p>}
    </>
  );
}

/** Corrections of the entries shown above; the record has all entries. */
function Corrected({ consultation, of }: Pick<ProgressProps, 'consultation'> & { of: (number | undefined)[] }) {
  return <CorrectionsOf consultation={consultation} of={of} record={paths.record(consultation.id)} />;
}

/** Shown because they may have read or heard about the outcome that is no longer valid. */
function NotSigned({ deskCase: { countersignature, outcome, outcomes } }: { deskCase: DeskCase }) {
  const refused = outcomes.at(-1);
  if (countersignature?.signed !== 'no' || outcome !== undefined || refused === undefined) return null;
  return (
    <div class="fd-notice">
      <p>
        <strong>The outcome “{refused.words}” no longer holds.</strong> A second person did not sign it,{' '}
        {describeInstant(countersignature.at)}: {countersignature.reason}
      </p>
      <p>If you were told of it, do not go by it. The duty worker decides anew and answers you.</p>
    </div>
  );
}

/**
 * Whether some of it has been done by now: the area's words describe what was to be done when the outcome was recorded.
 */
function hasDone({ told, parents }: Consultation): boolean {
  return told !== undefined || parents?.parents === 'told';
}

/** What was last recorded about the parents, by whom and when. */
function Parents({ consultation: { parents, entries } }: { consultation: Consultation }) {
  if (parents === undefined) return null;
  const writer = entries[parents.number - 1]?.who;
  return (
    <p>
      The parents were {parents.parents}: written down by{' '}
      {writer === undefined ? 'you' : `${writer.name}, ${writer.role},`} on {describeInstant(parents.at)}.
    </p>
  );
}

interface OutcomeProps {
  outcome: NonNullable<DeskCase['outcome']>;
  /** Whether some of it is recorded as done. */
  hasDone: boolean;
  /** The area's words for who does what now. */
  forReferrer?: string | undefined;
  /** The outcome that this one replaced, if there is one. */
  replaced?: NonNullable<DeskCase['outcome']> | undefined;
  deadlines: DeskCase['deadlines'];
}

function Outcome({ outcome, hasDone, forReferrer, replaced, deadlines }: OutcomeProps) {
  const steps = deadlines.filter(
    ({ id, number, by, met }) => number === outcome.number && by !== undefined && met === undefined && !isDesksOwn(id),
  );
  return (
    <>
      <p>
        <strong>Outcome: {outcome.words}.</strong> Decided by {describeDecided(outcome)}, {describeInstant(outcome.at)}.{' '}
        {outcome.reason}
      </p>
      {outcome.outcome !== 'no_further_action' && <p>An outcome is not a referral made. It sends nothing.</p>}
      {forReferrer !== undefined && (
        <p>
          {hasDone &&
            'What is written down as done stands below. Of the following, do what is still open, and ask the duty worker where you are not sure. '}
          <strong>{forReferrer}</strong>
        </p>
      )}
      {steps.length > 0 && (
        <>
          <p>What is to be done now, and who does it:</p>
          <ul class="govuk-list govuk-list--bullet">
            {steps.map(({ do: what, who, by = '' }) => (
              <li>
                {what}, {describeBy(by)}. Who: {who}
              </li>
            ))}
          </ul>
        </>
      )}
      {replaced !== undefined && <p>It stands in place of an earlier outcome: {replaced.words}.</p>}
    </>
  );
}

export const DISPUTE_FIELD: Field = { name: 'why', label: 'What you see differently, and why', kind: 'text' };

/** For somebody who does not agree with the outcome: the steps, and a form to record it. */
function Dispute({ consultation, desk, deskCase: { dispute }, draft, page, failed }: ProgressProps) {
  return (
    <Details
      summary={dispute === undefined ? 'I do not agree with the outcome' : 'You do not agree with the outcome'}
      open={failed?.form === 'dispute' || dispute !== undefined}
    >
      {dispute !== undefined && (
        <p>
          You wrote, {describeInstant(dispute.at)}: {dispute.why}
        </p>
      )}
      <Corrected consultation={consultation} of={[dispute?.number]} />
      <DisputeSteps desk={desk} draft={draft} />
      <PlainForm
        form="dispute"
        action={paths.disputes(consultation.id)}
        page={page}
        submit="Write down that I do not agree"
        fields={[DISPUTE_FIELD]}
        failed={failed}
        seen={consultation.entries.length}
      />
    </Details>
  );
}

function AskForm({ consultation, deskCase, page, failed, dangerFields = [] }: AskDutyWorkerPageProps) {
  const again = deskCase !== undefined;
  const words =
    deskCase?.state === 'closed'
      ? 'What is new?'
      : again
        ? 'What else do you want to ask or say?'
        : 'What do you want to ask?';
  // The danger questions come after the new information and before the questions about the asker.
  const fields = askFields(words).toSpliced(1, 0, ...dangerFields);
  const asker = consultation.asker?.asker;
  const known = {
    name: asker?.name ?? '',
    role: asker?.role ?? '',
    agency: asker?.agency ?? '',
    reach: deskCase?.reach ?? asker?.contact ?? '',
  };
  const form = (
    <PlainForm
      form="ask"
      action={paths.handovers(consultation.id)}
      page={page}
      submit={deskCase?.state === 'closed' ? 'Ask again, with what is new' : 'Ask the duty worker'}
      fields={fields}
      failed={failed}
      values={known}
      hidden={dangerFields.length > 0 ? ASKS_DANGER : {}}
      seen={consultation.entries.length}
    />
  );
  if (!again) return form;
  return (
    <Details
      summary={deskCase.state === 'closed' ? 'I have new information' : 'Add something'}
      open={failed?.form === 'ask'}
    >
      {form}
    </Details>
  );
}

/** `question`: the label for what they ask, which depends on the present state. */
export function askFields(question: string): Field[] {
  return [
    { name: 'question', label: question, hint: 'You do not have to name the child', kind: 'text' },
    { name: 'reach', label: 'How the duty worker reaches you', hint: 'Telephone or e-mail at work', kind: 'line' },
    { name: 'name', label: 'Your name (can stay empty)', kind: 'line' },
    { name: 'role', label: 'Your role (can stay empty)', hint: 'For example: teacher, health visitor', kind: 'line' },
    { name: 'agency', label: 'Your agency (can stay empty)', hint: 'School, practice or organisation', kind: 'line' },
  ];
}

interface PlainFormProps {
  form: 'ask' | 'dispute';
  action: string;
  page: AskDutyWorkerPageProps['page'];
  submit: string;
  fields: Field[];
  failed?: AskDutyWorkerPageProps['failed'];
  values?: Record<string, string>;
  hidden?: Record<string, string>;
  /** Number of the last entry that the page shows. */
  seen: number;
}

function PlainForm({ form, action, page, submit, fields, failed, seen, values = {}, hidden = {} }: PlainFormProps) {
  const mine = failed?.form === form ? failed : undefined;
  return (
    <form method="post" action={action} novalidate>
      <input type="hidden" name="token" value={page.token} />
      <input type="hidden" name="seen" value={String(seen)} />
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {fields.map((field) => (
        <FormField
          field={field}
          form={form}
          value={mine?.values[field.name] ?? values[field.name]}
          error={mine?.errors[field.name]}
        />
      ))}
      {/* Only people with an account have drafts, which nobody else can read. */}
      {page.person === undefined && <p class="fd-hint">What you write here is kept only once you have sent it.</p>}
      <button type="submit" class="govuk-button">
        {submit}
      </button>
    </form>
  );
}
