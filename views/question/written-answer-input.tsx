import type { Question } from '../../server/flow/flow.ts';
import { Choice } from '../kit/choice.tsx';
import { inputId } from './options.tsx';

/** How a written type of question differs from the others. */
export interface WrittenInput {
  label: (question: Question) => string;
  hint?: string;
  /** A class for the width. */
  width?: string;
  /** A box of so many rows instead of a line. */
  rows?: number;
  attributes?: { inputmode?: 'numeric'; spellcheck?: boolean };
  /** A kept answer as it goes back into the field. Left out: as it is. */
  show?: (answer: string) => string;
}

interface WrittenAnswerInputProps {
  input: WrittenInput;
  question: Question;
  given: string[];
  error?: string;
}

/** A question that is answered by writing. "I don't know" stands beside it, under the same name. */
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
