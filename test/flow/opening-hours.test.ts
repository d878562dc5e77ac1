import { describe, expect, it } from 'vitest';
import { localClock } from '../../server/base/days.ts';
import { describeOpeningHours, isOpenAt, type OpeningHours } from '../../server/flow/opening-hours.ts';

const OFFICE: OpeningHours = [
  { from: 1, to: 4, opens: '08:30', closes: '17:00' },
  { from: 5, to: 5, opens: '08:30', closes: '16:30' },
];
const at = (instant: string, isHoliday = false) => ({ ...localClock(instant), isHoliday });

describe('whether a number answers at this hour', () => {
  it.each([
    ['Thursday morning, a minute before', '2026-11-26T08:29:00Z', 'no'],
    ['Thursday, as it opens', '2026-11-26T08:30:00Z', 'yes'],
    ['Thursday, a minute before it closes', '2026-11-26T16:59:00Z', 'yes'],
    ['Thursday, as it closes', '2026-11-26T17:00:00Z', 'no'],
    ['Friday, half an hour earlier', '2026-11-27T16:30:00Z', 'no'],
    ['Sunday', '2026-11-29T11:00:00Z', 'no'],
    ['a summer morning, by London’s clock', '2026-07-02T07:30:00Z', 'yes'],
  ])('an office, %s', (_when, instant, expected) => {
    expect(isOpenAt(OFFICE, at(instant))).toBe(expected);
  });

  it('is not known for an office on a bank holiday, nor if no source gives hours', () => {
    expect(isOpenAt(OFFICE, at('2026-12-25T10:00:00Z', true))).toBe('not known');
    expect(isOpenAt(undefined, at('2026-11-26T10:00:00Z'))).toBe('not known');
  });

  it('is certain for a night number at night and on days off, and not known by day', () => {
    const night = (instant: string, isHoliday = false) => isOpenAt('nights and weekends', at(instant, isHoliday));
    expect([night('2026-11-26T22:00:00Z'), night('2026-11-29T11:00:00Z'), night('2026-12-25T11:00:00Z', true)]).toEqual(
      ['yes', 'yes', 'yes'],
    );
    expect(night('2026-11-26T11:00:00Z')).toBe('not known');
    expect(isOpenAt('day and night', at('2026-11-26T03:00:00Z'))).toBe('yes');
  });

  it('is described in words', () => {
    expect(describeOpeningHours(OFFICE)).toBe('Monday to Thursday 08:30 to 17:00, Friday 08:30 to 16:30');
  });
});
