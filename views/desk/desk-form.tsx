import type { Field } from '../../server/consultation/form-field.ts';
import { Details } from '../kit/details.tsx';
import type { FieldError } from '../kit/error-summary.tsx';
import { errorsOf, type FailedForm } from '../kit/failed-form.ts';
import { FormField } from '../kit/field.tsx';

export interface FailedDeskForm extends FailedForm {
  /** Whether somebody else changed it first. */
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
  /** Distinguishes several forms of the same noun on a page. */
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

/**
 * Names of the fields that say which deadline, child or decision a form is about, since a page can have several forms
 * of a kind.
 */
const ONE_OF_SEVERAL = ['deadline', 'child', 'signing'] as const;
export type OneOfSeveral = (typeof ONE_OF_SEVERAL)[number];

/** Which deadline, child or decision the form was about. */
export function findOneOf(values: Record<string, string>): string | undefined {
  return ONE_OF_SEVERAL.map((name) => values[name]).find((one) => one !== undefined);
}

/**
 * Links each error to its form. An entry that cannot be corrected has no form, so its error links to the list of
 * entries.
 */
export function deskErrorsOf({ form, values, errors }: FailedDeskForm): FieldError[] {
  const one = findOneOf(values);
  const own = one === undefined ? form : `${form}-${one}`;
  // The decision to be signed may no longer be on the page.
  const place = form === 'countersignatures' ? 'reviews' : form;
  return errorsOf(own, errors, { '': place, corrects: 'entries' });
}
