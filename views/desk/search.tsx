import { paths } from '../../server/base/paths.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import type { Now } from '../../server/desk/deadlines.ts';
import type { QueueRow } from '../../server/desk/queue-row.ts';
import type { Desk } from '../../server/flow/desk.ts';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { errorsOf } from '../kit/failed-form.ts';
import { FormField } from '../kit/field.tsx';
import { FoundName } from '../kit/found-name.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { DeskNav } from './desk-nav.tsx';
import { DueLines } from './due-lines.tsx';
import { Tag, tagsOf } from './tags.tsx';

export interface DeskSearchPageProps {
  page: PageContext;
  desk: Desk;
  /** The levels of the area, in words. */
  scale: readonly string[];
  now: Now;
  /** Id of the signed-in person. */
  person: string;
  values?: Record<string, string>;
  errors?: Record<string, string>;
  /** Undefined before the first search. */
  found?: QueueRow[];
  /** Consultation → the text around the search term. */
  snippets?: Readonly<Record<string, string>>;
  more?: boolean;
}

/** The search fields; an empty field does not narrow the search. */
function searchFields(desk: Desk, scale: readonly string[]): Field[] {
  return [
    {
      name: 'words',
      label: 'Words',
      hint: 'In the notes, questions and reasons, and numbers of the case system. The beginning of a word is enough.',
      kind: 'line',
    },
    { name: 'reference', label: 'Reference', kind: 'line' },
    { name: 'professional', label: 'Who asked', kind: 'line' },
    {
      name: 'telephone',
      label: 'Telephone number',
      hint: 'The whole number, with or without blanks, with 0 or +44. Wherever it was written down.',
      kind: 'line',
    },
    { name: 'agency', label: 'Agency', kind: 'line' },
    {
      name: 'child',
      label: 'Child',
      hint: 'The beginning of any word of the name is enough. It may be another child of that name.',
      kind: 'line',
    },
    { name: 'worker', label: 'Who has it', kind: 'line' },
    {
      name: 'level',
      label: 'Level when the outcome came',
      kind: 'choice',
      choices: scale.map((words, index) => [String(index + 1), words] as const),
    },
    {
      name: 'state',
      label: 'Open or closed',
      kind: 'choice',
      choices: [
        ['open', 'Open, no outcome yet'],
        ['closed', 'Closed, with an outcome'],
      ],
    },
    { name: 'from', label: 'Asked from', hint: 'For example 27 3 2026', kind: 'line' },
    { name: 'to', label: 'Asked until', hint: 'That day included', kind: 'line' },
    {
      name: 'outcome',
      label: 'Outcome',
      kind: 'choice',
      choices: desk.outcomes.map(({ id, label }) => [id, label] as const),
    },
  ];
}

export function DeskSearchPage({
  page,
  desk,
  scale,
  now,
  person,
  values = {},
  errors,
  found,
  snippets = {},
  more,
}: DeskSearchPageProps) {
  return (
    <Layout page={page} title="Search the desk" error={errors !== undefined} wide>
      {errors !== undefined && <ErrorSummary errors={errorsOf('search', errors)} />}
      <DeskNav page={page} at="search" />
      <h1 class="fd-title">Search</h1>
      {found !== undefined && <Found {...{ found, snippets, more, desk, now, person }} />}
      <form class="fd-two-columns" method="post" data-leaves-page action={paths.deskSearch()} novalidate>
        <input type="hidden" name="token" value={page.token} />
        <p class="fd-hint">
          All that you fill in has to fit. Only consultations that this desk was asked about are searched.
        </p>
        {searchFields(desk, scale).map((field) => (
          <FormField field={field} form="search" value={values[field.name]} error={errors?.[field.name]} />
        ))}
        <button type="submit" class="govuk-button">
          Search
        </button>
      </form>
    </Layout>
  );
}

type FoundProps = Required<Pick<DeskSearchPageProps, 'found' | 'snippets' | 'desk' | 'now' | 'person'>> &
  Pick<DeskSearchPageProps, 'more'>;

function Found({ found, snippets, more, desk, now, person }: FoundProps) {
  return (
    <section aria-labelledby="found">
      <h2 class="govuk-heading-m" id="found">
        {found.length === 0
          ? 'Nothing was found'
          : more
            ? `The newest ${found.length}. There are more: add a word or a date`
            : `${found.length} found`}
      </h2>
      <ol class="fd-queue">
        {found.map((line) => (
          <li class="fd-queue__line">
            <FoundName row={line} />
            {line.due !== null && <DueLines line={line} now={now} person={person} />}
            <p class="fd-queue__tags">
              {line.outcome !== null && (
                <Tag kind="plain">{desk.outcomes.find(({ id }) => id === line.outcome)?.label ?? line.outcome}</Tag>
              )}
              {tagsOf(line).map(([words, kind]) => (
                <Tag kind={kind}>{words}</Tag>
              ))}
            </p>
            {(snippets[line.consultation] ?? '') !== '' && (
              <p class="fd-queue__question">{snippets[line.consultation]}</p>
            )}
            <p class="fd-queue__who">
              {[line.professional, line.agency].filter(Boolean).join(', ') || 'Nobody named who asked'}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
