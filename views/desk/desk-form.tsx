import type { Field } from '../../server/consultation/form-field.ts';
import { Details } from '../kit/details.tsx';
import type { FieldError } from '../kit/error-summary.tsx';
import { errorsOf, type FailedForm } from '../kit/failed-form.ts';
import { FormField } from '../kit/field.tsx';

export interface FailedDeskForm extends FailedForm {
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
  const mine = failed?.form === noun ? failed : undefined;
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

/** The same form, folded. */
export function FoldedForm({ summary, open, ...form }: DeskFormProps & { summary: string; open?: boolean }) {
  return (
    <Details summary={summary} open={open || form.failed?.form === form.noun} onlyForm>
      <DeskForm {...form} />
    </Details>
  );
}

/** What a page has several of, each with forms of its own: the name of the field that says which. */
const ONE_OF_SEVERAL = ['deadline', 'child', 'signing'] as const;
export type OneOfSeveral = (typeof ONE_OF_SEVERAL)[number];

/** Which of several the form was about. */
export function findOneOf(values: Record<string, string>): string | undefined {
  return ONE_OF_SEVERAL.map((name) => values[name]).find((one) => one !== undefined);
}

/** Each of several has a form of its own, and an entry that cannot be corrected has none: its error leads to the entries. */
export function deskErrorsOf({ form, values, errors }: FailedDeskForm): FieldError[] {
  const one = findOneOf(values);
  const own = one === undefined ? form : `${form}-${one}`;
  // What waited for a signature may be gone from the page.
  const place = form === 'countersignatures' ? 'reviews' : form;
  return errorsOf(own, errors, { '': place, corrects: 'entries' });
}
