import { paths, type RecordNoun } from '../../server/base/paths.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import { AskedField } from '../kit/asked-field.tsx';
import { Details } from '../kit/details.tsx';
import type { FailedForm } from '../kit/failed-form.ts';
import { FormField } from '../kit/field.tsx';
import type { RecordForm } from './record-forms.ts';

export interface AdditionProps {
  id: string;
  form: RecordForm;
  token: string;
  /** Number of the last entry that the page shows: the same form sent twice has one effect. */
  seen: number;
  failed?: FailedForm<RecordNoun>;
  /** The URL to which it is sent, if not the reader's own record. */
  action?: string;
  /** The summary that unfolds it. */
  summary: string;
  open?: boolean;
}

/** The label of a button that does not say what it saves. */
const UNNAMED = 'Save';

export function Addition({
  id,
  form,
  token,
  seen,
  failed,
  action = paths.addition(id, form.noun),
  summary,
  open,
}: AdditionProps) {
  const mine = failed?.form === form.noun ? failed : undefined;
  return (
    <Details summary={<Named words={summary} title={form.title} />} open={open || mine !== undefined} quiet onlyForm>
      {form.intro !== undefined && <p>{form.intro}</p>}
      <form method="post" action={action} novalidate>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="seen" value={String(seen)} />
        {form.fields.map((field) => (
          <FormField field={field} form={form.noun} value={mine?.values[field.name]} error={mine?.errors[field.name]} />
        ))}
        {form.noun === 'tellings' && <AskedField field={BEFORE} form={form.noun} failed={mine} />}
        <button type="submit" class="govuk-button govuk-button--secondary">
          {form.submit === UNNAMED ? <Named words={UNNAMED} title={form.title} /> : form.submit}
        </button>
      </form>
    </Details>
  );
}

/** Asked if children's services were told before the consultation was opened. */
const BEFORE: Field = {
  name: 'before',
  label: 'It was before this consultation was opened: is this day meant, and why?',
  hint: 'What they were told then is not what was found out here. They still have to be told that',
  kind: 'text',
};

/** For screen readers: "Save" and "Write it down" do not say what they save, so the section's heading is added. */
function Named({ words, title }: { words: string; title: string }) {
  return (
    <>
      {words}
      <span class="govuk-visually-hidden">: {title}</span>
    </>
  );
}
