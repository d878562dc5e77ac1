import { paths } from '../../server/base/paths.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import type { Door } from '../../server/flow/check/library.ts';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { errorsOf, type Failed } from '../kit/failed-form.ts';
import { FormField } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { DeskNav } from './desk-nav.tsx';

export interface CallPageProps {
  page: PageContext;
  doors: Door[];
  failed?: Failed;
}

/** Opens a consultation for a telephone caller: the subject and the caller. The questions follow on one page. */
export function CallPage({ page, doors, failed }: CallPageProps) {
  const fields: Field[] = [
    {
      name: 'flow',
      label: 'What is it about?',
      kind: 'choice',
      choices: doors.map((door) => [door.flow, door.title] as const),
    },
    {
      name: 'name',
      label: 'Who rings',
      hint: 'All of this can stay empty. Nobody has to name the child.',
      kind: 'line',
    },
    { name: 'role', label: 'Role', kind: 'line' },
    { name: 'agency', label: 'Agency', kind: 'line' },
    { name: 'contact', label: 'Telephone or e-mail to answer to', kind: 'line' },
  ];
  return (
    <Layout page={page} title="Open one for a caller" error={failed !== undefined} wide>
      {failed !== undefined && <ErrorSummary errors={errorsOf('call', failed.errors)} />}
      <DeskNav page={page} at="call" />
      <h1 class="fd-title">Open one for a caller</h1>
      <form class="fd-call-form" method="post" action={paths.deskCalls()} novalidate>
        <input type="hidden" name="token" value={page.token} />
        {fields.map((field) => (
          <FormField field={field} form="call" value={failed?.values[field.name]} error={failed?.errors[field.name]} />
        ))}
        <button type="submit" class="govuk-button">
          Open, and show all questions
        </button>
      </form>
    </Layout>
  );
}
