import { expect, it } from 'vitest';
import { listDates } from '../server/operators-calendar.ts';
import { realLibrary } from './web/app.ts';

const TODAY = '2026-11-26';
const list = (due: Record<string, string[]>, lastBackup?: string) =>
  listDates({
    library: realLibrary,
    today: TODAY,
    due: new Map(Object.entries(due)),
    ...(lastBackup !== undefined && { lastBackup }),
  }).map(({ at, summary }) => `${at} ${summary}`);

it('lists numbers to ring, erasures by month, and drills, the earliest first; overdue dates are listed today', () => {
  const dates = list({ bury: ['2026-09-03', '2027-02-10', '2027-02-27', '2030-01-01'] }, TODAY);
  expect(dates).toEqual([...dates].sort((a, b) => a.slice(0, 10).localeCompare(b.slice(0, 10))));
  expect(dates.every((line) => line >= TODAY)).toBe(true);
  expect(dates.join('\n')).toMatch(/2026-11-26 Bury: ring \d+ numbers/);
  expect(dates).toContain('2027-02-01 Bury: 2 consultations are due for erasure: review, then npm run erase');
  expect(dates.join('\n')).toMatch(/2026-11-26 Bury: 1 consultation is due for erasure.* \(since 2026-09-01\)/);
  expect(dates.join('\n')).not.toContain('2030-01');
  expect(dates.filter((line) => line.includes('Drill'))).toHaveLength(12);
  expect(dates.join('\n')).not.toMatch(/Backup|999/);
  expect(list({}, '2026-11-20')).toContain('2026-11-26 Backup: the newest is of 2026-11-20; npm run backup');
});
