import type { Question } from '../../server/flow/flow.ts';
import { Choice } from '../kit/choice.tsx';
import { inputId } from './options.tsx';

/** What differs between the written question types. */
export interface WrittenInput {
  label: (question: Question) => string;
  hint?: string;
  /** CSS class for the width. */
  width?: string;
  /** Number of rows, for a text area instead of a single line. */
  rows?: number;
  attributes?: { inputmode?: 'numeric'; spellcheck?: boolean };
  /** Converts a stored answer for the field; unchanged by default. */
  show?: (answer: string) => string;
}

interface WrittenAnswerInputProps {
  input: WrittenInput;
  question: Question;
  given: string[];
  error?: string;
}

/** The input for a written answer, with "I don't know" beside it under the same name. */
export function WrittenAnswerInput(props: WrittenAnswerInputProps) {
  const { input, question, given } = props;
  const id = inputId(question.id);
  const written = given.find((text) => text !== 'unknown') ?? '';
  return (
    <>
      <div class="govuk-form-group">
        <label class="govuk-label" for={id}>
          {input.label(question)}
        </label>
        {input.hint !== undefined && (
          <div id={`${id}-hint`} class="govuk-hint">
            {input.hint}
          </div>
        )}
        <Box {...props} written={written} />
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

function Box({ input, question, error, written }: WrittenAnswerInputProps & { written: string }) {
  const id = inputId(question.id);
  const describedBy = [input.hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(' ');
  const common = { id, name: question.id, autocomplete: 'off', 'aria-describedby': describedBy || undefined };
  if (input.rows !== undefined)
    return (
      <textarea {...common} class={inputClass('govuk-textarea', error)} rows={input.rows}>
        {written}
      </textarea>
    );
  return (
    <input
      {...common}
      class={`${inputClass('govuk-input', error)} ${input.width ?? ''}`}
      type="text"
      inputmode={input.attributes?.inputmode}
      spellcheck={input.attributes?.spellcheck}
      value={input.show?.(written) ?? written}
    />
  );
}

function inputClass(name: string, error: string | undefined): string {
  return error === undefined ? name : `${name} ${name}--error`;
}
