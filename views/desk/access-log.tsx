import type { AccessLogLine } from '../../server/audit/access.ts';
import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { DeskNav } from './desk-nav.tsx';

export interface AccessLogPageProps {
  page: PageContext;
  id: string;
  reference: string;
  /** The newest first. */
  looks: AccessLogLine[];
  /** There are older ones. */
  more: boolean;
}

/** Who has seen a consultation, what of it, and when. */
export function AccessLogPage({ page, id, reference, looks, more }: AccessLogPageProps) {
  return (
    <Layout page={page} title="Who has seen this" desk>
      <DeskNav />
      <h1 class="fd-title">Who has seen consultation {reference}</h1>
      <p>
        <a class="govuk-link" href={paths.deskRecord(id)}>
          Back to the consultation
        </a>
        . What was written, and by whom, stands there under “All entries”. That you have looked at this page is kept
        too.
      </p>
      {looks.length === 0 ? <p class="fd-empty">Nobody at the desk has seen it</p> : <Looks looks={looks} id={id} />}
      {more && <p>Only the newest {looks.length} are shown.</p>}
    </Layout>
  );
}

function Looks({ looks, id }: Pick<AccessLogPageProps, 'looks' | 'id'>) {
  return (
    <table class="govuk-table">
      <caption class="govuk-table__caption govuk-visually-hidden">The newest first</caption>
      <thead class="govuk-table__head">
        <tr>
          {['When', 'Who', 'What'].map((words) => (
            <th class="govuk-table__header" scope="col">
              {words}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body">
        {looks.map((look) => (
          <tr>
            <td class="govuk-table__cell">{describeInstant(look.at)}</td>
            <td class="govuk-table__cell">
              {look.who.name}, {look.who.role}
            </td>
            <td class="govuk-table__cell">{describeLook(look, id)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function describeLook({ what, consultation, body }: AccessLogLine, id: string): string {
  if (what === 'print') return 'Printed it';
  if (what === 'export') return `Took it away as ${body?.page?.split('.').at(-1) ?? 'a file'}`;
  if (what === 'search') return 'Found it in a search';
  if (consultation !== id) return 'Saw it in a list';
  const page = PAGES[body?.page?.replace(paths.deskRecord(id), '') ?? ''];
  const upTo = body?.upTo === undefined ? '' : `, up to entry ${body.upTo}`;
  return `Looked at ${page ?? 'the record'}${upTo}`;
}

const PAGES: Record<string, string> = {
  '/questions': 'the questions',
  '/comparison': 'the comparison of answers',
  '/looks': 'who has seen it',
};
