/** Turns monthly counts into what may be published for a period: one table per figure, all with the same total, and waiting times. Pure. */
import { describeDay, quarterOf } from '../base/days.ts';
import { addRows, protect, type Row } from './hide.ts';
import type { FigureKind } from './kinds.ts';
import { monthsOf, type Period, type Piece, piecesOf } from './period.ts';
import { describeTimes, type Times } from './times.ts';

export interface Count {
  month: string;
  figure: string;
  value: string;
  count: number;
}

/** `count` is undefined if the number is hidden. */
export interface FigureLine {
  value: string;
  label: string;
  count?: number;
}

export interface Table {
  id: string;
  title: string;
  /** Heading of the first column. */
  column: string;
  total: number;
  lines: FigureLine[];
  sentence: string;
  /** Whether its chart draws rows of 0, as for a development over time. */
  drawsZeros?: boolean;
}

export interface Figures {
  period: Period;
  floor: number;
  /** Undefined if some part of the period has too few consultations: then nothing is shown. */
  total?: number;
  /** Parts of the period with too few consultations. */
  tooFew: Piece[];
  tables: Table[];
  times: Times[];
}

export interface FigureOptions {
  period: Period;
  kinds: readonly FigureKind[];
  floor: number;
  /** What is counted, if only a part of all consultations is. */
  part?: { id: string; title: string; words: (total: number) => string };
}

const ALL = 'consultations';

/** The row of each month. Consultations without a value are counted under `''`, so each month adds up to all its consultations. */
type Months = (month: string) => Row;

/** `counts` must cover every quarter that the period overlaps. */
export function createFigures(counts: readonly Count[], { period, kinds, floor, part }: FigureOptions): Figures {
  const totals = monthsOfFigure(counts, part?.id ?? ALL);
  const pieces = piecesOf(period);
  const tooFew = pieces.filter((piece) => !isShown(piece, totals, floor));
  if (tooFew.length > 0) return { period, floor, tooFew, tables: [], times: [] };
  const total = sumOf(addRows(pieces.flat().map(totals)));
  const tables = kinds.map((kind) => {
    const months = fillUp(kind, monthsOfFigure(counts, kind.id, kind.read), totals);
    const linked = kinds.filter((other) => kind.shared !== undefined && other.shared !== undefined);
    const others = linked.map((other) => fillUp(other, monthsOfFigure(counts, other.id, other.read), totals));
    const shown = showPieces(pieces, floor, {
      tables: [months, ...restOf(counts, kind, months)],
      linked: { shared: kind.shared ?? [], others },
    });
    const lines = linesOf(kind, shown);
    const { id, title, column } = kind;
    return { id, title, column, total, lines, sentence: kind.describe(lines, total) };
  });
  const inPeriod = counts.filter(({ month }) => month >= period.from && month <= period.to);
  const times = describeTimes(inPeriod, floor);
  return {
    period,
    floor,
    total,
    tooFew,
    tables: [monthTable({ period, totals, floor, total, part }), ...tables],
    times: part === undefined ? times : [],
  };
}

function monthsOfFigure(counts: readonly Count[], figure: string, read: (value: string) => string = (value) => value) {
  const months = new Map<string, Map<string, number>>();
  for (const { month, figure: own, value, count } of counts) {
    if (own !== figure) continue;
    const row = months.get(month) ?? new Map<string, number>();
    row.set(read(value), (row.get(read(value)) ?? 0) + count);
    months.set(month, row);
  }
  return (month: string): Row => months.get(month) ?? new Map();
}

/** Adds the table's empty rows: which numbers to hide is chosen among all rows. */
function fillUp({ rows }: FigureKind, months: Months, totals: Months): Months {
  const empty = new Map([...rows, ['', '']].map(([value = '']) => [value, 0]));
  return (month) => {
    const row = months(month);
    return addRows([empty, row, new Map([['', sumOf(totals(month)) - sumOf(row)]])]);
  };
}

function sumOf(row: Row): number {
  return [...row.values()].reduce((all, count) => all + count, 0);
}

/** Whether the total of this piece may be published. */
function isShown(piece: Piece, totals: Months, floor: number): boolean {
  const safe = protect(quarterOf(piece[0] ?? '').map(totals), floor);
  return (piece.length === 1 ? safe.months : safe.quarter) !== undefined;
}

