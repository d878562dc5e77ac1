import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import { describeDeskHappening } from '../../server/consultation/describe-desk.ts';
import {
  describeDecided,
  describeSigning,
  isOpenAgain,
  OPEN_AGAIN,
  REOPENED_UNSIGNED,
  saidBefore,
} from '../../server/consultation/desk-record.ts';
import { isOffered, whyNotSignHere } from '../../server/desk/actions.ts';
import { describeMetElsewhere } from '../../server/desk/aftercare.ts';
import { describeToSign, waitingForSignature } from '../../server/desk/countersigning.ts';
import type { Now } from '../../server/desk/deadlines.ts';
import { type Deadline, type DeskCase, openDeadlines } from '../../server/desk/desk-case.ts';
import type { BegunAnswer } from '../../server/desk/message-templates.ts';
import { openDispute } from '../../server/desk/open-dispute.ts';
import { whoAsked } from '../../server/desk/readers.ts';
import { describeSigners } from '../../server/desk/signers.ts';
import { findOutcome } from '../../server/flow/desk.ts';
import { CorrectionsOf } from '../kit/corrections.tsx';
import { Details } from '../kit/details.tsx';
import { Due } from '../kit/due.tsx';
import { fieldId } from '../kit/field.tsx';
import { Section } from '../kit/section.tsx';
import { DisputeSteps } from '../professional/dispute.tsx';
import { EntryText } from '../record/recorded.tsx';
import { ActionForms, type ActionFormsProps } from './action-forms.tsx';
import { OpenDisputeLines } from './open-dispute.tsx';
import { Tag } from './tags.tsx';

type SectionProps = Omit<ActionFormsProps, 'section'>;

/** A section that shows entries, each with its author and its corrections. */
export interface WrittenProps extends SectionProps {
  consultation: Consultation;
  /** Link to the form that corrects an entry; undefined if the person may not correct it. */
  linkTo?: ((entry: number) => string) | undefined;
}

export function Deadlines({ now, ...forms }: WrittenProps & { now: Now }) {
  const { deskCase } = forms.shown;
  const open = openDeadlines(deskCase);
  return (
    <Section id="done-deadlines" title="Deadlines">
      {open.length === 0 ? <p class="fd-empty">Nothing is open.</p> : null}
      <ul class="fd-deadlines">
        {open.map((deadline) => (
          <OpenDeadline {...forms} deadline={deadline} now={now} />
        ))}
      </ul>
      <DoneDeadlines deskCase={deskCase} consultation={forms.consultation} />
      <ActionForms {...forms} section="done-deadlines" />
      {open.some((deadline) => deadline.by !== undefined) && (
        <p class="fd-no-print">
          <a class="govuk-link" href={paths.deskCalendar(forms.id)} download>
            Put the dates into your calendar
          </a>
          . The file says the reference and what is due, and nothing about the child.
        </p>
      )}
    </Section>
  );
}

/** Folded, because open deadlines come first. */
function DoneDeadlines({ deskCase, consultation }: { deskCase: DeskCase; consultation: Consultation }) {
  const done = deskCase.deadlines.flatMap(({ do: what, met }) => (met === undefined ? [] : [{ what, ...met }]));
  if (done.length === 0) return null;
  return (
    <Details summary={`Done: ${done.length}`}>
      <ul class="fd-deadlines">
        {done.map(({ what, at, note, number }) => (
          <li>
            <span class="fd-tag fd-tag--plain">Done</span> {what}, {describeInstant(at)}
            {note === '' ? '' : `: ${note}`}
            <CorrectionsOf consultation={consultation} of={[number]} />
          </li>
        ))}
      </ul>
    </Details>
  );
}

function OpenDeadline({ deadline, now, ...forms }: WrittenProps & { deadline: Deadline; now: Now }) {
  const metElsewhere = describeMetElsewhere(deadline);
  const canWrite = forms.allowed.has('done-deadlines') && forms.shown.deskCase.state !== 'waiting';
  return (
    <li>
      <Due by={deadline.by} now={now} within={deadline.within} what={deadline.do.replace(/\.$/, '')} />. Who:{' '}
      {deadline.who}.{deadline.by === undefined && ` ${describeWaiting(deadline)}`}
      {deadline.words?.endsWith('as was advised') && ` Time: ${deadline.words}.`}
      {metElsewhere !== undefined && (canWrite || deadline.task !== undefined) && (
        <span class="fd-hint"> {metElsewhere}.</span>
      )}
      {deadline.task !== undefined && <CorrectionsOf consultation={forms.consultation} of={[deadline.number]} />}
      <ActionForms {...forms} shown={{ ...forms.shown, deadline }} section="done-deadlines" />
    </li>
  );
}

function describeWaiting({ within, from }: Deadline): string {
  if (within === undefined) return 'The guidance gives no time.';
  return `Within ${within}, counted from ${from ?? 'a day that is not known yet'}.`;
}

