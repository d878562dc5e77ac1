import {
  addBusinessDays,
  addDays as addDaysByLibrary,
  addMonths as addMonthsByLibrary,
  endOfMonth,
  formatISO,
  isValid,
  parse,
  startOfISOWeek,
  startOfQuarter,
} from 'date-fns';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  addTime,
  addWorkingDays,
  describeDay,
  describeInstant,
  describeWeekday,
  isWorkingDay,
  lastDay,
  localDay,
  localTimestamp,
  mondayOf,
  monthOf,
  quarterOf,
  readDay,
  readMoment,
  readPast,
  readTimeToCome,
  startOfDay,
} from '../../server/base/days.ts';

/** date-fns uses the machine's time zone; at noon, the day is the same in every zone. */
const toDate = (day: string) => new Date(`${day}T12:00:00`);
const toDay = (date: Date) => formatISO(date, { representation: 'date' });

const anyDay = fc
  .date({ min: new Date('1950-01-01T12:00:00Z'), max: new Date('2099-12-31T12:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the day in London', () => {
  it.each([
    ['2026-11-22T23:59:59Z', '2026-11-22'],
    ['2026-11-23T00:00:00Z', '2026-11-23'],
    ['2026-06-07T22:59:00Z', '2026-06-07'],
    ['2026-06-07T23:00:00Z', '2026-06-08'],
    ['2026-12-31T23:30:00Z', '2026-12-31'],
  ])('of %s is %s', (instant, day) => {
    expect(localDay(instant)).toBe(day);
    expect(localDay(new Date(instant))).toBe(day);
  });

  it.each([
    ['2026-11-22', '2026-11-22T00:00:00.000Z'],
    ['2026-06-08', '2026-06-07T23:00:00.000Z'],
    ['2026-03-29', '2026-03-29T00:00:00.000Z'],
    ['2026-03-30', '2026-03-29T23:00:00.000Z'],
    ['2026-10-25', '2026-10-24T23:00:00.000Z'],
    ['2026-10-26', '2026-10-26T00:00:00.000Z'],
  ])('%s begins at %s', (day, instant) => expect(startOfDay(day)).toBe(instant));

  // From 1968 to 1971 summer time lasted all year. That does not matter for the dates people write today.
  it('begins at the instant at which the day before ends', () => {
    fc.assert(
      fc.property(
        anyDay.filter((day) => day > '1972'),
        (day) => {
          const start = Date.parse(startOfDay(day));
          expect(localDay(new Date(start))).toBe(day);
          expect(localDay(new Date(start - 1))).toBe(addDays(day, -1));
        },
      ),
    );
  });
});

describe('time added to a day', () => {
  it.each([
    ['2026-11-30', 3, '2027-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-05-31', -3, '2026-02-28'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-11-26', 72, '2032-11-26'],
    ['2026-11', 3, '2027-02'],
    ['2026-01', -1, '2025-12'],
  ])('%s and %i months is %s', (from, count, to) => expect(addMonths(from, count)).toBe(to));

  it('agrees with date-fns', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -600, max: 600 }), (day, count) => {
        expect(addMonths(day, count)).toBe(toDay(addMonthsByLibrary(toDate(day), count)));
        expect(addDays(day, count)).toBe(toDay(addDaysByLibrary(toDate(day), count)));
        expect(mondayOf(day)).toBe(toDay(startOfISOWeek(toDate(day))));
        expect(lastDay(monthOf(day))).toBe(toDay(endOfMonth(toDate(day))));
        expect(quarterOf(monthOf(day))[0]).toBe(monthOf(toDay(startOfQuarter(toDate(day)))));
      }),
    );
  });

  it('in working days, agrees with date-fns if there are no bank holidays', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 60 }), (day, count) => {
        // date-fns moves from a weekend to Friday when nothing is added; we leave the day alone.
        fc.pre(count > 0 || isWorkingDay(day, []));
        expect(addWorkingDays(day, count, [])).toBe(toDay(addBusinessDays(toDate(day), count)));
      }),
    );
  });

  it('in working days, skips bank holidays: it ends on a working day, that many working days later', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 30 }), fc.uniqueArray(fc.nat(40)), (day, count, offsets) => {
        const holidays = offsets.map((offset) => addDays(day, offset));
        const to = addWorkingDays(day, count, holidays);
        let found = 0;
        for (let at = addDays(day, 1); at <= to; at = addDays(at, 1)) {
          const weekday = toDate(at).getDay();
          if (weekday !== 0 && weekday !== 6 && !holidays.includes(at)) found++;
        }
        expect([found, isWorkingDay(to, holidays)]).toEqual([count, true]);
      }),
    );
  });

  it('over Christmas: 7 working days from 22 December 2026', () => {
    expect(addWorkingDays('2026-12-22', 7, ['2026-12-25', '2026-12-28', '2027-01-01'])).toBe('2027-01-05');
  });

  it.each([
    ['working day', '2026-11-30'],
    ['days', '2026-11-29'],
    ['weeks', '2026-12-11'],
    ['month', '2026-12-27'],
    ['years', '2028-11-27'],
  ])('in %s', (unit, to) => {
    const count = unit.endsWith('s') ? 2 : 1;
    expect(addTime('2026-11-27', count, unit, [])).toBe(to);
  });

  it('in hours gives no day', () => expect(addTime('2026-11-27', 4, 'hours', [])).toBeUndefined());
});

