import { firstDay, lastDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Figures, Table } from '../../server/figures/figures.ts';
import type { Period } from '../../server/figures/period.ts';
import { DeskNav } from '../desk/desk-nav.tsx';
import { Details } from '../kit/details.tsx';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { errorsOf } from '../kit/failed-form.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Dates, describePeriod } from './dates.tsx';
import { Figure, saysNothing, TimeFigure } from './figure.tsx';

export interface FiguresPageProps {
  page: PageContext;
  area: string;
  /** The figures that may be published: small numbers are hidden. */
  figures: Figures;
  /** With every number, for people who may see them on the screen. */
  own?: Figures;
  /** This quarter and earlier ones, newest first. */
  quarters: Period[];
  /** As they were typed. */
  values: Record<string, string>;
  /** Whether to link to "What worked". */
  worked: boolean;
  errors?: Record<string, string>;
}

export function FiguresPage({ page, area, figures, own, quarters, values, worked, errors }: FiguresPageProps) {
  return (
    <Layout page={page} title="Figures" error={errors !== undefined} wide>
      {errors !== undefined && <ErrorSummary errors={errorsOf('figures', errors)} />}
      <DeskNav page={page} />
      <h1 class="fd-title">Figures for {area}</h1>
      <Dates
        at={{ page: paths.figures(), of: paths.figuresOf }}
        period={figures.period}
        {...{ quarters, values, errors }}
      />
      <Explanation floor={figures.floor} />
      {own !== undefined && <OwnNotice floor={figures.floor} />}
      <p class="fd-no-print">
        <a class="govuk-link" href={paths.deskExport()}>
          Single consultations as CSV
        </a>
      </p>
      <ExploitationLink period={figures.period} />
      {worked && <WorkedLink period={figures.period} />}
      {figures.total === undefined && (
        <div class={own === undefined ? undefined : 'fd-only-print'}>
          <TooFew {...figures} />
        </div>
      )}
      {figures.total !== undefined && <AllAsCsv period={figures.period} />}
      {own === undefined ? <Shown figures={figures} /> : <Shown figures={own} leaves={figures} />}
    </Layout>
  );
}

function ExploitationLink({ period: { from, to } }: { period: Period }) {
  return (
    <p class="fd-no-print">
      <a class="govuk-link" href={paths.exploitationFiguresOf(firstDay(from), lastDay(to))}>
        Figures of exploitation alone
      </a>
    </p>
  );
}

function WorkedLink({ period: { from, to } }: { period: Period }) {
  return (
    <p class="fd-no-print">
      <a class="govuk-link" href={paths.workedOf(firstDay(from), lastDay(to))}>
        What worked, in the words of the desk
      </a>
    </p>
  );
}

function Explanation({ floor }: { floor: number }) {
  return (
    <p class="fd-hint">
      A consultation counts in the month in which the desk was asked, and as its record stands now. Figures are given
      for whole months. So that no child can be worked out, numbers from 1 to {floor - 1} are hidden, and where needed
      one or more others with them; 0 is shown. The charts and tables of a period may be passed on as they stand. When a
      quarter is reported a second time after records have changed, the difference could tell something: report it once,
      after its end.
    </p>
  );
}

export function TooFew({ floor, tooFew }: Figures) {
  const months = tooFew.some((piece) => piece.length === 1);
  const quarters = tooFew.some((piece) => piece.length > 1);
  return (
    <div class="fd-notice">
      <p>
        <strong>Nothing can be shown for these dates.</strong> Fewer than {floor} consultations were asked in{' '}
        {tooFew.map(describePiece).join('; ')}.
      </p>
      {months && <p>Months outside a whole quarter are counted alone. Choose whole quarters: more is asked in them.</p>}
      {quarters && <p>A quarter with so few is not shown alone, nor in a longer time. Choose dates without it.</p>}
    </div>
  );
}

function describePiece(piece: readonly string[]): string {
  return describePeriod({ from: piece[0] ?? '', to: piece.at(-1) ?? '' });
}

function AllAsCsv({ period }: { period: Period }) {
  return (
    <p class="fd-no-print">
      <a class="govuk-link" href={paths.figuresCsv(firstDay(period.from), lastDay(period.to))} download>
        All figures of this page as CSV
      </a>
    </p>
  );
}

export function OwnNotice({ floor }: { floor: number }) {
  return (
    <p class="fd-notice fd-no-print">
      <strong>You see every number here, because these are the records of your desk.</strong> What leaves this screen
      hides numbers from 1 to {floor - 1}: the CSV does, and so does a print. Do not pass on a picture of the screen.
    </p>
  );
}

/**
 * Figures that say something come first; the others are folded below. `leaves`: the same figures in the form that may
 * be printed, if the screen shows others. `single`: whether each can be downloaded separately.
 */
export function Shown({ figures, leaves, single = true }: { figures: Figures; leaves?: Figures; single?: boolean }) {
  const { period, tables, times } = figures;
  const csv = single && (leaves ?? figures).total !== undefined;
  const show = (table: Table) => (
    <Figure
      table={table}
      leaves={leaves && { is: leaves.tables.find(({ id }) => id === table.id) }}
      {...{ period, csv }}
    />
  );
  const silent = tables.filter(saysNothing);
  return (
    <>
      <div class="fd-figures">
        {tables.filter((table) => !saysNothing(table)).map(show)}
        {times.map((time) => (
          <TimeFigure
            time={time}
            leaves={leaves && { is: leaves.times.find(({ id }) => id === time.id) }}
            {...{ period, csv }}
          />
        ))}
      </div>
      {silent.length > 0 && (
        <Details summary={`Nothing to show yet: ${silent.map(({ title }) => title).join('; ')}`}>
          <div class="fd-figures">{silent.map(show)}</div>
        </Details>
      )}
    </>
  );
}
