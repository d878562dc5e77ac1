import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backupName, findSuperseded, instantOf } from '../../server/backup/rotation.ts';

const at = (instant: string) => backupName(new Date(instant), false);

describe('which backups are superseded', () => {
  it('keeps the newest backup of each day, week and month that has one', () => {
    const names = [
      '2026-11-26T18:00:00Z',
      '2026-11-26T06:00:00Z',
      '2026-11-25T18:00:00Z',
      '2026-11-24T18:00:00Z',
      // The Sunday and the Saturday of the week before.
      '2026-11-22T18:00:00Z',
      '2026-11-21T18:00:00Z',
      '2026-10-31T18:00:00Z',
      '2026-09-30T18:00:00Z',
    ].map(at);
    const superseded = findSuperseded(names, { days: 2, weeks: 2, months: 2 });
    expect(superseded).toEqual([
      at('2026-11-26T06:00:00Z'),
      at('2026-11-24T18:00:00Z'),
      at('2026-11-21T18:00:00Z'),
      at('2026-09-30T18:00:00Z'),
    ]);
  });

  it('never lists the newest, nor a file that is not one of our backups', () => {
    const strange = [
      'front-door.sqlite',
      'front-door-2026-11-26T18-00-00.sqlite.json',
      'front-door-2026-13-40T18-00-00.sqlite',
      'x',
    ];
    const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    const counts = fc.record({ days: fc.nat(40), weeks: fc.nat(10), months: fc.nat(10) });
    fc.assert(
      fc.property(fc.array(instants, { minLength: 1 }), fc.boolean(), counts, (dates, isEncrypted, keep) => {
        const names = [...new Set(dates.map((date) => backupName(date, isEncrypted)))];
        const superseded = findSuperseded([...strange, ...names], keep);
        expect(superseded).not.toContain(names.toSorted().at(-1));
        expect(superseded.filter((name) => strange.includes(name))).toEqual([]);
        expect(names.length - superseded.length).toBeLessThanOrEqual(1 + keep.days + keep.weeks + keep.months);
        // A second run on the same day removes nothing more.
        expect(
          findSuperseded(
            names.filter((name) => !superseded.includes(name)),
            keep,
          ),
        ).toEqual([]);
      }),
    );
  });

  it('reads the instant back from the name', () => {
    expect(instantOf(backupName(new Date('2026-11-26T18:45:07.123Z'), true))).toBe('2026-11-26T18:45:07.000Z');
    expect(instantOf('front-door-2026-13-40T18-00-00.sqlite')).toBeUndefined();
  });
});