describe('in words', () => {
  it('describes a day, a month and a weekday, and returns other text unchanged', () => {
    expect(describeDay('2026-11-02')).toBe('2 November 2026');
    expect(describeDay('2024-05')).toBe('May 2024');
    expect(describeDay('after 2018')).toBe('after 2018');
    expect(describeWeekday('2026-11-22')).toBe('Sunday 22 November 2026');
  });

  it.each([
    ['2026-11-22T14:05:00Z', '22 November 2026 at 14:05', '2026-11-22 14:05'],
    ['2026-06-07T23:05:00Z', '8 June 2026 at 00:05', '2026-06-08 00:05'],
    ['2026-10-24T23:59:00Z', '25 October 2026 at 00:59', '2026-10-25 00:59'],
    ['2026-10-25T00:00:00Z', '25 October 2026 at 01:00 BST', '2026-10-25 01:00 BST'],
    ['2026-10-25T00:30:00Z', '25 October 2026 at 01:30 BST', '2026-10-25 01:30 BST'],
    ['2026-10-25T01:30:00Z', '25 October 2026 at 01:30 GMT', '2026-10-25 01:30 GMT'],
    ['2026-10-25T01:59:59Z', '25 October 2026 at 01:59 GMT', '2026-10-25 01:59 GMT'],
    ['2026-10-25T02:00:00Z', '25 October 2026 at 02:00', '2026-10-25 02:00'],
    ['2026-10-24T00:30:00Z', '24 October 2026 at 01:30', '2026-10-24 01:30'],
    ['2026-03-29T01:00:00Z', '29 March 2026 at 02:00', '2026-03-29 02:00'],
  ])('the instant %s is %s', (instant, words, numbers) => {
    expect(describeInstant(instant)).toBe(words);
    expect(localTimestamp(instant)).toBe(numbers);
  });

  it('returns a text that is not an instant unchanged', () => expect(describeInstant('soon')).toBe('soon'));

  it('describes every minute of the year differently', () => {
    const start = Date.parse('2026-10-24T20:00:00Z');
    const told = Array.from({ length: 12 * 60 }, (_, minute) => new Date(start + minute * 60_000).toISOString());
    expect(new Set(told.map(describeInstant)).size).toBe(told.length);
    expect(new Set(told.map(localTimestamp)).size).toBe(told.length);
  });
});

const TODAY = { today: '2026-11-26' };

