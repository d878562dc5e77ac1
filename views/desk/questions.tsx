import type { Child } from 'hono/jsx';
import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { SoFar } from '../../server/desk/call-summary.ts';
import type { PerhapsSame } from '../../server/desk/perhaps-same.ts';
import { keepName, seenName } from '../../server/desk/record-fields.ts';
import { keepTheirsValue, putMineValue } from '../../server/desk/step-list.ts';
import type { Question } from '../../server/flow/flow.ts';
import { Choice } from '../kit/choice.tsx';
import { Details } from '../kit/details.tsx';
import { ErrorMessage, ErrorSummary, type FieldError } from '../kit/error-summary.tsx';
import { errorsOf, type Failed } from '../kit/failed-form.ts';
import { FormField } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { AnswerFields, instructionFor } from '../question/answer-inputs.tsx';
import { inputId } from '../question/options.tsx';
import { DeskNav } from './desk-nav.tsx';
import { PerhapsSameLines } from './perhaps-same.tsx';

export interface Step {
  question: Question;
  /** Number of the entry that gave the answer shown; 0 if there is none. */
  seen: number;
  given: string[];
  answered: boolean;
  /** The saved answer in words, one string per tick. */
  words: string[];
  /** The instant at which the answer was saved; empty if there is none. */
  savedAt: string;
  error?: string;
  /**
   * What somebody else answered after the page was made. It differs from `given`, which is not saved until the person
   * chooses.
   */
  theirs?: { number: number; words: string; by: string; at: string };
}

export interface StepListProps {
  page: PageContext;
  id: string;
  reference: string;
  token: string;
  soFar: SoFar;
  /** In words; undefined if it is not urgent. */
  urgency?: string;
  /** Other open consultations that may be about the same worry. */
  perhapsSame: readonly PerhapsSame[];
  /** A note that was refused. */
  note?: Failed;
  notes: readonly { number: number; at: string; text: string }[];
  /** How many entries the page shows, so that a note that is sent twice is saved once. */
  entries: number;
  steps: Step[];
}

/**
 * All questions that may be needed, in one list, to be answered in any order. With a script, answers are saved as they
 * are given.
 */
export function StepListPage({ page, ...list }: StepListProps) {
  const errors = [...list.steps.flatMap(errorOf), ...errorsOf('notes', list.note?.errors ?? {})];
  const send = {
    'data-hx-post': paths.deskAnswers(list.id),
    // The event that `static/steps.js` sends, so that options passed over with the arrow keys are not saved.
    'data-hx-trigger': 'settled',
    'data-hx-target': '#steps',
    'data-hx-swap': 'outerMorph',
  };
  return (
    <Layout page={page} title="All questions" error={errors.length > 0} desk wide>
      {errors.length > 0 && <ErrorSummary errors={errors} />}
      <DeskNav page={page} />
      <h1 class="fd-title">All questions, {list.reference}</h1>
      <p class="fd-no-print">
        Fill them in while you listen, in any order. What is not asked can stay open.{' '}
        <a class="govuk-link" href="#notes">
          To your notes
        </a>
        ,{' '}
        <a class="govuk-link" href={paths.deskRecord(list.id)}>
          to the record
        </a>
      </p>
      <div class="fd-telephone">
        <form class="fd-steps" method="post" action={paths.deskAnswers(list.id)} novalidate {...send}>
          <input type="hidden" name="token" value={list.token} />
          <input type="hidden" name="draft" value={paths.deskAnswers(list.id)} />
          <StepsFragment {...list} />
          <div class="fd-steps__foot">
            <button type="submit" class="govuk-button">
              Save, and go on
            </button>
          </div>
        </form>
        <Notes {...list} />
      </div>
      <p role="status" id="desk-live" class="govuk-visually-hidden" />
    </Layout>
  );
}

function errorOf({ question, error, theirs }: Step): FieldError[] {
  if (theirs !== undefined) return [{ field: keepId(question.id, 'theirs'), message: describeClash(theirs) }];
  return error === undefined ? [] : [{ field: inputId(question.id), message: error }];
}

function describeClash({ by, at }: { by: string; at: string }): string {
  return `${by} answered this differently after you opened the page, ${describeInstant(at)}. Choose which answer stands`;
}

const keepId = (question: string, whose: 'theirs' | 'mine') => `${keepName(question)}-${whose}`;

/** For printing, where forms are left out: what is known so far. The notes are printed below it. */
function Printed({ steps, soFar, urgency }: Pick<StepListProps, 'steps' | 'soFar' | 'urgency'>) {
  const { level, advised, parents, others, isFinished } = soFar;
  const lines = [
    urgency,
    advised && `Advised${isFinished ? '' : ' so far'}: ${advised.action}. ${advised.byWhen}`,
    level,
    parents,
    ...others,
  ].filter((line) => line !== undefined);
  return (
    <div class="fd-only-print" id="printed">
      {lines.map((line) => (
        <p>{line}.</p>
      ))}
      <dl class="fd-facts">
        {steps.map(
          ({ question, answered, words }) =>
            answered && (
              <div class="fd-facts__row">
                <dt>{question.text}</dt>
                <dd>{words.join('; ')}</dd>
              </div>
            ),
        )}
      </dl>
    </div>
  );
}

