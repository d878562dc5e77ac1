/** Sums that are kept by days are those of the rows, in whichever order rows come, change and go. */
import { expect, it } from 'vitest';
import {
  addTo,
  dayOf,
  findDifferingDays,
  firstDayToCompare,
  KEPT_DAYS,
  NOTHING,
  OLDER,
  oldestDay,
  type Totals,
  withTotals,
  writeTotals,
} from '../../server/store/day-sums.ts';
import { Random } from '../flow/second/random.ts';

interface Row {
  at: string;
  number: bigint;
}

const FIRST = Date.UTC(2026, 10, 22);
const dateOf = (day: number) => new Date(FIRST + day * 86_400_000).toISOString();

function totalOf({ come = [], gone = [] }: { come?: readonly Row[]; gone?: readonly Row[] }, oldest: string): Totals {
  const totals: Totals = new Map();
  for (const { at, number } of come) addTo(totals, dayOf(at, oldest), number);
  for (const { at, number } of gone) addTo(totals, dayOf(at, oldest), -number);
  return totals;
}

it('holds after each of some hundred changes, on days that come one after the other and with a slow clock', () => {
  const random = new Random(47);
  const rows: Row[] = [];
  const most = 1n << 256n;
  let text = NOTHING;
  for (let change = 0; change < 400; change++) {
    const day = Math.floor(change / 30) - (random.whole(0, 9) === 0 ? random.whole(0, 8) : 0);
    const come = [{ at: dateOf(day), number: most - BigInt(random.whole(1, 1_000_000)) }];
    const gone = rows.length > 5 && random.whole(0, 2) > 0 ? rows.splice(random.whole(0, rows.length - 1), 1) : [];
    rows.push(...come);
    text = withTotals(text, totalOf({ come, gone }, oldestDay(text)));
    expect(findDifferingDays(text, totalOf({ come: rows }, oldestDay(text)), '')).toEqual([]);
  }
  expect(text.split(' ')).toHaveLength(1 + KEPT_DAYS);
  const anew = writeTotals(totalOf({ come: rows }, ''));
  expect(findDifferingDays(anew, totalOf({ come: rows }, oldestDay(anew)), '')).toEqual([]);
  const [one, ...others] = rows.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  expect(findDifferingDays(text, totalOf({ come: others }, oldestDay(text)), '')).toEqual([one?.at.slice(0, 10)]);
});

it('a row whose time nobody of us wrote belongs to the older ones', () => {
  for (const at of ['', 'z', '2026', '2026-11- 2', '=', '2026-11-21T09:00:00.000Z', undefined])
    expect(dayOf(at, '2026-11-22')).toBe(OLDER);
});

it('compares all rows where those of a day cannot be told apart any more, or the day is not known', () => {
  const text = writeTotals(totalOf({ come: [1, 2, 3, 4, 5].map((day) => ({ at: dateOf(day), number: 1n })) }, ''));
  expect(oldestDay(text)).toBe('2026-11-24');
  expect([dateOf(1), dateOf(2), dateOf(9), undefined, 'z'].map((at) => firstDayToCompare(text, at))).toEqual([
    ...['', '2026-11-24', '2026-12-01', '', ''],
  ]);
  for (const nothing of [undefined, '', NOTHING, 'what somebody else wrote', ' = ='])
    expect(firstDayToCompare(nothing, dateOf(2))).toBe('');
});
