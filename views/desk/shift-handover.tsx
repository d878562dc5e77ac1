import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Who } from '../../server/consultation/desk-happening.ts';
import { UNSENT_FIELD, UNSENT_INPUT } from '../../server/desk/actions.ts';
import type { Now } from '../../server/desk/deadlines.ts';
import { ownReason } from '../../server/desk/own-reason.ts';
import type { QueueRow } from '../../server/desk/queue-row.ts';
import { Choice } from '../kit/choice.tsx';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { errorsOf, type Failed, wasAsked } from '../kit/failed-form.ts';
import { FormField } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Section } from '../kit/section.tsx';
import { Absences, type AbsencesProps } from './absences.tsx';
import { DeskNav } from './desk-nav.tsx';
import { DueLines } from './due-lines.tsx';
import { describeAdvice, describeAge, describeAsker } from './queue-card.tsx';
import { Tag, tagsOf } from './tags.tsx';

export interface HandoverProps extends AbsencesProps {
  page: PageContext;
  /** Everything that is open, the most urgent first. */
  lines: QueueRow[];
  now: Now;
  /** Id of the signed-in person. */
  person: string;
  /** Ids of those on which this person has unsent text. */
  unsent: ReadonlySet<string>;
  /** Ids of the consultations that this person may pass on. */
  mayPass: ReadonlySet<string>;
  /**
   * People who can take them; empty if the signed-in person may not pass anything on. They are included themselves only
   * if somebody else has one of the consultations.
   */
  people: Who[];
  /** Account id → why: who is away today. */
  absent: ReadonlyMap<string, string>;
  failed?: Failed & { ticked: string[] };
  /** How many of the ticked consultations were passed on, to whom, and the note about all of them. */
  moved?: { count: number; of: number; to: string; said: string };
}

/** One page to read and print at the end of a shift. */
export function HandoverPage({
  page,
  lines,
  now,
  person,
  unsent,
  mayPass,
  people,
  absent,
  failed,
  moved,
  ...away
}: HandoverProps) {
  const workers = [...new Set(lines.map(({ workerName }) => workerName))].sort((a, b) =>
    (a ?? '').localeCompare(b ?? ''),
  );
  const errors = [
    ...errorsOf('reassign', failed?.errors ?? {}, { consultation: 'open' }),
    ...errorsOf('absence', away.failedAbsence?.errors ?? {}),
  ];
  const by = page.person === undefined ? '' : ` for ${page.person.name}, ${page.person.role}`;
  return (
    <Layout page={page} title="Hand over" error={errors.length > 0} desk wide>
      {errors.length > 0 && <ErrorSummary errors={errors} />}
      <DeskNav page={page} at="handover" />
      <h1 class="fd-title">Hand over</h1>
      <p>
        What is open, {describeInstant(now.at)}
        {by}: {lines.length}.
      </p>
      {moved !== undefined && <Moved {...moved} />}
      {lines.length === 0 && <p class="fd-empty">Nothing is open.</p>}
      <div class="fd-handover">
        <div id="open">
          {workers.map((worker, index) => (
            <Section id={`worker-${index}`} title={worker ?? 'Nobody has it'}>
              <ul class="fd-list">
                {lines
                  .filter(({ workerName }) => workerName === worker)
                  .map((line) => (
                    <OpenLine {...{ line, now, person, unsent, failed }} ticks={mayPass} />
                  ))}
              </ul>
            </Section>
          ))}
        </div>
        <div class="fd-handover__aside">
          {people.length > 0 && mayPass.size > 0 && (
            <ReassignForm people={people} absent={absent} token={page.token} failed={failed} />
          )}
          <Absences {...away} token={page.token} />
        </div>
      </div>
    </Layout>
  );
}

/** The note to whoever takes over goes into no record, so it is shown here, to be printed or told. */
function Moved({ count, of, to, said }: NonNullable<HandoverProps['moved']>) {
  return (
    <div class="fd-notice" id="done" role="status" tabindex={-1} autofocus>
      <p>
        Passed on: {count} of {of}.{count < of && ' The others had changed meanwhile, or are not yours to pass on.'}
      </p>
      {said !== '' && (
        <>
          <p>
            <strong>For {to}:</strong> <span class="fd-lines">{said}</span>
          </p>
          <p class="fd-no-print">It is in no record and is not sent. Tell them, or print this page.</p>
        </>
      )}
    </div>
  );
}