export function Replies({ templates, ...forms }: WrittenProps & { templates: BegunAnswer[] }) {
  const { answer, answers, reach } = forms.shown.deskCase;
  const earlier = answers.filter(({ number }) => number !== answer?.number);
  const last = earlier.at(-1);
  return (
    <Section id="replies" title="Answer to whoever asked" folds>
      {answer === undefined ? (
        <p class="fd-empty">
          {last === undefined
            ? 'Not answered yet'
            : `Answered on ${describeInstant(last.at)}, before it was asked or decided anew: answer again`}
          . To be reached at: {reach || 'nobody wrote it down'}
        </p>
      ) : (
        <EntryText {...forms} number={answer.number}>
          Answered {answer.how}: {answer.answer}
        </EntryText>
      )}
      {earlier.map((one) => (
        <EntryText {...forms} number={one.number}>
          Earlier, before it was asked or decided anew: answered {one.how}: {one.answer}
        </EntryText>
      ))}
      <ActionForms {...forms} section="replies" />
      {forms.allowed.has('replies') && isOffered('replies', forms.shown) && (
        <Templates id={forms.id} templates={templates} />
      )}
    </Section>
  );
}

/** Templates of the area. The chosen one is put into the text box, edited there, and saved like any other answer. */
function Templates({ id, templates }: { id: string; templates: BegunAnswer[] }) {
  if (templates.length === 0) return null;
  return (
    <Details summary="Begin the answer with a text of your area" quiet>
      <p class="fd-hint">Nothing is sent. It goes into the box above, and you change it there.</p>
      {templates.map(({ id: template, label, text }) => (
        <>
          <p>
            <strong>{label}</strong>
          </p>
          <p class="fd-draft">{text}</p>
          <p>
            <a
              class="govuk-link fd-no-print"
              href={paths.deskTemplate(id, template)}
              data-insert={text}
              data-into={fieldId('replies', 'answer')}
            >
              Begin with this text<span class="govuk-visually-hidden">: {label}</span>
            </a>
          </p>
        </>
      ))}
    </Details>
  );
}

/** The number of the case system, strategy discussions, and where files are kept. */
export function Work(forms: WrittenProps) {
  const { caseNumber, discussions, files } = forms.shown.deskCase;
  const isEmpty = caseNumber === undefined && discussions.length + files.length === 0;
  return (
    <Section id="work" title="Work on the case" folds>
      {isEmpty && <p class="fd-empty">Nothing written down yet</p>}
      {caseNumber !== undefined && (
        <EntryText {...forms} number={caseNumber.number}>
          Number in the case system: <strong>{caseNumber.caseNumber}</strong>
        </EntryText>
      )}
      {discussions.map(({ number, when, present, agreed, actions }) => (
        <EntryText {...forms} number={number}>
          <strong>Strategy discussion, {when}.</strong> Took part: {present}. Agreed: {agreed}. To be done: {actions}
        </EntryText>
      ))}
      {files.map(({ number, file, kept }) => (
        <EntryText {...forms} number={number}>
          {file}. Kept: {kept}
        </EntryText>
      ))}
      <ActionForms {...forms} section="work" />
    </Section>
  );
}

/** Shown in the section on what children's services were told. */
export function Chasings(forms: WrittenProps) {
  return (
    <>
      {forms.shown.deskCase.chasings.map(({ number, whom, answer }) => (
        <EntryText {...forms} number={number}>
          Asked {whom}: {answer}
        </EntryText>
      ))}
      <ActionForms {...forms} section="tellings" />
    </>
  );
}

/**
 * An outcome that still needs a signature is not decided, and one that was reopened before anybody signed it never was.
 */
function Signing({ deskCase }: { deskCase: DeskCase }) {
  const { outcome, countersignature, state } = deskCase;
  if (outcome === undefined || countersignature !== undefined) return null;
  const words = describeSigning(outcome);
  if (words === '') return null;
  return (
    <strong>
      {words}. {state !== 'closed' && `${REOPENED_UNSIGNED}. `}
    </strong>
  );
}

/** Each decision that needs a signature is signed or refused separately. */
function ToSign(forms: WrittenProps) {
  const { deskCase } = forms.shown;
  const waiting = waitingForSignature(deskCase);
  if (waiting.length === 0) return null;
  return (
    <div id="countersignatures">
      {waiting.length > 1 && <p>Several decisions wait for a signature. Each is signed by itself.</p>}
      {waiting.map((decision) => {
        const shown = { ...forms.shown, decision };
        return (
          <div class="fd-to-sign">
            <p>
              <Tag kind="open">To countersign</Tag> A second person has to sign this:{' '}
              <strong>{describeToSign(decision, forms.consultation.child?.name)}</strong>. Who signs:{' '}
              {describeSigners(deskCase, decision)}. {whyNotSignHere(shown)}
            </p>
            <ActionForms {...forms} shown={shown} section="reviews" />
          </div>
        );
      })}
    </div>
  );
}

