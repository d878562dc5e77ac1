import { describeDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { dayOf, describeInput, inputsOf } from '../../server/flow/instruments/inputs.ts';
import type { Instrument, InstrumentAnswers, InstrumentField } from '../../server/flow/instruments/instrument.ts';
import { fieldsOfInstrument } from '../../server/flow/instruments/instrument.ts';
import { describeState } from '../../server/pathway/filling.ts';
import type { WaitingSheet } from '../../server/pathway/meeting-lists.ts';
import type { PathwayLine } from '../../server/store/pathways.ts';
import { DeskNav } from '../desk/desk-nav.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { printsOf } from '../kit/print.tsx';
import { Section } from '../kit/section.tsx';

type Child = Pick<PathwayLine, 'consultation' | 'reference' | 'child'>;

export interface Brought extends WaitingSheet {
  line: Child;
  /** In the version in which the sheet was begun. */
  instrument: Instrument;
}

interface Meeting {
  instrument: Instrument;
  brought: readonly Brought[];
  /** Open pathways with nothing marked for the meeting. */
  without: readonly Child[];
}

export interface MeetingListsPageProps {
  page: PageContext;
  team: string;
  meetings: readonly Meeting[];
  day: string;
  /** Whether there are more open pathways than the page shows. */
  isCut: boolean;
}

/** What is marked for the next of each regular meeting, one list after the other. */
export function MeetingListsPage({ page, team, meetings, day, isCut }: MeetingListsPageProps) {
  return (
    <Layout page={page} title="Lists for the next meetings" desk wide>
      <DeskNav page={page} at="pathways" />
      <a class="govuk-link fd-back fd-no-print" href={paths.pathways()}>
        All pathways
      </a>
      <h1 class="fd-title" {...printsOf({ prints: paths.meetingListPrints(), token: page.token })}>
        Lists for the next meetings
      </h1>
      <p class="fd-lead">
        Open pathways of {team}, {describeDay(day)}.
      </p>
      <p class="fd-notice">
        <strong>These lists name people.</strong> Print them for the meeting and keep the sheets as you keep the record.
        Nothing is sent from here. If action is needed now, ring the police on 101, or 999 in danger.
      </p>
      {isCut && <p>There are more open pathways than this page shows. Look through the list of all pathways too.</p>}
      {meetings.map((meeting) => (
        <MeetingList {...meeting} />
      ))}
    </Layout>
  );
}

function MeetingList({ instrument, brought, without }: Meeting) {
  return (
    <Section id={instrument.id} title={instrument.title}>
      <p class="fd-hint">{instrument.says}</p>
      {brought.length === 0 && <p class="fd-empty">No child is marked for it</p>}
      {brought.map((one) => (
        <ForChild {...one} />
      ))}
      {without.length > 0 && (
        <p>
          Nothing is marked for these open pathways:{' '}
          {without.map(({ consultation, reference, child }, index) => (
            <>
              {index > 0 && '; '}
              <a class="govuk-link" href={paths.pathway(consultation)}>
                {reference}
              </a>
              , {child || 'a child who is not named'}
            </>
          ))}
          .
        </p>
      )}
    </Section>
  );
}

function ForChild({ line, sheet, instrument, isUnheard }: Brought) {
  const { consultation, reference, child } = line;
  const day = dayOf(instrument, sheet.answers);
  return (
    <div class="fd-paper">
      <h3 class="govuk-heading-s">
        <a class="govuk-link" href={paths.pathwaySheet(consultation, sheet.number)}>
          {reference}
        </a>
        , {child || 'a child who is not named'}
      </h3>
      <p>
        {day === undefined ? 'No day is written down. ' : `Day: ${describeDay(day)}. `}
        {describeState(sheet)}. Why: {sheet.reason}
      </p>
      {isUnheard && (
        <p class="fd-notice">
          Its day has passed, and nothing is written down of what was agreed. Ask whether the meeting heard it; begin a
          new list to write down what was agreed, or to bring it again.
        </p>
      )}
      {fieldsOfInstrument(instrument)
        .filter(({ id }) => id !== instrument.on)
        .map((field) => (
          <Answers field={field} answers={sheet.answers} name={`${reference}, form ${sheet.number}`} />
        ))}
    </div>
  );
}

interface AnswersProps {
  field: InstrumentField;
  answers: InstrumentAnswers;
  /** Accessible name of the table, for people who do not see the heading above it; unique on the page. */
  name: string;
}

/** The answers for the meeting. Empty fields are left out, except the table: that it is empty is important. */
function Answers({ field, answers, name }: AnswersProps) {
  if (field.type === 'table') return <Lines field={field} answers={answers} name={name} />;
  const written = inputsOf(field).filter((input) => (answers[input.name] ?? '') !== '');
  if (written.length === 0) return null;
  return (
    <>
      <p class="fd-paper__name">{field.label}</p>
      <ul class="govuk-list govuk-list--bullet">
        {written.map((input) => {
          const words = describeInput(input, answers[input.name] ?? '');
          return <li class="fd-entry">{input.label === field.label ? words : `${input.label}: ${words}`}</li>;
        })}
      </ul>
    </>
  );
}

function Lines({ field, answers, name }: AnswersProps) {
  const { id, label, columns, rows } = field;
  const cell = (row: number, column: string) => answers[`${id}.${row}.${column}`] ?? '';
  const written = Array.from({ length: rows }, (_, index) => index + 1).filter((row) =>
    columns.some((column) => cell(row, column.id) !== ''),
  );
  if (written.length === 0)
    return (
      <p>
        {label}: <strong>nothing is written down yet.</strong>
      </p>
    );
  return (
    <section class="fd-table-scroll" tabindex={0} aria-label={`${label}: ${name}`}>
      <table class="fd-compare">
        <thead>
          <tr>
            {columns.map(({ text }) => (
              <th scope="col">{text}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {written.map((row) => (
            <tr>
              {columns.map((column) => (
                <td class="fd-entry">{cell(row, column.id)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
