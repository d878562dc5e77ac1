import type { Child } from 'hono/jsx';
import { describeDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { NumberReport } from '../../server/store/number-reports.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { WRONG } from '../site/wrong-number.tsx';
import { DeskNav } from './desk-nav.tsx';

/** The ways in which a lead can settle a report about a number. */
export const SETTLED = [
  { id: 'was_right', text: 'It is right: I rang it, or looked' },
  { id: 'was_changed', text: 'It was wrong: the content is changed' },
] as const;

export interface ReportedContact extends NumberReport {
  /** The contact's name; its id if no flow names it any more. */
  name: string;
}

interface WrongNumbersPageProps {
  page: PageContext;
  reports: ReportedContact[];
  maySettle: boolean;
}

/** For the safeguarding lead: telephone numbers that readers have reported as wrong. */
export function WrongNumbersPage({ page, reports, maySettle }: WrongNumbersPageProps) {
  return (
    <Layout page={page} title="Numbers said to be wrong">
      <DeskNav page={page} />
      <h1 class="fd-title">Numbers said to be wrong</h1>
      <p>
        Anybody can say so, without a name. Ring the number first. Then change it in contacts.yaml, with the day on
        which you checked it, or leave it as it is.
      </p>
      {reports.length === 0 && <p>Nobody has said that a number is wrong.</p>}
      <ul class="fd-queue">
        {reports.map((report) => (
          <Report report={report}>{maySettle && <SettleForm report={report} token={page.token} />}</Report>
        ))}
      </ul>
    </Layout>
  );
}

function Report({ report, children }: { report: ReportedContact; children: Child }) {
  const { name, way, wrong, times, firstOn, lastOn } = report;
  const since = firstOn === lastOn ? describeDay(firstOn) : `${describeDay(firstOn)} to ${describeDay(lastOn)}`;
  return (
    <li class="fd-queue__line">
      <p class="fd-queue__name">
        <strong>
          {name}, {way}
        </strong>
      </p>
      <p class="fd-queue__who">
        {WRONG.find(({ id }) => id === wrong)?.text ?? wrong}. Said {times === 1 ? 'once' : `${times} times`}, {since}.
      </p>
      {children}
    </li>
  );
}

function SettleForm({ report: { number, name, way }, token }: { report: ReportedContact; token: string }) {
  return (
    <form method="post" action={paths.deskNumbers()}>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="number" value={String(number)} />
      {SETTLED.map(({ id, text }) => (
        <button type="submit" class="govuk-button govuk-button--secondary" name="outcome" value={id}>
          {text}
          <span class="govuk-visually-hidden">
            : {name}, {way}
          </span>
        </button>
      ))}
    </form>
  );
}

/** Shown above the queue to people who may see the reports. */
export function NumberNotice({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <p class="fd-notice">
      <strong>{count === 1 ? 'One number is' : `${count} numbers are`} said to be wrong.</strong>{' '}
      <a class="govuk-link" href={paths.deskNumbers()}>
        See which
      </a>
    </p>
  );
}
