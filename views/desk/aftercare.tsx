import { describeDay, describeInstant, localDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Now } from '../../server/desk/deadlines.ts';
import { type Deadline, type DeskCase, openDeadlines } from '../../server/desk/desk-case.ts';
import type { Desk } from '../../server/flow/desk.ts';
import { Due } from '../kit/due.tsx';
import { Section } from '../kit/section.tsx';
import { DisputeSteps } from '../professional/dispute.tsx';
import { type FailedDeskForm, FoldedForm } from './desk-form.tsx';

export interface AfterProps {
  id: string;
  token: string;
  desk: Desk;
  deskCase: DeskCase;
  now: Now;
  may: { write: boolean; review: boolean; reopen: boolean; escalate: boolean };
  draft?: string;
  failed?: FailedDeskForm;
}

/** Only once an outcome is recorded; the other form is for professionals among themselves. */
const DISPUTE = 'The referrer disputes the recorded outcome';

/** Met by what is written down elsewhere on the page. */
const BY_THEMSELVES: Record<string, string> = {
  claim: 'Done when it is claimed',
  answer: 'Done when the answer is written down',
  told: 'Done when it is written down whom they told',
};

export function Deadlines(props: AfterProps) {
  const { id, deskCase: handover, may } = props;
  const open = openDeadlines(handover);
  const met = handover.deadlines.filter((deadline) => deadline.met !== undefined);
  return (
    <Section id="done-deadlines" title="Deadlines">
      {open.length === 0 ? <p class="fd-empty">Nothing is open.</p> : null}
      <ul class="fd-deadlines">
        {open.map((deadline) => (
          <li>
            <Due by={deadline.by} now={props.now} /> <strong>{deadline.do}</strong>. Who: {deadline.who}.
            {deadline.by === undefined && ` ${describeWaiting(deadline)}`}
            {deadline.words?.endsWith('as was advised') && ` Time: ${deadline.words}.`}
            {may.write && <DeadlineForms {...props} deadline={deadline} />}
          </li>
        ))}
        {met.map((deadline) => (
          <li>
            <span class="fd-tag fd-tag--plain">Done</span> {deadline.do}, {describeInstant(deadline.met?.at ?? '')}
            {deadline.met?.note === '' ? '' : `: ${deadline.met?.note}`}
          </li>
        ))}
      </ul>
      {open.some((deadline) => deadline.by !== undefined) && (
        <p>
          <a class="govuk-link" href={paths.deskCalendar(id)} download>
            Put the dates into your calendar
          </a>
          . The file says the reference and what is due, and nothing about the child.
        </p>
      )}
    </Section>
  );
}

function describeWaiting({ within, from }: Deadline): string {
  if (within === undefined) return 'The guidance gives no time.';
  return `Within ${within}, counted from ${from ?? 'a day that is not known yet'}.`;
}

function DeadlineForms({ id, token, failed, deadline }: AfterProps & { deadline: Deadline }) {
  const itself = BY_THEMSELVES[deadline.id];
  const mine = failed?.values.deadline === deadline.id ? failed : undefined;
  const common = {
    token,
    hidden: { deadline: deadline.id },
    suffix: `-${deadline.id}`,
    ...(mine !== undefined && { failed: mine }),
  };
  return (
    <>
      {itself !== undefined && <span class="fd-hint"> {itself}.</span>}
      {itself === undefined && (
        <FoldedForm
          {...common}
          noun="done-deadlines"
          action={paths.deskVerb(id, 'done-deadlines')}
          summary="Mark as done"
          submit="It is done"
          fields={[{ name: 'note', label: 'What was done (can stay empty)', kind: 'line' }]}
        />
      )}
      {deadline.by === undefined && deadline.within !== undefined && (
        <FoldedForm
          {...common}
          noun="dated-deadlines"
          action={paths.deskVerb(id, 'dated-deadlines')}
          summary="The time runs now"
          submit="Count from this day"
          fields={[
            {
              name: 'from',
              label: `Day: ${deadline.from ?? 'from which it counts'}`,
              hint: 'For example 27 3 2026',
              kind: 'line',
            },
          ]}
        />
      )}
    </>
  );
}

export function Answering({ id, token, deskCase: handover, may, failed }: AfterProps) {
  const { answer } = handover;
  return (
    <Section id="replies" title="Answer to whoever asked">
      {answer === undefined ? (
        <p class="fd-empty">Not answered yet. To be reached at: {handover.reach || 'nobody wrote it down'}</p>
      ) : (
        <p class="fd-entry">
          Answered {answer.how}, {describeInstant(answer.at)}: {answer.answer}
        </p>
      )}
      {may.write && (
        <FoldedForm
          noun="replies"
          action={paths.deskVerb(id, 'replies')}
          token={token}
          failed={failed}
          summary={answer === undefined ? 'Write down the answer' : 'Answered again'}
          submit="Save the answer"
          fields={[
            { name: 'how', label: 'How', hint: 'By telephone, by e-mail, in person', kind: 'line' },
            {
              name: 'answer',
              label: 'What you answered',
              hint: handover.byTelephone
                ? 'Tell the caller this. They have no page here'
                : 'They see this on their page',
              kind: 'text',
            },
          ]}
        />
      )}
    </Section>
  );
}

