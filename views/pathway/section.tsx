import { describeDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import {
  describeInput,
  type Input,
  inputsOf,
  type Missing,
  noteName,
  YES,
} from '../../server/flow/instruments/inputs.ts';
import type {
  Instrument,
  InstrumentAnswers,
  InstrumentField,
  InstrumentSection,
  ReferralRule,
} from '../../server/flow/instruments/instrument.ts';
import type { Score } from '../../server/flow/instruments/score.ts';
import type { Sheet } from '../../server/pathway/pathway.ts';
import { DeskNav } from '../desk/desk-nav.tsx';
import { Choice } from '../kit/choice.tsx';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { FormField, fieldId } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { TotalSoFar } from './total.tsx';

export interface SectionPageProps {
  page: PageContext;
  id: string;
  reference: string;
  sheet: Sheet;
  instrument: Instrument;
  section: InstrumentSection;
  /** As saved or, if something was wrong, as they were sent. */
  answers: InstrumentAnswers;
  /** The completed version before. */
  before: Sheet | undefined;
  /** Source of a field's known value → what the consultation says. */
  known: Readonly<Record<string, string>>;
  score: Score | undefined;
  referrals: readonly ReferralRule[];
  missing: readonly Missing[];
  seen: number;
  /** False if the sheet was completed, or the pathway closed, while somebody was writing. */
  canSave: boolean;
  errors: Readonly<Record<string, string>>;
  message: string | undefined;
}

const FORM = 'answer';

/** One section of an instrument, to be filled in. It works as a plain form without a script. */
export function SectionPage(props: SectionPageProps) {
  const { page, id, sheet, instrument, section, errors, message } = props;
  const address = paths.pathwaySheetSection(id, sheet.number, section.id);
  const index = instrument.sections.indexOf(section);
  const listed = Object.entries(errors).map(([name, words]) => ({ field: fieldId(FORM, name), message: words }));
  return (
    <Layout page={page} title="Form of the pathway" error={message !== undefined} desk wide>
      {message !== undefined && (
        <ErrorSummary errors={[...listed, ...(listed.length === 0 ? [{ field: 'main', message }] : [])]} />
      )}
      <DeskNav page={page} />
      <a class="govuk-link fd-back" href={paths.pathwaySheet(id, sheet.number)}>
        The whole form
      </a>
      <h1 class="fd-title">{instrument.title}</h1>
      <p class="fd-lead">
        Part {index + 1} of {instrument.sections.length}: {section.title}. Consultation {props.reference}.
      </p>
      {message !== undefined && listed.length > 0 && <p class="fd-notice">{message}</p>}
      {index === 0 && <Before instrument={instrument} />}
      <Parts {...props} />
      {section.says !== undefined && <p>{section.says}</p>}
      {props.before !== undefined && (
        <p class="fd-hint">
          What stood in the version of {describeDay(props.before.completed?.on ?? '')} is shown beside each answer.
          Nothing is taken over from it.
        </p>
      )}
      <form method="post" action={address} novalidate>
        <input type="hidden" name="token" value={page.token} />
        <input type="hidden" name="seen" value={String(props.seen)} />
        {section.fields.map((field) => (
          <SectionField field={field} {...props} />
        ))}
        <Total {...props} />
        {props.canSave && <Buttons isLast={index === instrument.sections.length - 1} />}
      </form>
    </Layout>
  );
}

function Before({ instrument }: { instrument: Instrument }) {
  return (
    <div class="fd-notice">
      <p>{instrument.says}</p>
      <p>
        <strong>Completed by:</strong> {instrument.completedBy}
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {instrument.before.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </div>
  );
}

/** The sections, each with what is still missing in it, as links to move between them. */
function Parts({ id, sheet, instrument, section, missing }: SectionPageProps) {
  return (
    <nav class="fd-contents fd-no-print" aria-label="Parts of the form">
      <ul>
        {instrument.sections.map((part) => {
          const count = missing.filter((one) => one.section === part.id).length;
          return (
            <li>
              <a
                class="govuk-link"
                href={paths.pathwaySheetSection(id, sheet.number, part.id)}
                aria-current={part === section ? 'page' : undefined}
              >
                {part.title}
              </a>{' '}
              {count === 0 ? '(nothing missing)' : `(${count} missing)`}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

type FieldProps = SectionPageProps & { field: InstrumentField };

function SectionField(props: FieldProps) {
  const { field, answers, errors } = props;
  const inputs = inputsOf(field);
  const [first] = inputs;
  const isGroup = ['ticks', 'people', 'table'].includes(field.type);
  const known = field.known === undefined || (answers[field.id] ?? '') !== '' ? '' : (props.known[field.known] ?? '');
  const hints = [
    field.hint,
    field.prompts === undefined ? undefined : `To reflect on: ${field.prompts}`,
    known === '' ? undefined : `The consultation says: ${known}`,
    field.note,
  ].filter((words) => words !== undefined);
  if (isGroup)
    return (
      <fieldset class="govuk-fieldset govuk-form-group fd-paper__field" id={fieldId(FORM, field.id)}>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{nameOf(field)}</legend>
        {hints.map((words) => (
          <p class="govuk-hint">{words}</p>
        ))}
        <Grouped {...props} />
      </fieldset>
    );
  return (
    <div class="fd-paper__field">
      {inputs.map((input) => (
        <InputField
          input={input}
          label={input === first ? nameOf(field) : reasonLabel(field)}
          hints={input === first ? hints : []}
          answers={answers}
          errors={errors}
        />
      ))}
      <LastTime inputs={inputs} before={props.before} />
    </div>
  );
}

function nameOf({ label, needed }: InstrumentField): string {
  return needed ? label : `${label} (can stay empty)`;
}

function reasonLabel({ type, label, reasonFor, options }: InstrumentField): string {
  if (type === 'scale') return `Assessor’s reflections: ${label}`;
  const words = reasonFor.map(
    (id) => `“${options.find((option) => option.id === id)?.text ?? (id === YES ? 'Yes' : 'No')}”`,
  );
  return `Reason, needed for ${words.join(', ')}: ${label}`;
}

function Grouped(props: FieldProps) {
  const { field, answers, errors } = props;
  const inputs = inputsOf(field);
  if (field.type === 'ticks')
    return (
      <>
        <LastTime inputs={inputs} before={props.before} />
        <div class="govuk-checkboxes" data-module="govuk-checkboxes">
          {inputs.map(({ name, label }) => (
            <Choice
              kind="checkboxes"
              id={fieldId(FORM, name)}
              name={name}
              value={YES}
              text={label}
              checked={answers[name] === YES}
            />
          ))}
        </div>
      </>
    );
  if (field.type === 'table') return <Table {...props} />;
  return (
    <>
      {field.options.map(({ id }) => {
        const own = inputs.filter(({ name }) => name === `${field.id}.${id}` || name === noteName(`${field.id}.${id}`));
        return (
          <div class="fd-paper__field">
            {own.map((input) => (
              <InputField input={input} label={input.label} hints={[]} answers={answers} errors={errors} />
            ))}
            <LastTime inputs={own} before={props.before} />
          </div>
        );
      })}
    </>
  );
}

function Table({ field, answers, errors, before }: FieldProps) {
  const inputs = inputsOf(field);
  return (
    <>
      <LastTime inputs={inputs} before={before} />
      {Array.from({ length: field.rows }, (_, index) => index + 1).map((row) => (
        <div class="fd-sheet-row">
          {field.columns.map(({ id }) => {
            const input = inputs.find(({ name }) => name === `${field.id}.${row}.${id}`);
            return (
              input !== undefined && (
                <InputField input={input} label={input.label} hints={[]} answers={answers} errors={errors} />
              )
            );
          })}
        </div>
      ))}
    </>
  );
}

interface InputProps {
  input: Input;
  label: string;
  hints: readonly string[];
  answers: InstrumentAnswers;
  errors: Readonly<Record<string, string>>;
}

function InputField({ input, label, hints, answers, errors }: InputProps) {
  const { name, kind, choices } = input;
  const value = answers[name] ?? '';
  const isScore = choices.length > 0 && choices.every(([id]) => /^\d+$/.test(id));
  const shown = choices.map(([id, words]) => [id, isScore ? `${id}. ${words}` : words] as const);
  const day = kind === 'day' ? ['Such as 27 3 2026'] : [];
  const hint = [...hints, ...day].join(' ');
  return (
    <FormField
      field={{
        name,
        label,
        kind: kind === 'choice' ? 'choice' : kind === 'text' ? 'text' : 'line',
        ...(hint !== '' && { hint }),
        ...(kind === 'choice' && { choices: shown }),
      }}
      form={FORM}
      value={kind === 'day' ? describeDay(value) : value}
      {...(errors[name] !== undefined && { error: errors[name] })}
    />
  );
}

/** The answers of the previous version, beside the new ones. */
function LastTime({ inputs, before }: { inputs: readonly Input[]; before: Sheet | undefined }) {
  if (before === undefined) return null;
  const said = inputs
    .map((input) => [input, before.answers[input.name] ?? ''] as const)
    .filter(([, value]) => value !== '')
    .map(([input, value]) => describeLast(input, value));
  return (
    <p class="fd-last-time">
      <span class="fd-hint">Last time, {describeDay(before.completed?.on ?? '')}:</span>{' '}
      {said.length === 0 ? 'nothing was written down' : said.join('; ')}
    </p>
  );
}

function describeLast(input: Input, value: string): string {
  if (input.kind === 'tick') return input.label;
  const words = input.kind === 'day' ? describeDay(value) : describeInput(input, value);
  return /^\d{1,2}$/.test(value) && words !== value ? `${value}. ${words}` : words;
}

/**
 * With a script it follows the choices, and is read out when the person pauses; without one it shows what was saved.
 */
function Total({ id, sheet, section, score, referrals, instrument }: SectionPageProps) {
  if (score === undefined && instrument.refer.length === 0) return null;
  const follow = {
    'data-hx-post': paths.pathwaySheetTotal(id, sheet.number, section.id),
    'data-hx-trigger': "change from:'closest form' delay:400ms",
    'data-hx-swap': 'innerHTML',
    'data-hx-sync': 'this:replace',
    'data-follows': 'form',
  };
  return (
    <section class="fd-pathway-total" aria-label="Score so far">
      <div role="status" {...follow}>
        <TotalSoFar score={score} referrals={referrals} />
      </div>
    </section>
  );
}

function Buttons({ isLast }: { isLast: boolean }) {
  return (
    <div class="govuk-button-group">
      <button type="submit" class="govuk-button">
        {isLast ? 'Save, and see the whole form' : 'Save, and go on'}
      </button>
      <button type="submit" class="govuk-button govuk-button--secondary" name="then" value="stay">
        Save, and stay here
      </button>
      <button type="submit" class="govuk-button govuk-button--secondary" name="then" value="leave">
        Save, and leave it for now
      </button>
    </div>
  );
}
