import { paths } from '../../server/base/paths.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { errorsOf } from '../kit/failed-form.ts';
import { FormField } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';

export interface ReturnPageProps {
  page: PageContext;
  values?: { reference: string };
  /** Field (`reference`, `code`) → message. */
  errors?: Record<string, string>;
}

const FIELDS: Field[] = [
  {
    name: 'reference',
    label: 'Reference',
    hint: 'It stands at the top of every page of the consultation',
    kind: 'code',
  },
  { name: 'code', label: 'Code', hint: 'It was shown to you once', kind: 'code' },
];

/** Returns to a consultation with its reference and code. */
export function ReturnPage({ page, values, errors = {} }: ReturnPageProps) {
  const failed = errorsOf('return', errors);
  return (
    <Layout page={page} title="Go back to a consultation" error={failed.length > 0}>
      {failed.length > 0 && <ErrorSummary errors={failed} />}
      <h1 class="fd-title">Go back to a consultation</h1>
      <form method="post" action={paths.return()} novalidate>
        <input type="hidden" name="token" value={page.token} />
        {FIELDS.map((field) => (
          <FormField
            field={field}
            form="return"
            value={field.name === 'reference' ? values?.reference : ''}
            error={errors[field.name]}
          />
        ))}
        <button type="submit" class="govuk-button">
          Open it
        </button>
      </form>
      <p>
        You have no code, or it does not work? Nobody can recover it. Start again: it takes a few minutes, and you can
        ring at any time.
      </p>
    </Layout>
  );
}
