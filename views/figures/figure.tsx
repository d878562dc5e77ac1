import { firstDay, lastDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Table } from '../../server/figures/figures.ts';
import type { Period } from '../../server/figures/period.ts';
import { describeMinutes, type Times } from '../../server/figures/times.ts';
import { Section } from '../kit/section.tsx';
import { Chart } from './chart.tsx';

/** A figure: a sentence, a chart, its table, and a link to the same as CSV. */
export function Figure({ table, period }: { table: Table; period: Period }) {
  const { title, sentence, lines, column, total } = table;
  const id = table.id.replaceAll(' ', '-');
  return (
    <Section id={id} title={title} className="fd-figure">
      <p>{sentence}</p>
      <Chart id={id} title={title} lines={lines} />
      <table class="fd-table">
        <caption class="govuk-visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{column}</th>
            <th scope="col" class="fd-number">
              Number
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ label, count }) => (
            <tr>
              <th scope="row">{label}</th>
              <td class="fd-number">{count ?? 'hidden'}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td class="fd-number">{total}</td>
          </tr>
        </tfoot>
      </table>
      <CsvLink id={table.id} title={title} period={period} />
    </Section>
  );
}

/** Waiting times. A time is hidden if too few consultations were claimed or answered. */
export function TimeFigure({ time, period }: { time: Times; period: Period }) {
  const { title, sentence, median, slowest } = time;
  const id = time.id.replaceAll(' ', '-');
  const line = (label: string, minutes: number | undefined) =>
    minutes === undefined ? { label } : { label, count: minutes, words: describeMinutes(minutes) };
  const lines = [line('The middle one', median), line('The slowest tenth, from', slowest)];
  return (
    <Section id={id} title={title} className="fd-figure">
      <p>{sentence}</p>
      <Chart id={id} title={title} lines={lines} />
      <table class="fd-table">
        <caption class="govuk-visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">Which</th>
            <th scope="col" class="fd-number">
              Time
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ label, ...shown }) => (
            <tr>
              <th scope="row">{label}</th>
              <td class="fd-number">{'words' in shown ? shown.words : 'hidden'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <CsvLink id={time.id} title={title} period={period} />
    </Section>
  );
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
