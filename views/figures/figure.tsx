import { firstDay, lastDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Table } from '../../server/figures/figures.ts';
import type { Period } from '../../server/figures/period.ts';
import { describeMinutes, type Times } from '../../server/figures/times.ts';
import { Section } from '../kit/section.tsx';
import { Chart, type ChartLine } from './chart.tsx';

interface FigureBoxProps {
  shown: { id: string; title: string; sentence: string };
  period: Period;
  lines: readonly ChartLine[];
  /** Headings of the two columns. */
  head: [string, string];
  /** Second cell of the last row. */
  total?: number | undefined;
}

/** A sentence, a chart, its table, and a link to the same as CSV. */
function FigureBox({ shown: { id, title, sentence }, period, lines, head: [first, second], total }: FigureBoxProps) {
  const htmlId = id.replaceAll(' ', '-');
  return (
    <Section id={htmlId} title={title} className="fd-figure">
      <p>{sentence}</p>
      <Chart id={htmlId} title={title} lines={lines} />
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
      <CsvLink id={id} title={title} period={period} />
    </Section>
  );
}

export function Figure({ table, period }: { table: Table; period: Period }) {
  const { column, lines, total } = table;
  return <FigureBox shown={table} period={period} lines={lines} head={[column, 'Number']} total={total} />;
}

/** Waiting times. A time is hidden if too few consultations were claimed or answered. */
export function TimeFigure({ time, period }: { time: Times; period: Period }) {
  const { median, slowest } = time;
  const line = (label: string, minutes: number | undefined) =>
    minutes === undefined ? { label } : { label, count: minutes, words: describeMinutes(minutes) };
  const lines = [line('The middle one', median), line('The slowest tenth, from', slowest)];
  return <FigureBox shown={time} period={period} lines={lines} head={['Which', 'Time']} />;
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