/** One outcome, whether it still stands or not, and what was said before it was recorded. */
function OutcomeLines({ one, ...forms }: WrittenProps & { one: DeskCase['outcomes'][number] }) {
  const { deskCase } = forms.shown;
  const stands = one.number === deskCase.outcome?.number;
  return (
    <>
      <EntryText {...forms} number={one.number}>
        {isOpenAgain(deskCase, one.number) && `${OPEN_AGAIN}: `}
        <strong>{one.words}</strong>
        {stands ? '' : ' (no longer stands)'}, decided by {describeDecided(one)}.{' '}
        {stands && <Signing deskCase={deskCase} />}
        {one.departs === 'yes' && <strong>Other than advised{one.advised !== '' && ` (“${one.advised}”)`}. </strong>}
        {one.reason}
      </EntryText>
      {saidBefore(one.said ?? [], deskCase).map((said) => (
        <EntryText {...forms} number={said.number}>
          Of this outcome: {describeDeskHappening(said)}.
        </EntryText>
      ))}
    </>
  );
}

function SecondSignature(forms: WrittenProps) {
  const { countersignature } = forms.shown.deskCase;
  if (countersignature === undefined) return null;
  return (
    <EntryText {...forms} number={countersignature.number}>
      {countersignature.signed === 'yes' ? 'Signed by a second person, ' : 'Not signed by a second person, '}
      {countersignature.who?.name}
      {countersignature.denies === 'yes' && ', who is named as who took the decision and says that they did not'}.{' '}
      {countersignature.signed === 'no' && <strong>The outcome no longer stands. </strong>}
      {countersignature.reason}
    </EntryText>
  );
}

export function Decision({ now, ...forms }: WrittenProps & { now: Now }) {
  const { desk, deskCase } = forms.shown;
  const { outcome, outcomes, review, disagreement, resolution } = deskCase;
  const { person = '', personName = '' } = forms.shown;
  const dispute = openDispute(deskCase, { id: person, name: personName });
  const isReviewed = findOutcome(desk, outcome?.outcome ?? '')?.reviewed === true;
  return (
    <Section id="reviews" title="Decision" folds>
      {outcomes.map((one) => (
        <OutcomeLines {...forms} one={one} />
      ))}
      {outcomes.length === 0 && <p class="fd-empty">No outcome yet</p>}
      {isReviewed && review === undefined && deskCase.state === 'closed' && (
        <p>The Operational Manager has not reviewed it yet.</p>
      )}
      {dispute !== undefined && (
        <>
          <OpenDisputeLines dispute={dispute} now={now} />
          <p class="fd-no-print">
            <a class="govuk-link" href="#reopenings">
              The steps of the dispute, and its decision
            </a>
          </p>
        </>
      )}
      <ToSign {...forms} />
      <SecondSignature {...forms} />
      {review !== undefined && (
        <EntryText {...forms} number={review.number}>
          Reviewed by {review.who?.name}: {review.accepted === 'yes' ? 'agreed' : 'not agreed'}. {review.reason}
        </EntryText>
      )}
      {disagreement !== undefined && (
        <EntryText {...forms} number={disagreement.number}>
          Disagreement between {disagreement.between}: {disagreement.about}
        </EntryText>
      )}
      {resolution !== undefined && (
        <EntryText {...forms} number={resolution.number}>
          Resolved by {resolution.decidedBy}: {resolution.decision}
        </EntryText>
      )}
      <ActionForms {...forms} section="reviews" />
    </Section>
  );
}

/** After an outcome: a dispute, or new information. `draft`: a text with which a dispute can begin. */
export function DisputeOrReopen({ draft, ...forms }: WrittenProps & { draft?: string }) {
  const { desk, deskCase } = forms.shown;
  const { dispute, disputeDecision, reopenings, state } = deskCase;
  if (state !== 'closed' && reopenings.length === 0) return null;
  return (
    <Section id="reopenings" title="Disputed, or something new">
      {reopenings.map(({ number, news }) => (
        <EntryText {...forms} number={number}>
          Reopened: {news}
        </EntryText>
      ))}
      {reopenings.length > 0 && (
        <p>
          <a class="govuk-link" href={paths.deskComparison(forms.id)}>
            Compare answers and result before and after
          </a>
        </p>
      )}
      {dispute !== undefined && (
        <div class="fd-notice">
          <EntryText {...forms} number={dispute.number}>
            <strong>{whoAsked(forms.shown.deskCase)} disputes the outcome</strong>: {dispute.why}
          </EntryText>
          {disputeDecision === undefined ? (
            <DisputeSteps desk={desk} draft={draft} />
          ) : (
            <EntryText {...forms} number={disputeDecision.number}>
              <strong>Decided: the outcome {disputeDecision.stands === 'yes' ? 'stands' : 'is changed'}.</strong>{' '}
              {disputeDecision.reason} {disputeDecision.done?.map((step) => `${step.do}: ${step.note} `)}
            </EntryText>
          )}
        </div>
      )}
      <ActionForms {...forms} section="reopenings" />
    </Section>
  );
}
