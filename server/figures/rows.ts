/** The figures as spreadsheet rows. `[c]` is the government statistics symbol for a confidential number. Pure. */

import { firstDay, lastDay } from '../base/days.ts';
import type { Figures, Table } from './figures.ts';
import type { Times } from './times.ts';

const HIDDEN = '[c]';
const HEAD = ['Area', 'From', 'Until', 'Figure', 'Row', 'Number', 'Unit'];
type Row = (string | number)[];

/** `only`: id of the one figure to include; all figures without it. */
export function figureRows({ period, total, tables, times }: Figures, area: string, only?: string): Row[] {
  const start = [area, firstDay(period.from), lastDay(period.to)];
  if (total === undefined) return [HEAD, [...start, 'Consultations', 'All', HIDDEN, 'consultations']];
  const asked = <T extends { id: string }>(all: T[]) => all.filter(({ id }) => only === undefined || id === only);
  return [
    HEAD,
    ...[...asked(tables).flatMap(rowsOf), ...asked(times).flatMap(timeRows)].map((row) => [...start, ...row]),
  ];
}

function rowsOf({ title, lines, total }: Table): Row[] {
  return [
    ...lines.map(({ label, count }): Row => [title, label, count ?? HIDDEN, 'consultations']),
    [title, 'All', total, 'consultations'],
  ];
}

function timeRows({ title, median, slowest }: Times): Row[] {
  return [
    [title, 'Middle one', median ?? HIDDEN, 'minutes'],
    [title, 'Slowest tenth, from', slowest ?? HIDDEN, 'minutes'],
  ];
}
