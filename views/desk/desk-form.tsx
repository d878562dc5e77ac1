import type { Field } from '../../server/consultation/form-field.ts';
import { Details } from '../kit/details.tsx';
import { FormField, fieldId } from '../kit/field.tsx';

/** A form of the desk that was refused: what was in it, and what is wrong. */
export interface FailedDeskForm {
  noun: string;
  values: Record<string, string>;
  /** By field; under `''` what concerns the whole form. */
  errors: Record<string, string>;
  /** Somebody else changed it first. */
  conflict: boolean;
}

export interface DeskFormProps {
  noun: string;
  action: string;
  token: string;
  submit: string;
  fields?: Field[];
  hidden?: Record<string, string>;
  failed?: FailedDeskForm;
  primary?: boolean;
  /** Tells apart several forms of one noun on one page. */
  suffix?: string;
}

export function DeskForm({
  noun,
  action,
  token,
  submit,
  fields = [],
  hidden = {},
  failed,
  primary,
  suffix = '',
}: DeskFormProps) {
  const mine = failed?.noun === noun ? failed : undefined;
  return (
    <form method="post" action={action} novalidate>
      <input type="hidden" name="token" value={token} />
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {fields.map((field) => (
        <FormField
          field={field}
          form={`${noun}${suffix}`}
          value={mine?.values[field.name]}
          error={mine?.errors[field.name]}
        />
      ))}
      <button type="submit" class={primary ? 'govuk-button' : 'govuk-button govuk-button--secondary'}>
        {submit}
      </button>
    </form>
  );
}

/** The same, folded until it is wanted. */
export function FoldedForm({ summary, open, ...form }: DeskFormProps & { summary: string; open?: boolean }) {
  return (
    <Details summary={summary} open={open || form.failed?.noun === form.noun}>
      <DeskForm {...form} />
    </Details>
  );
}

/** Where the error summary leads. Each deadline has a form of its own. */
export function errorsOf({ noun, values, errors }: FailedDeskForm): { field: string; message: string }[] {
  const one = values.deadline ?? values.child;
  const form = one === undefined ? noun : `${noun}-${one}`;
  return Object.entries(errors).map(([name, message]) => ({
    // An entry that cannot be corrected has no form.
    field: name === 'corrects' ? 'entries' : name === '' ? noun : fieldId(form, name),
    message,
  }));
}