describe('a day as people write it', () => {
  it.each([
    ['27 3 2026', '2026-03-27'],
    ['27/03/2026', '2026-03-27'],
    ['27.3.2026', '2026-03-27'],
    ['27-03-2026', '2026-03-27'],
    ['27, 3, 2026', '2026-03-27'],
    [' 27 March 2026 ', '2026-03-27'],
    ['27 mar 2026', '2026-03-27'],
    ['1 DECEMBER 1900', '1900-12-01'],
    ['2026-03-27', '2026-03-27'],
    ['2026 3 27', '2026-03-27'],
    ['29 2 2024', '2024-02-29'],
    ['26/11/26', '2026-11-26'],
    ['26.11.26', '2026-11-26'],
    ['1/2/49', '2049-02-01'],
    ['1/2/50', '1950-02-01'],
    ['5 6 08', '2008-06-05'],
    ['26 Nov 2026', '2026-11-26'],
    ['26 Nov 26', '2026-11-26'],
    ['26th November', '2026-11-26'],
    ['26th of November', '2026-11-26'],
    ['1st Sept 2026', '2026-09-01'],
    ['2nd january 2026', '2026-01-02'],
    ['3RD June, 2026', '2026-06-03'],
    ['Thursday 26 November 2026', '2026-11-26'],
    ['Thu, 26 Nov', '2026-11-26'],
    ['November 26, 2026', '2026-11-26'],
    ['Nov 26th', '2026-11-26'],
    ['26 Novemeber 2026', '2026-11-26'],
    ['today', '2026-11-26'],
    [' Yesterday', '2026-11-25'],
    ['tomorrow', '2026-11-27'],
  ])('%s is %s', (text, day) => expect(readDay(text, TODAY)).toEqual({ ok: true, day }));

  it.each([
    ['20 December', {}, '2026-12-20'],
    ['20 December', { notAfter: '2026-11-26' }, '2025-12-20'],
    ['2 January', {}, '2027-01-02'],
    ['2 January', { notAfter: '2026-11-26' }, '2026-01-02'],
    ['1 November', { notBefore: '2026-11-26' }, '2027-11-01'],
    ['1 June', { notBefore: '2030-01-01' }, '2026-06-01'],
  ])('%s without a year, with %o, is %s', (text, limits, day) =>
    expect(readDay(text, { ...TODAY, ...limits })).toEqual({ ok: true, day }),
  );

  it('29 February without a year is in the nearest leap year', () => {
    expect(readDay('29 February', { today: '2027-11-26' })).toEqual({ ok: true, day: '2028-02-29' });
    expect(readDay('29 February', TODAY).ok).toBe(false);
  });

  const what = 'Write the day, the month and the year, such as 27 3 2026 or 27 March 2026';
  it.each([
    ['8 months', `You wrote “8 months”. ${what}`],
    ['29 2 2023', `You wrote “29 2 2023”: February 2023 has 28 days. ${what}`],
    ['31 4 2026', `You wrote “31 4 2026”: April 2026 has 30 days. ${what}`],
    ['0 1 2026', `You wrote “0 1 2026”: January 2026 has 31 days. ${what}`],
    ['3 27 2026', `You wrote “3 27 2026”: there is no month 27. ${what}`],
    ['1 0 2026', `You wrote “1 0 2026”: there is no month 0. ${what}`],
    ['1 1 1899', `You wrote “1 1 1899”: the year cannot be before 1900. ${what}`],
    ['  ', what],
    [`${'long '.repeat(20)}`, `You wrote “${'long '.repeat(8)}…”. ${what}`],
  ])('%s is refused with the reason', (text, problem) => expect(readDay(text, TODAY)).toEqual({ ok: false, problem }));

  it.each([
    '27 3',
    '27 3 2026 1',
    '27 Mai 26',
    'a b c',
    '',
    '11/2026',
    '2026',
    '1e1 3 2026',
    '27 3 202',
    '27 3 20266',
    '+7 3 2026',
  ])('%j is not a day', (text) => expect(readDay(text, TODAY).ok).toBe(false));

  it('agrees with date-fns in every accepted form', () => {
    const parts = fc.tuple(fc.nat(32), fc.nat(13), fc.integer({ min: 1900, max: 2100 }));
    fc.assert(
      fc.property(parts, fc.constantFrom(' ', '/', '.', '-'), ([day, month, year], mark) => {
        const text = [day, month, year].join(mark);
        const read = readDay(text, TODAY);
        const byLibrary = parse(text, ['d', 'M', 'yyyy'].join(mark), new Date(2000, 0, 1));
        expect(read.ok ? read.day : undefined).toBe(isValid(byLibrary) ? toDay(byLibrary) : undefined);
      }),
    );
  });

  it('can be read back from its own description', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        for (const text of [day, describeDay(day), describeWeekday(day)])
          expect(readDay(text, TODAY)).toEqual({ ok: true, day });
      }),
    );
  });
});

