import type { ConversationPaths } from '../../server/base/paths.ts';
import type { OpenTurn, PastTurn } from '../../server/consultation/transcript.ts';
import { Sources } from '../kit/citation.tsx';
import { ErrorMessage, ErrorSummary } from '../kit/error-summary.tsx';
import { ALWAYS, renderOnce, renderOnceWithSlots } from '../kit/render-once.ts';
import { AnswerFields, instructionFor } from './answer-inputs.tsx';
import { Help } from './help.tsx';
import { inputId } from './options.tsx';
import { Notes } from './turn.tsx';

export interface OpenQuestionProps {
  turn: OpenTurn;
  at: ConversationPaths;
  /** Number of the entry with the answer shown; 0 if there is none. */
  seen: number;
  token: string;
  /** Raw values: the answer being changed, or the refused input. */
  given?: string[];
  error?: string;
  /** Which question this is, and roughly how many there are. */
  place?: Place;
  /** Set if an earlier answer is being changed. */
  changing?: 'earlier' | 'last';
  /** Whether the page has an error summary at the top already. */
  summarised?: boolean;
}

export interface Place {
  /** Counted from 1. */
  number: number;
  /** Undefined if no worked case contains the question. */
  about?: number | undefined;
  /** URL of the previous question, or of the page on which the interview was begun. */
  back?: string | undefined;
}

/** `begun`: where Back leads from the first question. */
export function placeOf(
  turns: readonly PastTurn[],
  at: ConversationPaths,
  { about, begun }: { about?: number | undefined; begun?: string | undefined },
): Place {
  const before = turns.at(-1);
  return {
    number: turns.length + 1,
    about,
    back: before === undefined ? begun : `${at.question(before.question.id)}#question`,
  };
}

/** The open question: a form that works without a script and is sent by htmx if there is one. */
export function OpenQuestion(props: OpenQuestionProps) {
  const { turn, at, error, changing, summarised } = props;
  return (
    <section id="question" class="fd-open" aria-label="Question">
      {error !== undefined && !summarised && <QuestionErrors turn={turn} error={error} />}
      {props.place !== undefined && <PlaceLine {...props.place} />}
      <Notes remarks={turn.remarks} alreadyAnswered={turn.alreadyAnswered} at={at} />
      {changing !== undefined && (
        <p class="fd-changing">
          {changing === 'last'
            ? 'You answered this last. Answer again if it is different now.'
            : 'You are changing an earlier answer. Later answers that still fit are kept.'}{' '}
          <a class="govuk-link" href={at.open}>
            Go on without changing it
          </a>
        </p>
      )}
      <QuestionForm {...props} />
      <Origin turn={turn} />
    </section>
  );
}

function PlaceLine({ number, about, back }: Place) {
  const known = about !== undefined && about >= number ? `${about}` : undefined;
  if (back === undefined || number === 1) return <PlaceOf number={`${number}`} about={known} back={back} />;
  const place = { number: `${number}`, back };
  return known === undefined ? <LaterPlace {...place} /> : <LaterPlaceAmong {...place} about={known} />;
}

interface PlaceProps {
  number: string;
  about?: string | undefined;
  back?: string | undefined;
  /** Whether it comes after another question. */
  later?: boolean;
}

function PlaceOf({ number, about, back, later }: PlaceProps) {
  return (
    <p class="fd-place">
      {back !== undefined && (
        <a class="govuk-link fd-back" href={back}>
          Back{later && <span class="govuk-visually-hidden"> to the question before</span>}
        </a>
      )}
      <span>
        Question {number}
        {about !== undefined && ` of about ${about}`}
      </span>
    </p>
  );
}

const LaterPlace = renderOnceWithSlots(
  ['number', 'back'],
  () => ALWAYS,
  (place: Record<'number' | 'back', string>) => <PlaceOf {...place} later />,
);
const LaterPlaceAmong = renderOnceWithSlots(
  ['number', 'back', 'about'],
  () => ALWAYS,
  (place: Record<'number' | 'back' | 'about', string>) => <PlaceOf {...place} later />,
);

const Origin = renderOnce(contentOf, ({ turn }: { turn: OpenTurn }) => (
  <Sources citations={turn.citations} summary="Where this question comes from" />
));

function contentOf({ turn }: { turn: OpenTurn }) {
  return turn.question;
}

export function QuestionErrors({ turn, error }: { turn: OpenTurn; error: string }) {
  return <ErrorSummary errors={[{ field: inputId(turn.question.id), message: error }]} />;
}

function QuestionForm(props: OpenQuestionProps) {
  const { turn, at, seen, token, given = [], error } = props;
  const form = { turn, answers: at.answers, seen: String(seen), token };
  if (error !== undefined || given.length > 0)
    return <FormOf {...form} keepsDraft={at.keepsDrafts} given={given} error={error} />;
  return at.keepsDrafts ? <UnansweredKeptForm {...form} /> : <UnansweredForm {...form} />;
}

interface FormProps extends QuestionFieldsProps {
  /** The URL to which it is sent. */
  answers: string;
  seen: string;
  token: string;
  keepsDraft?: boolean;
}

/** A question that has not been answered yet: rendered once for each question of a version. */
const UnansweredForm = renderOnceWithSlots(['answers', 'seen', 'token'], contentOf, FormOf);
const UnansweredKeptForm = renderOnceWithSlots(['answers', 'seen', 'token'], contentOf, (props: FormProps) => (
  <FormOf {...props} keepsDraft />
));

function FormOf({ turn, answers, seen, token, keepsDraft, given, error }: FormProps) {
  const send = {
    'data-hx-post': answers,
    'data-hx-target': '#question',
    'data-hx-swap': 'outerHTML',
    'data-hx-sync': 'this:drop',
  };
  return (
    <form class="fd-question" method="post" action={answers} novalidate {...send}>
      <input type="hidden" name="question" value={turn.question.id} />
      <input type="hidden" name="seen" value={seen} />
      <input type="hidden" name="token" value={token} />
      {keepsDraft && <input type="hidden" name="draft" value={draftOf(answers, turn.question.id)} />}
      <div class={error === undefined ? 'govuk-form-group' : 'govuk-form-group govuk-form-group--error'}>
        <QuestionFields turn={turn} given={given} error={error} />
      </div>
      <button type="submit" class="govuk-button fd-continue">
        Continue
      </button>
    </form>
  );
}

/** All questions of a consultation are sent to the same URL, so each gets its own draft. */
export function draftOf(answers: string, question: string): string {
  return `${answers}#${question}`;
}

interface QuestionFieldsProps {
  turn: OpenTurn;
  given?: string[] | undefined;
  error?: string | undefined;
}

function QuestionFields({ turn: { question, definitions }, given = [], error }: QuestionFieldsProps) {
  const id = inputId(question.id);
  const describedBy = `${id}-why${error === undefined ? '' : ` ${id}-error`}`;
  const instruction = instructionFor(question);
  return (
    <fieldset class="govuk-fieldset" aria-describedby={describedBy}>
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--l">
        <h1 class="govuk-fieldset__heading" tabindex={-1}>
          {question.text}
        </h1>
      </legend>
      <p class="govuk-hint" id={`${id}-why`}>
        Why we ask: {question.why}
        {instruction !== undefined && <span class="fd-tick-all">{instruction}.</span>}
      </p>
      <Help help={question.help} definitions={definitions} />
      {error !== undefined && <ErrorMessage id={`${id}-error`} message={error} />}
      <AnswerFields question={question} given={given} error={error} foldable />
    </fieldset>
  );
}
