import type { Child } from 'hono/jsx';
import { Details } from '../kit/details.tsx';
import { type Field, FormField, fieldId } from '../kit/field.tsx';

/** A form of the desk that was refused: what was in it, and what is wrong. */
export interface FailedDeskForm {
  noun: string;
  values: Record<string, string>;
  /** By field; under `''` what concerns the whole form. */
  errors: Record<string, string>;
  /** Somebody else was faster. */
  conflict: boolean;
}

export interface DeskFormProps {
  noun: string;
  action: string;
  token: string;
  submit: string;
  fields?: Field[];
  hidden?: Record<string, string>;
  values?: Record<string, string>;
  failed?: FailedDeskForm;
  /** In place of `fields`. */
  children?: Child;
  primary?: boolean;
  /** Tells forms of one noun apart. */
  suffix?: string;
}

export function DeskForm({
  noun,
  action,
  token,
  submit,
  fields = [],
  hidden = {},
  values = {},
  failed,
  children,
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
          value={mine?.values[field.name] ?? values[field.name]}
          error={mine?.errors[field.name]}
        />
      ))}
      {children}
      <button type="submit" class={primary ? 'govuk-button' : 'govuk-button govuk-button--secondary'}>
        {submit}
      </button>
    </form>
  );
}

/** The same, shut until it is wanted. */
export function FoldedForm({ summary, ...form }: DeskFormProps & { summary: string }) {
  return (
    <Details summary={summary} open={form.failed?.noun === form.noun}>
      <DeskForm {...form} />
    </Details>
  );
}

/** Where the error summary leads. */
export function errorsOf(failed: FailedDeskForm): { field: string; message: string }[] {
  return Object.entries(failed.errors).map(([name, message]) => ({
    field: name === '' ? failed.noun : fieldId(failed.noun, name),
    message,
  }));
}
