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
  /** The last day on which the person is marked as away, in words; undefined if they are not away. */
  awayUntil?: string;
  failed?: Failed;
}

/** The question for a person who is marked as away, before they take a call. */
function backField(until: string): Field {
  return {
    name: 'back',
    label: `You are marked as away until ${until}`,
    hint: 'What you take now would stand at once among what nobody can work on. Or let a colleague take the call',
    kind: 'choice',
    choices: [['yes', 'I am back: end my absence']],
  };
}

/** Opens a consultation for a telephone caller: first who it is and how to ring them back, in case the line breaks. The questions follow on one page. */
export function CallPage({ page, doors, awayUntil, failed }: CallPageProps) {
  const fields: Field[] = [
    ...(awayUntil === undefined ? [] : [backField(awayUntil)]),
    {
      name: 'name',
      label: 'Who rings',
      hint: 'All of this can stay empty. Nobody has to name the child.',
      kind: 'line',
    },
    { name: 'contact', label: 'Telephone or e-mail to answer to', kind: 'line' },
    { name: 'role', label: 'Role, or what they are to the child', hint: 'Such as: teacher, grandmother', kind: 'line' },
    { name: 'agency', label: 'Agency', kind: 'line' },
    {
      name: 'child',
      label: 'Name of the child, if they say it',
      hint: 'If a colleague writes about the same child now, the next page says so',
      kind: 'line',
    },
    {
      name: 'flow',
      label: 'What is it about?',
      kind: 'choice',
      choices: doors.map((door) => [door.flow, door.title] as const),
    },
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
