/** Overlapping ranges of dates, and months with their quarter: treats every shown number as an equation, and solves them all. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addMonths } from '../../server/base/days.ts';
import { type Count, createFigures } from '../../server/figures/figures.ts';
import type { FigureKind } from '../../server/figures/kinds.ts';
import { monthsOf, piecesOf, widenToQuarters } from '../../server/figures/period.ts';
import { someRuns } from '../short-form.ts';

const FIRST = '2026-01';
const MONTHS = monthsOf({ from: FIRST, to: addMonths(FIRST, 5) });
const VALUES = ['a', 'b', 'c', ''];
const kind = (id: string): FigureKind => ({
  id,
  title: id,
  column: id,
  rows: [
    ['a', 'A'],
    ['b', 'B'],
    ['c', 'C'],
  ],
  none: 'None',
  describe: () => '',
});
const kinds = [kind('one'), kind('two')];
/** Values whose rows are the same consultations in both figures. */
const SHARED = ['c', ''];
const linkedKinds = kinds.map((one) => ({ ...one, shared: SHARED }));
/** The unknown for a figure, month and value. For a shared row it is the same in every figure. */
const cellOf = ({ id, shared = [] }: FigureKind, month: string, value: string) =>
  `${shared.includes(value) ? 'all' : id} ${month} ${value}`;
const cells = ['one', 'two', 'all'].flatMap((id) =>
  MONTHS.flatMap((month) => VALUES.map((value) => `${id} ${month} ${value}`)),
);

/** One consultation: its month, and its value in both figures. */
const consultation = fc.tuple(fc.constantFrom(...MONTHS), fc.constantFrom(...VALUES), fc.constantFrom(...VALUES));
const some = fc.array(consultation, { maxLength: 90 });
const many = fc
  .array(fc.tuple(consultation, fc.integer({ min: 1, max: 12 })), { maxLength: 40 })
  .map((groups) => groups.flatMap(([one, times]) => Array.from({ length: times }, () => one)));

/** A value in each figure, or the same in both. */
const linked = fc
  .array(
    fc.tuple(
      fc.constantFrom(...MONTHS),
      fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom('a', 'b'), fc.constantFrom('own', 'own', ...SHARED)),
      fc.integer({ min: 1, max: 12 }),
    ),
    { maxLength: 40 },
  )
  .map((groups) =>
    groups.flatMap(([month, [one, two, which], times]) =>
      Array.from({ length: times }, (): [string, string, string] =>
        which === 'own' ? [month, one, two] : [month, which, which],
      ),
    ),
  );

function count(consultations: readonly (readonly [string, string, string])[]): Count[] {
  const counts = new Map<string, Count>();
  const add = (month: string, figure: string, value: string) => {
    const key = `${month} ${figure} ${value}`;
    const known = counts.get(key) ?? { month, figure, value, count: 0 };
    counts.set(key, { ...known, count: known.count + 1 });
  };
  for (const [month, one, two] of consultations) {
    add(month, 'consultations', 'all');
    // Empty values are not counted; the page derives them from the total.
    if (one !== '') add(month, 'one', one);
    if (two !== '') add(month, 'two', two);
  }
  return [...counts.values()];
}

const RANGES = MONTHS.flatMap((from) => MONTHS.filter((to) => to >= from).map((to) => ({ from, to })));

/** One equation for each number that a page shows: the cells it adds up, and their sum. */
function equationsOf(counts: Count[], floor: number, kinds: FigureKind[]) {
  const equations: { sums: Set<string>; is: number }[] = [];
  const hidden = new Set<string>();
  for (const period of RANGES) {
    const reached = widenToQuarters(period);
    const near = counts.filter(({ month }) => month >= reached.from && month <= reached.to);
    const figures = createFigures(near, { period, kinds, floor });
    const months = monthsOf(period);
    const all = (of: FigureKind, over: readonly string[], values: readonly string[]) =>
      new Set(over.flatMap((month) => values.map((value) => cellOf(of, month, value))));
    for (const { id, total, lines } of figures.tables)
      for (const line of lines) {
        const kind = kinds.find((one) => one.id === id);
        if (kind === undefined) {
          for (const own of kinds)
            if (line.count !== undefined) equations.push({ sums: all(own, [line.value], VALUES), is: line.count });
            else hidden.add([...all(own, [line.value], VALUES)].join('+'));
          continue;
        }
        equations.push({ sums: all(kind, months, VALUES), is: total });
        if (line.count !== undefined) equations.push({ sums: all(kind, months, [line.value]), is: line.count });
        else if (piecesOf(period).length === 1) hidden.add([...all(kind, months, [line.value])].join('+'));
      }
  }
  return { equations, hidden };
}