interface ReassignFormProps extends Pick<HandoverProps, 'people' | 'absent' | 'failed'> {
  token: string;
}

/** The form's checkboxes are above it, beside the consultations. */
function ReassignForm({ people, absent, token, failed }: ReassignFormProps) {
  return (
    <form id="reassign" class="fd-no-print" method="post" action={paths.deskReassignments()} novalidate>
      <input type="hidden" name="token" value={token} />
      <h2 class="govuk-heading-m">Pass on what is ticked</h2>
      <FormField
        form="reassign"
        field={{
          name: 'to',
          label: 'Who takes it',
          kind: 'choice',
          choices: people.map(
            ({ id, name, role }) => [id, [name, role, absent.get(id)].filter(Boolean).join(', ')] as const,
          ),
        }}
        value={failed?.values.to}
        error={failed?.errors.to}
      />
      <FormField
        form="reassign"
        field={{
          name: 'said',
          label: 'What they should know about the shift (can stay empty)',
          hint: 'It goes into no record and is not sent. Until you pass on, it is kept among what you wrote and did not send, for you alone. The next page shows it once, to be told or printed; then it is gone. Write about a child beside their own record',
          kind: 'text',
        }}
        value={failed?.values.said}
        error={failed?.errors.said}
      />
      {wasAsked(failed, UNSENT_INPUT) && (
        <FormField
          form="reassign"
          field={{
            ...UNSENT_FIELD,
            label: 'What you wrote and did not send',
            hint: 'It stands on the page of each record that says so in the list. Nobody else sees it',
          }}
          value={failed?.values[UNSENT_INPUT]}
          error={failed?.errors[UNSENT_INPUT]}
        />
      )}
      <button type="submit" class="govuk-button">
        Pass on
      </button>
    </form>
  );
}

/** The reason that goes into this record only. */
function OwnReason({ line: { consultation, reference }, value }: { line: QueueRow; value: string | undefined }) {
  const name = ownReason(consultation);
  return (
    <>
      <label class="govuk-label" for={name}>
        What they should know about {reference} (can stay empty)
      </label>
      <input class="govuk-input" id={name} name={name} type="text" value={value} form="reassign" />
    </>
  );
}

interface OpenLineProps {
  line: QueueRow;
  now: Now;
  person: string;
  unsent: ReadonlySet<string>;
  ticks: ReadonlySet<string>;
  failed: HandoverProps['failed'];
}

function OpenLine({ line, now, person, unsent, ticks, failed }: OpenLineProps) {
  const { consultation, reference, question } = line;
  return (
    <li>
      <a class="govuk-link" href={paths.deskRecord(consultation)}>
        {reference}
      </a>
      , {line.byTelephone ? 'rang' : 'asked'} {describeInstant(line.askedAt)}{' '}
      {tagsOf(line).map(([words, kind]) => (
        <>
          <Tag kind={kind}>{words}</Tag>{' '}
        </>
      ))}
      <DueLines line={line} now={now} person={person} />
      <p>{describeAdvice(line)}</p>
      {question !== '' && <p class="fd-entry fd-lines">{question}</p>}
      <p class="fd-hint">
        {describeAge(line)}. {describeAsker(line)}
      </p>
      {line.household !== '' && <p>Also in the household: {line.household}</p>}
      {unsent.has(consultation) && (
        <p class="fd-no-print">
          <strong>You have words here that are not sent.</strong> Send them or throw them away before you pass it on:
          nobody else sees them.
        </p>
      )}
      {ticks.has(consultation) && (
        <div class="govuk-checkboxes fd-no-print">
          <Choice
            kind="checkboxes"
            id={`tick-${consultation}`}
            name="consultation"
            value={consultation}
            text={`Pass on ${reference}`}
            checked={failed?.ticked.includes(consultation) ?? false}
            form="reassign"
          />
          <OwnReason line={line} value={failed?.values[ownReason(consultation)]} />
        </div>
      )}
    </li>
  );
}