/** For what the caller says that no question asks about. */
function Notes({ id, token, note, notes, entries }: Omit<StepListProps, 'page'>) {
  return (
    <section class="fd-section" id="notes" aria-labelledby="notes-title">
      <h2 class="govuk-heading-m" id="notes-title">
        Notes
      </h2>
      {notes.map(({ at, text }) => (
        <p class="fd-entry">
          <span class="fd-entry__when">{describeInstant(at)}</span> {text}
        </p>
      ))}
      <form method="post" action={paths.deskAddition(id, 'notes')} novalidate>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="seen" value={String(entries)} />
        <input type="hidden" name="back" value="questions" />
        <FormField
          form="notes"
          field={{
            name: 'text',
            label: 'Your note',
            hint: 'In the caller’s own words where you have them. Only the desk reads it',
            kind: 'text',
          }}
          value={note?.values.text}
          error={note?.errors.text}
        />
        <button type="submit" class="govuk-button govuk-button--secondary">
          Add the note
        </button>
      </form>
    </section>
  );
}

export function StepsFragment({ steps, soFar, urgency, perhapsSame }: Omit<StepListProps, 'page'>) {
  return (
    <div id="steps">
      <PerhapsSameLines lines={perhapsSame} />
      <Stand steps={steps} soFar={soFar} {...(urgency !== undefined && { urgency })} />
      <Printed steps={steps} soFar={soFar} {...(urgency !== undefined && { urgency })} />
      {steps.map((step, index) => (
        <StepQuestion step={step} number={index + 1} />
      ))}
    </div>
  );
}

/**
 * Stays in sight while answers are entered: what holds so far, what is not known yet, and what would hold if the caller
 * hung up.
 */
function Stand({ steps, soFar, urgency }: Pick<StepListProps, 'steps' | 'soFar' | 'urgency'>) {
  const answered = steps.filter((step) => step.answered).length;
  const { isFinished, level, advised, parents, others } = soFar;
  const facts: [name: string, value: string | undefined][] = [
    [isFinished ? 'Action' : 'Action so far', advised?.action],
    ['By when', advised?.byWhen],
    ['Level', level],
    ['Parents', parents],
  ];
  const open = facts.filter(([, value]) => value === undefined).map(([name]) => name.toLowerCase());
  return (
    <div class="fd-notice fd-so-far" id="stand" role="status">
      <p>
        <strong>
          {urgency !== undefined && `${urgency}. `}
          {isFinished ? 'All answered' : 'So far'}:
        </strong>{' '}
        {isFinished ? `${answered} answers` : `${answered} answered, ${steps.length - answered} open or fewer`}.
        {open.length > 0 && ` ${isFinished ? 'Nothing is said of' : 'Not known yet'}: ${open.join(', ')}.`}
      </p>
      <dl>{facts.map(([name, value]) => value !== undefined && <Fact name={name}>{value}</Fact>)}</dl>
      {others.length > 0 && <p>{others.map((mark) => `${mark}. `)}</p>}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: Child }) {
  return (
    <div>
      <dt>{name}: </dt>
      <dd>{children}</dd>
    </div>
  );
}

function StepQuestion({ step, number }: { step: Step; number: number }) {
  const { question, given, seen, theirs } = step;
  const error = theirs === undefined ? step.error : describeClash(theirs);
  const id = inputId(question.id);
  const instruction = instructionFor(question);
  return (
    <div class={error === undefined ? 'fd-step' : 'fd-step govuk-form-group--error'} id={`step-${question.id}`}>
      <input type="hidden" id={seenName(question.id)} name={seenName(question.id)} value={String(seen)} />
      <fieldset class="govuk-fieldset" aria-describedby={error === undefined ? undefined : `${id}-error`}>
        <legend class="govuk-fieldset__legend fd-step__legend">
          {number}. {question.text} {instruction !== undefined && <span class="fd-hint">{instruction}</span>}
        </legend>
        {question.help !== undefined && (
          <Details summary="Help" quiet>
            {question.help}
          </Details>
        )}
        {error !== undefined && <ErrorMessage id={`${id}-error`} message={error} />}
        <AnswerFields question={question} given={given} error={error} />
        {theirs !== undefined && <Theirs question={question} theirs={theirs} />}
        {theirs === undefined && step.savedAt !== '' && (
          <p class="fd-hint fd-field__saved">Saved {describeInstant(step.savedAt)}</p>
        )}
      </fieldset>
    </div>
  );
}

/**
 * Two people answered differently. The other person's answer is saved; one's own is shown above until the person
 * chooses.
 */
function Theirs({ question, theirs }: { question: Question; theirs: NonNullable<Step['theirs']> }) {
  const { number, words, by, at } = theirs;
  const choices = [
    ['theirs', keepTheirsValue(number), `Keep the answer of ${by}: ${words}`],
    ['mine', putMineValue(number), 'Put mine in its place, as it stands above'],
  ] as const;
  return (
    <div class="fd-notice">
      <p>
        <strong>
          {by}, {describeInstant(at)}:
        </strong>{' '}
        {words}
      </p>
      <p>Yours is above, and not saved yet.</p>
      {choices.map(([whose, value, text]) => (
        <Choice kind="radios" id={keepId(question.id, whose)} name={keepName(question.id)} value={value} text={text} />
      ))}
    </div>
  );
}
