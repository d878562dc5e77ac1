import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths } from '../../server/base/days.ts';
import { monthsOf, piecesOf, quarterAround, widenToQuarters } from '../../server/figures/period.ts';
import { describeMinutes, describeTimes } from '../../server/figures/times.ts';

const counts = (minutes: number[]) =>
  minutes.map((value) => ({ month: '2026-11', figure: 'minutes to claim', value: String(value), count: 1 }));

describe('the times', () => {
  it('give the median and the 90th percentile', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 10, maxLength: 80 }), (minutes) => {
        const [{ median = -1, slowest = -1 } = {}] = describeTimes(counts(minutes), 5);
        const upTo = (limit: number) => minutes.filter((one) => one <= limit).length;
        const below = (limit: number) => minutes.filter((one) => one < limit).length;
        expect(upTo(median)).toBeGreaterThanOrEqual(minutes.length / 2);
        expect(below(median)).toBeLessThan(minutes.length / 2);
        expect(upTo(slowest)).toBeGreaterThanOrEqual(minutes.length * 0.9);
        expect(below(slowest)).toBeLessThan(minutes.length * 0.9);
      }),
    );
  });

  it('are not given for too few consultations', () => {
    expect(describeTimes(counts([1, 2, 3, 4]), 5)[0]?.sentence).toBe('Too few were claimed to give a time.');
    expect(describeTimes(counts([1, 2, 3, 4, 5]), 5)[0]).toMatchObject({ median: 3 });
    expect(describeTimes(counts([1, 2, 3, 4, 5]), 5)[0]?.slowest).toBeUndefined();
  });

  it('are described as people would say them', () => {
    const said = [0, 1, 61, 1440, 3000].map(describeMinutes);
    expect(said).toEqual(['0 minutes', '1 minute', '1 hour 1 minute', '1 day', '2 days 2 hours']);
  });
});

describe('the dates', () => {
  it('are split into whole quarters and single months, each once', () => {
    const month = fc.integer({ min: 0, max: 60 }).map((count) => addMonths('2024-01', count));
    fc.assert(
      fc.property(month, fc.nat(40), (from, length) => {
        const period = { from, to: addMonths(from, length) };
        const pieces = piecesOf(period);
        expect(pieces.flat()).toEqual(monthsOf(period));
        for (const piece of pieces) expect([1, 3]).toContain(piece.length);
        expect(pieces.filter((piece) => piece.length === 1).length).toBeLessThanOrEqual(4);
        const wide = widenToQuarters(period);
        expect(piecesOf(wide).every((piece) => piece.length === 3)).toBe(true);
      }),
    );
  });

  it('a quarter begins in January, April, July or October', () => {
    expect(quarterAround('2026-11')).toEqual({ from: '2026-10', to: '2026-12' });
    expect(quarterAround('2027-01')).toEqual({ from: '2027-01', to: '2027-03' });
  });
});
