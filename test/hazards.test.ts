/**
 * The hazard log: it has as many hazards as required, each with what a reader needs to judge it. `documents.test.ts`
 * checks the files that it names.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const text = readFileSync(join(import.meta.dirname, '..', 'docs', 'hazards.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| \d+ /.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

it('has at least 40 hazards, numbered without a gap, each with its cause, effect, severity, control and proof', () => {
  expect(rows.length).toBeGreaterThanOrEqual(40);
  const numbers = rows.map(([, number]) => Number(number)).sort((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  for (const [, number, hazard, cause, effect, control, shownBy] of rows) {
    expect([number, [hazard, cause, control].every((cell) => cell !== undefined && cell.length > 4)]).toEqual([
      number,
      true,
    ]);
    expect([number, effect]).toEqual([number, expect.stringMatching(/, [1-4]$/)]);
    expect([number, shownBy]).toEqual([number, expect.stringMatching(/`test\/[^`]+\.test\.ts`/)]);
  }
});
