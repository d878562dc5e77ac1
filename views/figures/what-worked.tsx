import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { QueueRow } from '../../server/desk/queue-row.ts';
import type { Worked } from '../../server/desk/what-worked.ts';
import type { Period } from '../../server/figures/period.ts';
import { DeskNav } from '../desk/desk-nav.tsx';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { errorsOf } from '../kit/failed-form.ts';
import { FoundName } from '../kit/found-name.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Dates } from './dates.tsx';

export interface WorkedLine {
  line: Pick<QueueRow, 'consultation' | 'reference' | 'askedAt'>;
  worked: Worked;
}

export interface WorkedPageProps {
  page: PageContext;
  area: string;
  period: Period;
  quarters: Period[];
  values: Record<string, string>;
  errors?: Record<string, string>;
  /** Newest first. */
  found: WorkedLine[];
  /** Whether there are older ones. */
  more: boolean;
}

/** Texts cannot be counted, so they are listed here for people who may read the records they come from. */
export function WorkedPage({ page, area, found, more, errors, ...dates }: WorkedPageProps) {
  return (
    <Layout page={page} title="What worked" error={errors !== undefined} desk>
      {errors !== undefined && <ErrorSummary errors={errorsOf('figures', errors)} />}
      <DeskNav page={page} />
      <h1 class="fd-title">What worked, {area}</h1>
      <Dates at={{ page: paths.worked(), of: paths.workedOf }} errors={errors} {...dates} />
      <p class="fd-hint">
        As the desk wrote it into the records of consultations that were asked in these months. It is not protected as
        the figures are: leave out of a report what could make a child or anybody else known. That you have read it here
        is kept with each consultation.
      </p>
      {found.length === 0 ? <p class="fd-empty">Nobody has written what worked</p> : <Texts found={found} />}
      {more && <p>These are the newest {found.length}. Choose fewer months to see the others.</p>}
    </Layout>
  );
}

function Texts({ found }: Pick<WorkedPageProps, 'found'>) {
  return (
    <ol class="fd-queue">
      {found.map(({ line, worked }) => (
        <li class="fd-queue__line">
          <FoundName row={line} />
          <p class="fd-entry">{worked.value}</p>
          <p class="fd-queue__who">
            Written {describeInstant(worked.at)}
            {worked.who === undefined ? '' : ` by ${worked.who.name}`}
          </p>
        </li>
      ))}
    </ol>
  );
}