/** Shows a number only if every piece of the period shows it, so the period reveals no more than its pieces do. */
function showPieces(
  pieces: readonly Piece[],
  floor: number,
  { tables: [months, ...others], linked }: { tables: [Months, ...Months[]]; linked: Linked },
): Map<string, number | undefined> {
  const shown = new Map<string, number | undefined>();
  const hidden = new Set<string>();
  for (const piece of pieces) {
    for (const table of [months, ...others]) for (const value of hiddenIn(piece, table, floor)) hidden.add(value);
    for (const value of hiddenWith(piece, { tables: [months, ...others], linked }, floor)) hidden.add(value);
    for (const [value, count] of addRows(piece.map(months))) shown.set(value, (shown.get(value) ?? 0) + count);
  }
  for (const value of hidden) shown.set(value, undefined);
  return shown;
}

/** Figures in which some rows stand for the same consultations. */
interface Linked {
  shared: readonly string[];
  others: readonly Months[];
}

/**
 * A shared row that another figure hides is hidden here as well; otherwise the hidden number could be worked out from
 * this figure. If nothing else is hidden here, the row could be worked out from the total, so everything that is not
 * shared is hidden too. What is hidden in a quarter is hidden in its months.
 */
function hiddenWith(
  piece: Piece,
  { tables, linked }: { tables: [Months, ...Months[]]; linked: Linked },
  floor: number,
): string[] {
  const { shared, others } = linked;
  const quarter = quarterOf(piece[0] ?? '');
  const row = addRows(quarter.map(tables[0]));
  const own = [...row.keys()].filter((value) => !shared.includes(value));
  return (piece.length === 1 ? [quarter, piece] : [quarter]).flatMap((level) => {
    const elsewhere = new Set(others.flatMap((other) => [...hiddenIn(level, other, floor)]));
    const forced = shared.filter((value) => elsewhere.has(value));
    const here = new Set(tables.flatMap((table) => [...hiddenIn(level, table, floor)]));
    const isCovered = own.some((value) => here.has(value) && (row.get(value) ?? 0) > 0);
    return forced.length === 0 || isCovered ? forced : [...forced, ...own];
  });
}

/** If the other figures have too few consultations to show anything, all their values are hidden. */
function hiddenIn(piece: Piece, months: Months, floor: number): Iterable<string> {
  const safe = protect(quarterOf(piece[0] ?? '').map(months), floor);
  return (piece.length === 1 ? safe.months : safe.quarter) ?? addRows(piece.map(months)).keys();
}

/**
 * The figure over all consultations minus this one, since anybody who has both tables can subtract one from the other.
 */
function restOf(counts: readonly Count[], { partOf, read }: FigureKind, months: Months): Months[] {
  if (partOf === undefined) return [];
  const all = monthsOfFigure(counts, partOf, read);
  return [
    (month) =>
      addRows([all(month), new Map([...months(month)].map(([value, count]) => [value, value === '' ? 0 : -count]))]),
  ];
}

/** Rows in the order of the content, then values that the content no longer has, then those without a value. */
function linesOf({ rows, none }: FigureKind, shown: ReadonlyMap<string, number | undefined>): FigureLine[] {
  const known = rows.map(([value]) => value);
  const old = [...shown.keys()].filter((value) => value !== '' && !known.includes(value)).sort();
  const all = [...rows, ...old.map((value) => [value, value] as const), ['', none] as const];
  return all.map(([value, label]) => {
    const count = shown.has(value) ? shown.get(value) : 0;
    return { value, label, ...(count !== undefined && { count }) };
  });
}

interface MonthTable {
  period: Period;
  totals: Months;
  floor: number;
  total: number;
  part: FigureOptions['part'];
}

function monthTable({ period, totals, floor, total, part }: MonthTable): Table {
  const lines = monthsOf(period).map((month) => {
    const isKnown = isShown([month], totals, floor);
    return { value: month, label: describeDay(month), ...(isKnown && { count: sumOf(totals(month)) }) };
  });
  const small = lines.some((line) => line.count === undefined) ? ' The number of a single month is hidden.' : '';
  const asked = `${total === 1 ? '1 consultation was' : `${total} consultations were`} asked of the duty desk.`;
  const sentence = `${part?.words(total) ?? asked}${small}`;
  return {
    id: part?.id ?? ALL,
    title: part?.title ?? 'Consultations',
    column: 'Month',
    total,
    lines,
    sentence,
    drawsZeros: true,
  };
}