describe('a moment as people write it', () => {
  const now = { at: '2026-11-22T15:00:00.000Z', today: '2026-11-22' };
  it.each([
    ['today at 14:20', '2026-11-22T14:20:00.000Z'],
    ['14.20', '2026-11-22T14:20:00.000Z'],
    ['This morning, about 9am', '2026-11-22T09:00:00.000Z'],
    ['yesterday at 9', '2026-11-21T09:00:00.000Z'],
    ['12:05 am', '2026-11-22T00:05:00.000Z'],
    ['on 27 3 2026 at 9:00', '2026-03-27T09:00:00.000Z'],
    ['Fri 17 July 2026, 2:30 pm', '2026-07-17T13:30:00.000Z'],
    ['just now', '2026-11-22T15:00:00.000Z'],
  ])('%s', (text, at) => {
    expect(readPast(text, now)).toEqual({ ok: true, at });
  });

  it.each(['', 'today', 'Friday', '27 3 2026', 'at 25:00', '13pm', 'in the canteen at 9', '31 2 2026 at 9:00'])(
    '“%s” is refused with what to write',
    (text) => {
      const reading = readPast(text, now);
      expect(reading).toMatchObject({ ok: false, problem: expect.stringContaining('the day and the time') });
    },
  );

  it.each([
    ['27 11 2026', '2026-11-27'],
    ['27.11.26', '2026-11-27'],
    ['by Friday 27 November', '2026-11-27'],
    ['1 March', '2027-03-01'],
    ['today', '2026-11-22'],
    ['Tomorrow', '2026-11-23'],
    ['27 11 2026 at 9:00', '2026-11-27T09:00:00.000Z'],
  ])('to be done by “%s”: a day alone is that day', (text, by) => {
    expect(readTimeToCome(text, now)).toEqual({ ok: true, by });
  });

  it.each(['', 'soon', 'yesterday', '21 11 2026', 'today at 14:00', '31 2 2027'])(
    'to be done by “%s” is refused, without offering a day in the past',
    (text) => {
      const reading = readTimeToCome(text, now);
      expect(reading).toMatchObject({ ok: false, problem: expect.stringContaining('today at 18:00') });
      expect(reading).not.toMatchObject({ problem: expect.stringMatching(/such as.*yesterday/) });
    },
  );

  it.each(['27/11/2226', '27 11 2226 at 9:00', '23 11 2028'])('asks whether “%s” is meant, years ahead', (text) => {
    const reading = readTimeToCome(text, now);
    const year = /2\d{3}/.exec(text)?.[0];
    expect(reading).toMatchObject({ ok: false, problem: expect.stringContaining(`Is ${year} meant?`) });
    expect(readTimeToCome('22 11 2028', now)).toMatchObject({ ok: true });
  });

  it('what was done cannot be in the future, and the hour skipped in March is not a time', () => {
    expect(readPast('tomorrow at 9', now)).toMatchObject({
      problem: expect.stringContaining('23 November 2026 at 09:00 is to come'),
    });
    expect(readMoment('tomorrow at 9', now)).toEqual({ ok: true, at: '2026-11-23T09:00:00.000Z' });
    for (const five of ['tonight at 5', 'this afternoon at 5pm', 'this evening at 17:00'])
      expect(readMoment(five, now)).toEqual({ ok: true, at: '2026-11-22T17:00:00.000Z' });
    expect(readMoment('29 3 2026 at 1:30', now)).toMatchObject({ ok: false });
  });
});