/** Reduces rows modulo a large prime: exactly the values in their span can be worked out. */
const PRIME = 1_000_003;
const mod = (n: number) => ((n % PRIME) + PRIME) % PRIME;
function inverse(n: number): number {
  let [result, base, power] = [1, mod(n), PRIME - 2];
  for (; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
}
type Basis = Map<number, number[]>;
function reduce(row: number[], basis: Basis): number[] {
  return row.reduce((left, _, place) => {
    const pivot = basis.get(place);
    const factor = left[place] ?? 0;
    return factor === 0 || pivot === undefined ? left : left.map((n, index) => mod(n - factor * (pivot[index] ?? 0)));
  }, row);
}
const toRow = (sums: ReadonlySet<string>) => cells.map((cell) => (sums.has(cell) ? 1 : 0));
function solve(rows: Iterable<number[]>): Basis {
  const basis: Basis = new Map();
  for (const row of rows) {
    const left = reduce(row, basis);
    const place = left.findIndex((n) => n !== 0);
    if (place >= 0)
      basis.set(
        place,
        left.map((n) => mod(n * inverse(left[place] ?? 1))),
      );
  }
  return basis;
}

it.each([
  ['few', some, kinds],
  ['many', many, kinds],
  ['in figures that share rows', linked, linkedKinds],
] as const)(
  'no hidden number of a month or quarter can be derived from all ranges together: %s',
  (_, consultations, kinds) => {
    fc.assert(
      fc.property(consultations as typeof some, fc.integer({ min: 3, max: 7 }), (made, floor) => {
        const { equations, hidden } = equationsOf(count(made), floor, [...kinds]);
        const rows = new Map(equations.map(({ sums }) => [[...sums].join('+'), toRow(sums)]));
        const basis = solve(rows.values());
        for (const sums of hidden) {
          const left = reduce(toRow(new Set(sums.split('+'))), basis);
          expect([sums, left.some((n) => n !== 0)]).toEqual([sums, true]);
        }
      }),
      { numRuns: someRuns(60) },
    );
  },
  120_000,
);

it('shown numbers are right, never small, and the same in every range', () => {
  fc.assert(
    fc.property(many, fc.constantFrom(...RANGES), (made, period) => {
      const counts = count(made);
      const figures = createFigures(counts, { period, kinds, floor: 5 });
      const inside = made.filter(([month]) => month >= period.from && month <= period.to);
      if (figures.total !== undefined) expect(figures.total).toBe(inside.length);
      for (const { id, lines } of figures.tables)
        for (const { value, count: shown } of lines) {
          const place = ['consultations', 'one', 'two'].indexOf(id);
          if (shown === undefined) continue;
          expect(shown).toBe(inside.filter((one) => one[place] === value).length);
          expect(shown === 0 || shown >= 5).toBe(true);
        }
    }),
  );
});

it('the hidden numbers together are none or not small', () => {
  fc.assert(
    fc.property(
      fc.oneof(some, many),
      fc.constantFrom(...RANGES),
      fc.integer({ min: 3, max: 7 }),
      (made, period, floor) => {
        const figures = createFigures(count(made), { period, kinds, floor });
        for (const { total, lines } of figures.tables) {
          if (total === 0 || lines.every((line) => line.count !== undefined)) continue;
          const shown = lines.reduce((sum, line) => sum + (line.count ?? 0), 0);
          expect(total === shown || total - shown >= floor).toBe(true);
        }
      },
    ),
    { numRuns: someRuns(500) },
  );
});
