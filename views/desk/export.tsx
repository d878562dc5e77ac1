import { paths } from '../../server/base/paths.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import type { DeskDecision } from '../../server/flow/desk.ts';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { errorsOf, type Failed } from '../kit/failed-form.ts';
import { FormField } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { DeskNav } from './desk-nav.tsx';

export interface DeskExportPageProps {
  page: PageContext;
  outcomes: readonly DeskDecision[];
  failed?: Failed;
}

export function DeskExportPage({ page, outcomes, failed }: DeskExportPageProps) {
  const fields: Field[] = [
    { name: 'from', label: 'Asked from', hint: 'For example 1 10 2026. Empty: from the beginning.', kind: 'line' },
    { name: 'to', label: 'Asked until', hint: 'That day included. Empty: until now.', kind: 'line' },
    {
      name: 'outcome',
      label: 'Outcome',
      hint: 'None chosen: all',
      kind: 'choice',
      choices: outcomes.map(({ id, label }) => [id, label] as const),
    },
  ];
  return (
    <Layout page={page} title="Consultations as CSV" error={failed !== undefined}>
      {failed !== undefined && <ErrorSummary errors={errorsOf('export', failed.errors)} />}
      <DeskNav page={page} />
      <h1 class="fd-title">Consultations as CSV</h1>
      <p>
        One row for each consultation of your area, with the fields of its record. Nobody is named in it but duty
        workers; what was written into a field is there as it was written. If you signed in more than ten minutes ago,
        you are asked to sign in again, and then press the button once more.
      </p>
      <form method="post" data-leaves-page action={paths.deskExport()} novalidate>
        <input type="hidden" name="token" value={page.token} />
        {fields.map((field) => (
          <FormField
            field={field}
            form="export"
            value={failed?.values[field.name]}
            error={failed?.errors[field.name]}
          />
        ))}
        <button type="submit" class="govuk-button">
          Take it away as CSV
        </button>
      </form>
    </Layout>
  );
}
