import type { Field } from '../../server/consultation/form-field.ts';
import { Choice } from './choice.tsx';
import { ErrorMessage } from './error-summary.tsx';

export interface FieldProps {
  field: Field;
  /** Prefix for ids, so that forms on one page do not collide. */
  form: string;
  value?: string;
  error?: string;
}

export function FormField({ field, form, value = field.value ?? '', error }: FieldProps) {
  const id = fieldId(form, field.name);
  const describedBy = [field.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const group = error === undefined ? 'govuk-form-group' : 'govuk-form-group govuk-form-group--error';
  if (field.kind === 'choice')
    return (
      <div class={group}>
        <fieldset class="govuk-fieldset" aria-describedby={describedBy}>
          <legend class="govuk-fieldset__legend">{field.label}</legend>
          <Below id={id} hint={field.hint} error={error} />
          <div class="govuk-radios" data-module="govuk-radios">
            {field.choices?.map(([choice, text], index) => (
              <Choice
                kind="radios"
                id={index === 0 ? id : `${id}-${index + 1}`}
                name={field.name}
                value={choice}
                text={text}
                checked={choice === value}
              />
            ))}
          </div>
        </fieldset>
      </div>
    );
  return (
    <div class={group}>
      <label class="govuk-label" for={id}>
        {field.label}
      </label>
      <Below id={id} hint={field.hint} error={error} />
      <Box field={field} id={id} value={value} error={error} describedBy={describedBy} />
    </div>
  );
}

/** Id of the input, for links from the error summary. */
export function fieldId(form: string, name: string): string {
  // A name such as `missing.note` contains a dot, which an id must not.
  return `${form}-${name.replaceAll('.', '-')}`;
}

function Below({ id, hint, error }: { id: string; hint?: string; error?: string }) {
  return (
    <>
      {hint !== undefined && (
        <p id={`${id}-hint`} class="govuk-hint">
          {hint}
        </p>
      )}
      {error !== undefined && <ErrorMessage id={`${id}-error`} message={error} />}
    </>
  );
}

interface BoxProps {
  field: Field;
  id: string;
  value: string;
  error?: string;
  describedBy?: string;
}

function Box({ field, id, value, error, describedBy }: BoxProps) {
  const name = field.kind === 'text' || field.kind === 'long text' ? 'govuk-textarea' : 'govuk-input';
  const type = field.kind === 'email' || field.kind === 'password' ? field.kind : 'text';
  const common = {
    id,
    name: field.name,
    class: error === undefined ? name : `${name} ${name}--error`,
    autocomplete: field.autocomplete ?? 'off',
    'aria-describedby': describedBy,
  };
  if (name === 'govuk-input')
    return (
      <input
        {...common}
        type={type}
        value={value}
        {...(type !== 'text' || field.kind === 'code' ? { spellcheck: false, autocapitalize: 'none' } : {})}
      />
    );
  return (
    <textarea {...common} rows={field.kind === 'long text' ? 8 : 3}>
      {value}
    </textarea>
  );
}
