/** Attacks on hidden numbers. The attacker knows the rule and the floor, and sees the tables of all ranges of dates. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideSmall } from '../../server/figures/hide.ts';
import { someRuns } from '../short-form.ts';

const look = (numbers: number[], floor: number) => {
  const hidden = hideSmall(new Map(numbers.map((count, index) => [String(index), count])), floor);
  return numbers.map((count, index) => (hidden.has(String(index)) ? 'hidden' : count));
};
const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

/** All tables with this total that would look the same. */
function lookalikes(seen: (number | string)[], total: number, floor: number): number[][] {
  const places = seen.flatMap((cell, index) => (cell === 'hidden' ? [index] : []));
  const left = total - sum(seen.filter((cell) => typeof cell === 'number'));
  const found: number[][] = [];
  const fill = (place: number, rest: number, table: number[]) => {
    if (place === places.length - 1) {
      const whole = table.with(places[place] ?? 0, rest);
      if (JSON.stringify(look(whole, floor)) === JSON.stringify(seen)) found.push(whole);
      return;
    }
    for (let count = 0; count <= rest; count++) fill(place + 1, rest - count, table.with(places[place] ?? 0, count));
  };
  fill(
    0,
    left,
    seen.map((cell) => (typeof cell === 'number' ? cell : 0)),
  );
  return found;
}

const floor = fc.integer({ min: 3, max: 6 });
const table = fc.array(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 14 })), {
  minLength: 2,
  maxLength: 4,
});

describe('a table with its total', () => {
  it('shows no small number, and hides nothing if there is none', () => {
    fc.assert(
      fc.property(table, floor, (numbers, least) => {
        const seen = look(numbers, least);
        for (const cell of seen) if (typeof cell === 'number') expect(cell === 0 || cell >= least).toBe(true);
        if (numbers.every((count) => count === 0 || count >= least)) expect(seen).toEqual(numbers);
      }),
    );
  });

  it('reveals no hidden number, even to somebody who knows the rule and tries all tables', () => {
    fc.assert(
      fc.property(table, floor, (numbers, least) => {
        if (sum(numbers) > 0 && sum(numbers) < least) return;
        const seen = look(numbers, least);
        if (!seen.includes('hidden')) return;
        const all = lookalikes(seen, sum(numbers), least);
        for (const [index, cell] of seen.entries())
          if (cell === 'hidden') expect(new Set(all.map((one) => one[index])).size).toBeGreaterThan(1);
      }),
      { numRuns: someRuns(2000) },
    );
  });
});
