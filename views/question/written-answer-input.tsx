import type { Question } from '../../server/flow/flow.ts';
import { Choice } from '../kit/choice.tsx';
import { inputId } from './options.tsx';

/** A question that is answered by writing: text, a whole number, or a date. "I don't know" stands beside it, under the same name. */
export function WrittenAnswerInput({
  question,
  given,
  error,
}: {
  question: Question;
  given: string[];
  error?: string;
}) {
  const id = inputId(question.id);
  const written = given.find((text) => text !== 'unknown') ?? '';
  const hint = hintOf(question);
  const describedBy = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(' ');
  const common = { id, name: question.id, autocomplete: 'off', 'aria-describedby': describedBy || undefined };
  return (
    <>
      <div class="govuk-form-group">
        <label class="govuk-label" for={id}>
          {labelOf(question)}
        </label>
        {hint !== undefined && (
          <div id={`${id}-hint`} class="govuk-hint">
            {hint}
          </div>
        )}
        {question.type === 'long text' ? (
          <textarea {...common} class={inputClass('govuk-textarea', error)} rows={6}>
            {written}
          </textarea>
        ) : (
          <input
            {...common}
            class={`${inputClass('govuk-input', error)} ${widthOf(question)}`}
            type="text"
            inputmode={question.type === 'number' ? 'numeric' : undefined}
            spellcheck={question.type === 'short text' ? undefined : false}
            value={question.type === 'date' ? writeDate(written) : written}
          />
        )}
      </div>
      <div class="govuk-checkboxes" data-module="govuk-checkboxes">
        <Choice
          kind="checkboxes"
          id={`${id}-unknown`}
          name={question.id}
          value="unknown"
          text={question.unknown.label}
          checked={given.includes('unknown') && written === ''}
        />
      </div>
    </>
  );
}

function inputClass(name: string, error: string | undefined): string {
  return error === undefined ? name : `${name} ${name}--error`;
}

function labelOf({ type, unit }: Question): string {
  if (type === 'number') return unit === undefined ? 'Whole number' : `Number of ${unit}`;
  return type === 'date' ? 'Date' : 'Your answer';
}

function hintOf({ type }: Question): string | undefined {
  if (type === 'date') return 'For example 27 3 2026';
  return type === 'long text' ? 'Write as much as you need, up to 20,000 characters' : undefined;
}

function widthOf({ type }: Question): string {
  if (type === 'number') return 'fd-input--number';
  return type === 'date' ? 'fd-input--date' : '';
}

/** A kept date goes back into the field the way it is asked for. */
function writeDate(text: string): string {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return iso === null ? text : `${Number(iso[3])} ${Number(iso[2])} ${iso[1]}`;
}
