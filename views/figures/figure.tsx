import { firstDay, lastDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Table } from '../../server/figures/figures.ts';
import type { Period } from '../../server/figures/period.ts';
import { describeMinutes, type Times } from '../../server/figures/times.ts';
import { Details } from '../kit/details.tsx';
import { Section } from '../kit/section.tsx';
import { Chart, type ChartLine } from './chart.tsx';

interface Content {
  sentence: string;
  lines: readonly ChartLine[];
  /** Whether it draws rows of 0 too, as for a development over time. */
  drawsZeros?: boolean | undefined;
  /** Second cell of the last row. */
  total?: number | undefined;
}

/** What is printed instead of what is on the screen. `is`: undefined if nothing of it may be printed. */
interface Leaving<T> {
  is: T | undefined;
}

interface FigureBoxProps extends Content {
  id: string;
  title: string;
  period: Period;
  /** Headings of the two columns. */
  head: [string, string];
  leaves?: Leaving<Content> | undefined;
  /** Whether it can be downloaded as CSV. */
  csv: boolean;
}

/** A sentence and a chart. The table with the same numbers is folded, with a link to the same as CSV. */
function FigureBox({ id, title, period, head, leaves, csv, ...content }: FigureBoxProps) {
  const htmlId = id.replaceAll(' ', '-');
  return (
    <Section
      id={htmlId}
      title={title}
      className={leaves !== undefined && !leaves.is ? 'fd-figure fd-no-print' : 'fd-figure'}
    >
      <div class={leaves === undefined ? undefined : 'fd-no-print'}>
        <Drawn id={htmlId} title={title} {...content} />
      </div>
      {leaves?.is !== undefined && (
        <div class="fd-only-print">
          <Drawn id={`${htmlId}-print`} title={title} {...leaves.is} />
        </div>
      )}
      <Details summary={`As a table: ${title}`} quiet>
        <NumberTable {...content} title={title} head={head} />
      </Details>
      {csv && <CsvLink id={id} title={title} period={period} />}
    </Section>
  );
}

/**
 * Rows of 0 are listed below the chart, since empty bars would hide the few that say something. If there is no number
 * at all, there is no chart.
 */
function Drawn({ id, title, sentence, lines, drawsZeros = false }: Content & { id: string; title: string }) {
  const zeros = drawsZeros ? [] : lines.filter(({ count }) => count === 0);
  const drawn = lines.filter((line) => !zeros.includes(line));
  const isDrawn = drawn.some(({ count }) => count !== undefined);
  return (
    <>
      <p>{sentence}</p>
      {isDrawn && <Chart id={id} title={title} lines={drawn} />}
      {zeros.length > 0 && <p class="fd-hint">0 each: {zeros.map(({ label }) => label).join('; ')}.</p>}
    </>
  );
}

function NumberTable({ title, lines, total, head: [first, second] }: Content & Pick<FigureBoxProps, 'title' | 'head'>) {
  return (
    <table class="fd-table">
      <caption class="govuk-visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col" class="fd-number">
            {second}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ label, count, words }) => (
          <tr>
            <th scope="row">{label}</th>
            <td class="fd-number">{words ?? count ?? 'hidden'}</td>
          </tr>
        ))}
      </tbody>
      {total !== undefined && (
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td class="fd-number">{total}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

interface OfFigure<T> {
  leaves?: Leaving<T> | undefined;
  period: Period;
  csv: boolean;
}

export function Figure({ table, leaves, ...more }: { table: Table } & OfFigure<Table>) {
  const { id, title, column, ...content } = table;
  return <FigureBox id={id} title={title} head={[column, 'Number']} leaves={leaves} {...content} {...more} />;
}

/** Waiting times. A time is hidden if too few consultations were claimed or answered. */
export function TimeFigure({ time, leaves, ...more }: { time: Times } & OfFigure<Times>) {
  const { id, title } = time;
  const printed = leaves && { is: leaves.is && contentOf(leaves.is) };
  return <FigureBox id={id} title={title} head={['Which', 'Time']} leaves={printed} {...contentOf(time)} {...more} />;
}

/** Whether every row is 0, or the only other one is that of consultations without a value. */
export function saysNothing({ lines, drawsZeros = false }: Table): boolean {
  return !drawsZeros && lines.every(({ value, count }) => value === '' || count === 0);
}

function contentOf({ sentence, median, slowest }: Times): Content {
  const line = (label: string, minutes: number | undefined) =>
    minutes === undefined ? { label } : { label, count: minutes, words: describeMinutes(minutes) };
  return { sentence, lines: [line('The middle one', median), line('The slowest tenth, from', slowest)] };
}

function CsvLink({ id, title, period }: { id: string; title: string; period: Period }) {
  return (
    <p class="fd-no-print">
      <a
        class="govuk-link"
        href={paths.figuresCsv(firstDay(period.from), lastDay(period.to), id)}
        aria-label={`CSV: ${title}`}
        download
      >
        CSV
      </a>
    </p>
  );
}