export function Chasing({ id, token, deskCase: handover, may, failed }: AfterProps) {
  return (
    <>
      {handover.chasings.map(({ at, whom, answer, who }) => (
        <p class="fd-entry">
          {describeInstant(at)}, {who?.name ?? ''} asked {whom}: {answer}
        </p>
      ))}
      {may.write && (
        <FoldedForm
          noun="chasings"
          action={paths.deskVerb(id, 'chasings')}
          token={token}
          failed={failed}
          summary="I asked whether they have told children’s services"
          submit="Save"
          fields={[
            { name: 'whom', label: 'Whom you asked', kind: 'line' },
            { name: 'answer', label: 'What they said', kind: 'text' },
          ]}
        />
      )}
    </>
  );
}

export function Decision({ id, token, desk, deskCase: handover, may, failed }: AfterProps) {
  const { outcome, review, disagreement, resolution } = handover;
  const reviewed = desk.outcomes.find((known) => known.id === outcome?.outcome)?.reviewed;
  const common = { token, failed };
  return (
    <Section id="reviews" title="Decision">
      {handover.outcomes.map((one) => (
        <p class="fd-entry">
          <strong>{one.words}</strong>, decided by {one.decidedBy}, {describeInstant(one.at)}. {one.reason}
        </p>
      ))}
      {handover.outcomes.length === 0 && <p class="fd-empty">No outcome yet</p>}
      {reviewed && review === undefined && handover.state === 'closed' && (
        <p>The Operational Manager has not reviewed it yet.</p>
      )}
      {review !== undefined && (
        <p class="fd-entry">
          Reviewed by {review.who?.name}: {review.accepted === 'yes' ? 'agreed' : 'not agreed'}. {review.reason}
        </p>
      )}
      {reviewed && may.review && handover.state === 'closed' && (
        <FoldedForm
          {...common}
          noun="reviews"
          action={paths.deskVerb(id, 'reviews')}
          summary="Review the referral"
          submit="Save the review"
          fields={[
            {
              name: 'accepted',
              label: 'Do you agree with the referral?',
              kind: 'choice',
              choices: [
                ['yes', 'Yes'],
                ['no', 'No'],
              ],
            },
            { name: 'reason', label: 'Reason', kind: 'text' },
          ]}
        />
      )}
      {disagreement !== undefined && (
        <p class="fd-entry">
          Disagreement between {disagreement.between}: {disagreement.about}
        </p>
      )}
      {resolution !== undefined && (
        <p class="fd-entry">
          Resolved by {resolution.decidedBy}: {resolution.decision}
        </p>
      )}
      {may.write && (
        <div id="disagreements">
          <FoldedForm
            {...common}
            noun="disagreements"
            action={paths.deskVerb(id, 'disagreements')}
            summary="Professionals do not agree among themselves"
            submit="Save the disagreement"
            fields={[
              {
                name: 'between',
                label: 'Who does not agree with whom',
                hint: `For example two agencies, at any time. If the referrer disputes the outcome, use “${DISPUTE}”`,
                kind: 'line',
              },
              { name: 'about', label: 'On what, and why', kind: 'text' },
            ]}
          />
        </div>
      )}
      {may.write && disagreement !== undefined && resolution === undefined && (
        <div id="resolutions">
          <FoldedForm
            {...common}
            noun="resolutions"
            action={paths.deskVerb(id, 'resolutions')}
            summary="It was resolved"
            submit="Save how it was resolved"
            fields={[
              { name: 'decidedBy', label: 'Who decided in the end', kind: 'line' },
              { name: 'decision', label: 'How', kind: 'text' },
            ]}
          />
        </div>
      )}
    </Section>
  );
}

export function Afterwards({ id, token, desk, deskCase: handover, may, draft, failed }: AfterProps) {
  const { dispute, reopenings, state } = handover;
  const last = reopenings.at(-1);
  if (state !== 'closed' && last === undefined) return null;
  return (
    <Section id="reopenings" title="Disputed, or something new">
      {reopenings.map(({ at, news }) => (
        <p class="fd-entry">
          Reopened {describeDay(localDay(at))}: {news}
        </p>
      ))}
      {last !== undefined && (
        <p>
          <a class="govuk-link" href={paths.deskComparison(id)}>
            Compare answers and result before and after
          </a>
        </p>
      )}
      {dispute !== undefined && (
        <div class="fd-notice">
          <p>
            <strong>The referrer disputes the outcome</strong>, {describeInstant(dispute.at)}: {dispute.why}
          </p>
          <DisputeSteps desk={desk} draft={draft} />
        </div>
      )}
      {state === 'closed' && may.escalate && dispute === undefined && (
        <div id="disputes">
          <FoldedForm
            noun="disputes"
            action={paths.deskVerb(id, 'disputes')}
            token={token}
            failed={failed}
            summary={DISPUTE}
            submit="Write it down, and set the steps"
            fields={[
              {
                name: 'why',
                label: 'What they see differently, and why',
                hint: 'It sets the steps and times of your area for a dispute',
                kind: 'text',
              },
            ]}
          />
        </div>
      )}
      {state === 'closed' && may.reopen && (
        <FoldedForm
          noun="reopenings"
          action={paths.deskVerb(id, 'reopenings')}
          token={token}
          failed={failed}
          summary="Something new is known: reopen it"
          submit="Reopen"
          fields={[
            {
              name: 'news',
              label: 'What is new',
              hint: 'All answers and fields stay as they are, to be changed',
              kind: 'text',
            },
          ]}
        />
      )}
    </Section>
  );
}
