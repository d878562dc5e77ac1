import type { AccessLogLine } from '../../server/audit/access.ts';
import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { getFormat, RECORD_FORMATS } from '../../server/base/record-formats.ts';
import { Details } from '../kit/details.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { TableHead } from '../kit/table-head.tsx';
import { DeskNav } from './desk-nav.tsx';

export interface AccessLogPageProps {
  page: PageContext;
  id: string;
  reference: string;
  /** The newest first. */
  accesses: AccessLogLine[];
  /** Whether there are older ones. */
  more: boolean;
}

/** Who has seen a consultation, which part of it, and when. */
export function AccessLogPage({ page, id, reference, accesses, more }: AccessLogPageProps) {
  const own = accesses.filter((access) => isOwn(access, id));
  const listed = accesses.filter((access) => !isOwn(access, id));
  return (
    <Layout page={page} title="Who has seen this" desk>
      <DeskNav page={page} />
      <h1 class="fd-title">Who has seen consultation {reference}</h1>
      <p>
        <a class="govuk-link" href={paths.deskRecord(id)}>
          Back to the consultation
        </a>
        . What was written, and by whom, stands there under “All entries”. That you have looked at this page is kept
        too.
      </p>
      {own.length === 0 ? (
        <p class="fd-empty">Nobody at the desk has opened it</p>
      ) : (
        <Accesses accesses={own} id={id} caption="Opened, printed, changed or taken away, the newest first" />
      )}
      {listed.length > 0 && (
        <Details
          summary={`Its line among others: in the queue, in a search, or beside another consultation (${listed.length})`}
        >
          <Accesses accesses={listed} id={id} caption="Seen as a line among others, the newest first" />
        </Details>
      )}
      {more && <p>Only the newest {accesses.length} are shown.</p>}
    </Layout>
  );
}

/** Whether the record itself was accessed, alone or in an export of many; not as a row of a list or a link on another page. */
function isOwn({ what, consultation }: AccessLogLine, id: string): boolean {
  return consultation === id || (what === 'export' && consultation === undefined);
}

interface AccessesProps extends Pick<AccessLogPageProps, 'accesses' | 'id'> {
  caption: string;
}

function Accesses({ accesses, id, caption }: AccessesProps) {
  return (
    <section class="fd-table-scroll" tabindex={0} aria-label={`${caption}. The table can be scrolled.`}>
      <table class="fd-table">
        <caption>{caption}</caption>
        <TableHead headings={['When', 'Who', 'What']} />
        <tbody>
          {accesses.map((access) => (
            <tr>
              <td>{describeInstant(access.at)}</td>
              <td>
                {access.who.name}, {access.who.role}
              </td>
              <td>{describeAccess(access, id)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function describeAccess({ what, consultation, body }: AccessLogLine, id: string): string {
  if (consultation === undefined) return LISTED[what] ?? 'Saw it in a list';
  if (consultation !== id) return 'Saw its reference beside another consultation';
  // Numbers and ids in the rest of the path say nothing more.
  const page = (body?.page?.replace(paths.deskRecord(id), '') ?? '').replace(
    /(sheets|hand-offs|sections)\/[^/]+/g,
    '$1/…',
  );
  const upTo = body?.upTo === undefined ? '' : `, up to entry ${body.upTo}`;
  if (what === 'print') return `Printed it${upTo}`;
  if (what === 'export') return `${TAKEN[page] ?? 'Took it away as a file'}${upTo}`;
  if (what === 'change') return 'Changed it';
  if (what === 'refused') return 'Was refused: they may not see or do this';
  return `Looked at ${PAGES[page] ?? 'a page of it'}${upTo}`;
}

const LISTED: Partial<Record<AccessLogLine['what'], string>> = {
  export: 'Took its line away, in a list of many',
  search: 'Found it in a search',
};

/** The part of the path after the consultation's → words. */
export const TAKEN: Record<string, string> = {
  '/copy': 'Opened it to copy into the case system',
  '/deadlines.ics': 'Took its dates away for a calendar',
  '/hand-offs/…': 'Opened a hand-off sheet to print',
  '/pathway/deadlines.ics': 'Took the dates of the pathway away for a calendar',
  '/pathway/sheets/…/sheet.pdf': 'Took a form of the pathway away as PDF',
  ...Object.fromEntries(
    RECORD_FORMATS.map((format) => [`/record.${format}`, `Took it away as ${getFormat(format).title}`]),
  ),
};

export const PAGES: Record<string, string> = {
  '': 'the record',
  '/questions': 'the questions',
  '/comparison': 'the comparison of answers',
  '/access-log': 'who has seen it',
  // How the page was called in older lines of the log.
  '/looks': 'who has seen it',
  '/retention': 'how long it is kept',
  '/pathway': 'the pathway',
  '/pathway/sheets/…': 'a form of the pathway',
  '/pathway/sheets/…/sections/…': 'a form of the pathway',
};
