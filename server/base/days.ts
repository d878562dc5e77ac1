/**
 * Days, months and times in London, where the councils are. Pure: callers pass in the current time. All day arithmetic and all wording of
 * days belongs here.
 */

/** A calendar day in ISO form, such as `2026-11-26`, so days sort and compare as strings. */
export type Day = string;
/** A month in ISO form, such as `2026-11`. */
export type Month = string;

const DAY_MS = 86_400_000;

// Creating a formatter costs more than using it a hundred times, so each is created once.
const formatter = (timeZone: 'UTC' | 'Europe/London', format: Intl.DateTimeFormatOptions, locale = 'en-GB') =>
  new Intl.DateTimeFormat(locale, { ...format, timeZone });
const MONTH_YEAR = { month: 'long', year: 'numeric' } as const;
const DAY_MONTH_YEAR = { day: 'numeric', ...MONTH_YEAR } as const;
const HOUR_MINUTE = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const asMonth = formatter('UTC', MONTH_YEAR);
const asDay = formatter('UTC', DAY_MONTH_YEAR);
const asWeekday = formatter('UTC', { weekday: 'long', ...DAY_MONTH_YEAR });
const localNumbers = formatter('Europe/London', { year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA');
const localDayInWords = formatter('Europe/London', DAY_MONTH_YEAR);
const localTime = formatter('Europe/London', HOUR_MINUTE);

const HOUR_MS = 3_600_000;
/**
 * The day of the hour that was last asked for. Formatting it each time would cost more than everything else that a
 * request does with time.
 */
let lastHour = { hour: Number.NaN, day: '' };

/** The calendar day in London at this instant. Days begin with an hour, in summer and in winter. */
export function localDay(instant: Date | string): Day {
  const date = toDate(instant);
  const hour = Math.floor(date.getTime() / HOUR_MS);
  if (hour !== lastHour.hour) lastHour = { hour, day: localNumbers.format(date) };
  return lastHour.day;
}

/** Weekday (1 is Monday) and time of day in London, such as `19:05`. */
export function localClock(instant: string): { weekday: number; time: string } {
  const weekday = utcMidnight(localDay(instant)).getUTCDay();
  return { weekday: weekday === 0 ? 7 : weekday, time: localTime.format(new Date(instant)) };
}

export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

/** Midnight in London as an ISO instant: in summer, one hour before midnight UTC. */
export function startOfDay(day: Day): string {
  const midnight = utcMidnight(day);
  const hour = Number(localTime.format(midnight).slice(0, 2));
  return new Date(midnight.getTime() - hour * HOUR_MS).toISOString();
}

export function addDays(day: Day, count: number): Day {
  return toDay(new Date(utcMidnight(day).getTime() + count * DAY_MS));
}

/** Adds months to a day or a month, and clamps to the end of the month: 30 November plus 3 months is 28 February. */
export function addMonths<T extends Day | Month>(from: T, count: number): T;
export function addMonths(from: string, count: number): string {
  const [year = 0, month = 1, day] = from.split('-').map(Number);
  const months = year * 12 + month - 1 + count;
  const to = `${pad(Math.floor(months / 12), 4)}-${pad((months % 12) + 1)}`;
  return day === undefined ? to : `${to}-${pad(Math.min(day, daysIn(to)))}`;
}

/** `holidays`: days from Monday to Friday that do not count as working days. */
export function addWorkingDays(day: Day, count: number, holidays: readonly Day[]): Day {
  let at = day;
  for (let left = count; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkingDay(at, holidays)) left--;
  }
  return at;
}

export function isWorkingDay(day: Day, holidays: readonly Day[]): boolean {
  const weekday = utcMidnight(day).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.includes(day);
}

/** `unit`: `working day`, `day`, `week`, `month` or `year`, singular or plural. Undefined for any other unit, such as hours. */
export function addTime(day: Day, count: number, unit: string, holidays: readonly Day[]): Day | undefined {
  switch (unit.replace(/s$/, '')) {
    case 'working day':
      return addWorkingDays(day, count, holidays);
    case 'day':
      return addDays(day, count);
    case 'week':
      return addDays(day, 7 * count);
    case 'month':
      return addMonths(day, count);
    case 'year':
      return addMonths(day, 12 * count);
    default:
      return undefined;
  }
}

/** The Monday of the week that `day` is in. */
export function mondayOf(day: Day): Day {
  return addDays(day, -((utcMidnight(day).getUTCDay() + 6) % 7));
}

export function firstDay(month: Month): Day {
  return `${month}-01`;
}

export function lastDay(month: Month): Day {
  return `${month}-${pad(daysIn(month))}`;
}

/** The three months of the quarter that `month` is in. Calendar quarters and the quarters of a council's year are the same. */
export function quarterOf(month: Month): [Month, Month, Month] {
  const first = addMonths(month, -((Number(month.slice(5)) - 1) % 3));
  return [first, addMonths(first, 1), addMonths(first, 2)];
}

/** `2026-11-22` → `22 November 2026`; `2024-05` → `May 2024`; any other text (`after 2018`) is returned unchanged. */
export function describeDay(day: Day | Month): string {
  return inWords(day, asDay);
}

/** `2026-11-22` → `Sunday 22 November 2026`. */
export function describeWeekday(day: Day): string {
  return inWords(day, asWeekday).replace(',', '');
}

/** An instant → `22 November 2026 at 14:05` in London. In the repeated hour in October, the time zone is added: `at 01:30 GMT`. */
export function describeInstant(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return `${localDayInWords.format(date)} at ${localTime.format(date)}${zoneWhereNeeded(date)}`;
}

/** An instant → `2026-11-22 14:05` in London: spreadsheets recognise it as a time and sort it correctly. */
export function localTimestamp(instant: string): string {
  const date = new Date(instant);
  return `${localDay(date)} ${localTime.format(date)}${zoneWhereNeeded(date)}`;
}

/** A day or an instant, as a deadline may be either: `Monday 23 November 2026` or `22 November 2026 at 14:05`. */
export function describeDayOrInstant(by: Day | string): string {
  return by.length === 10 ? describeWeekday(by) : describeInstant(by);
}

/** On the October Sunday when clocks go back from 02:00 BST to 01:00 GMT, a time between 01:00 and 02:00 is ambiguous without its zone. */
function zoneWhereNeeded(date: Date): string {
  if (date.getUTCMonth() !== 9 || date.getUTCHours() > 1) return '';
  const time = localTime.format(date);
  const comesAgain = localTime.format(new Date(date.getTime() + HOUR_MS)) === time;
  const cameBefore = localTime.format(new Date(date.getTime() - HOUR_MS)) === time;
  return comesAgain ? ' BST' : cameBefore ? ' GMT' : '';
}

function inWords(day: string, format: Intl.DateTimeFormat): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(day)) return format.format(utcMidnight(day));
  if (/^\d{4}-\d{2}$/.test(day)) return asMonth.format(utcMidnight(firstDay(day)));
  return day;
}

type DayReading = { ok: true; day: Day } | { ok: false; problem: string };

/** A day written without a year is taken to be the one closest to `today`, within the limits where possible. */
interface DayContext {
  today: Day;
  notBefore?: Day | undefined;
  notAfter?: Day | undefined;
}

/** Shown in error messages. */
const DAY_EXAMPLE = '27 3 2026 or 27 March 2026';

/**
 * Reads a day as people write it: `27 3 2026`, `27/03/26`, `27.3.2026`, `27 March 2026`, `27th of March`, `Fri 27 Mar 26`,
 * `March 27 2026`, `2026-03-27`, and `today`, `yesterday`, `tomorrow`. `problem` says what was written, why it is not a day and what to write, without a final full stop.
 */
export function readDay(text: string, context: DayContext): DayReading {
  const away = DAYS_AWAY.get(text.trim().toLowerCase());
  if (away !== undefined) return { ok: true, day: addDays(context.today, away) };
  const parts = partsOf(text);
  if (parts === undefined) return { ok: false, problem: wrong(text, '') };
  const { day, month, year = nearestYear(parts, context) } = parts;
  if (month < 1 || month > 12) return { ok: false, problem: wrong(text, `: there is no month ${month}`) };
  if (year < 1900) return { ok: false, problem: wrong(text, ': the year cannot be before 1900') };
  const named = `${pad(year, 4)}-${pad(month)}`;
  if (day < 1 || day > daysIn(named))
    return { ok: false, problem: wrong(text, `: ${describeDay(named)} has ${daysIn(named)} days`) };
  return { ok: true, day: `${named}-${pad(day)}` };
}

/** Days that are named relative to today → how many days away they are. */
const DAYS_AWAY: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['yesterday', -1],
  ['tomorrow', 1],
]);

/** Unit → how many make a year. For weeks and days the result is rounded down, so that a child is never made older. */
const IN_A_YEAR: Record<string, number> = { year: 1, yr: 1, month: 12, mth: 12, week: 53, wk: 53, day: 366 };
const AGE =
  /^(\d{1,4}) ?(year|yr|month|mth|week|wk|day)s?(?:,? (?:and )?\d{1,2} ?(?:month|mth|week|wk|day)s?)?(?: old)?$/;

/** How old somebody is, as people say it of the young: `8 months`, `6 weeks old`, `1 year 4 months` → whole years. Undefined for anything else. */
export function readWholeYears(text: string): number | undefined {
  const [, count, unit = ''] = AGE.exec(text.trim().toLowerCase().replace(/\s+/g, ' ')) ?? [];
  return count === undefined ? undefined : Math.floor(Number(count) / (IN_A_YEAR[unit] ?? 1));
}

type MomentReading = { ok: true; at: string } | { ok: false; problem: string };

/** Shown in error messages. */
const MOMENT_EXAMPLE = 'today at 14:20, yesterday at 9:00, or 27 March 2026 at 9:00';
const TIME = /(?<hour>\d{1,2})(?:[:.](?<minute>\d{2}))?\s*(?<half>am|pm)?/.source;
const TIME_AT_END = new RegExp(`(?:^|[\\s,])(?<at>at\\s+)?${TIME}$`, 'i');
const DAYS_FROM_TODAY = new Map([
  ...DAYS_AWAY,
  ['', 0],
  ['this morning', 0],
  ['this afternoon', 0],
  ['this evening', 0],
  ['tonight', 0],
]);

/** "Tonight at 5" means 17:00. */
const LATER_HALF: ReadonlySet<string> = new Set(['this afternoon', 'this evening', 'tonight']);

/**
 * Reads a day and a London time as people write them: `today at 14:20`, `14:20`, `yesterday, 9am`, `27 3 2026 at 9:00`, `now`.
 * `problem` says what was written and what to write, without a final full stop. `now`: the current instant and its day in London.
 */
export function readMoment(text: string, now: { at: string; today: Day }): MomentReading {
  const words = text.trim().replace(/\s+/g, ' ').toLowerCase();
  if (words === 'now' || words === 'just now') return { ok: true, at: now.at };
  const found = TIME_AT_END.exec(words);
  if (found === null) return { ok: false, problem: wrongMoment(text, '') };
  const dayWords = words
    .slice(0, found.index)
    // The "on" in "afternoon" is not the word "on".
    .replace(/((^|[\s,]+)(about|around|on))?[\s,]*$/, '')
    .replace(/^on /, '');
  const time = readTime(found.groups ?? {}, LATER_HALF.has(dayWords));
  if (time === undefined) return { ok: false, problem: wrongMoment(text, '') };
  const from = DAYS_FROM_TODAY.get(dayWords);
  const reading = from === undefined ? readDay(dayWords, { today: now.today }) : undefined;
  if (reading?.ok === false) return { ok: false, problem: wrongMoment(text, '') };
  const day = reading?.day ?? addDays(now.today, from ?? 0);
  const at = instantOf(day, time);
  if (at === undefined) return { ok: false, problem: wrongMoment(text, ': the clocks go forward then') };
  return { ok: true, at };
}

/** Like `readMoment`, for something that has already happened: a time in the future is refused. */
export function readPast(text: string, now: { at: string; today: Day }): MomentReading {
  const reading = readMoment(text, now);
  if (!reading.ok || reading.at <= now.at) return reading;
  return { ok: false, problem: wrongMoment(text, `: ${describeInstant(reading.at)} is to come. Write when it was`) };
}

/** The desk does not plan further ahead than this. */
const YEARS_TO_COME = 2;

/**
 * The question to ask if a future day is so far away that it is probably a typing mistake, such as 2226 for 2026,
 * without a final full stop. Undefined for any other day.
 */
export function askWhetherMeant(day: Day, today: Day, years = YEARS_TO_COME): string | undefined {
  if (day <= addMonths(today, years * 12)) return undefined;
  const last = describeDay(addMonths(today, years * 12));
  return `${describeDay(day)} is more than ${years} years away. Is ${day.slice(0, 4)} meant? Write a day up to ${last}`;
}

type TimeToCome = { ok: true; by: Day | string } | { ok: false; problem: string };

/**
 * Like `readMoment`, for something still to be done. A day without a time means the whole day, and `by` is then a day.
 * The past is refused, and so is a day that is years away. A day without a year is the next such day.
 */
export function readTimeToCome(text: string, now: { at: string; today: Day }): TimeToCome {
  const by = readByWhen(text, now);
  const came = text.trim() === '' ? '' : `You wrote “${shorten(text)}”. `;
  const example = 'Write the day, with a time or without, such as today at 18:00, tomorrow, or 27 March 2027 at 9:00';
  if (by === undefined) return { ok: false, problem: `${came}${example}` };
  const slip = askWhetherMeant(by.slice(0, 10), now.today);
  if (slip !== undefined) return { ok: false, problem: slip };
  const isOver = by.length === 10 ? by < now.today : by <= now.at;
  return isOver ? { ok: false, problem: `${describeDayOrInstant(by)} is over. ${example}` } : { ok: true, by };
}

function readByWhen(text: string, now: { at: string; today: Day }): Day | string | undefined {
  const moment = readMoment(text, now);
  if (moment.ok) return moment.at;
  const words = text
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .replace(/^(on|by) /, '');
  const from = words === '' ? undefined : DAYS_FROM_TODAY.get(words);
  if (from !== undefined) return addDays(now.today, from);
  const day = readDay(words, { today: now.today, notBefore: now.today });
  return day.ok ? day.day : undefined;
}

function wrongMoment(text: string, why: string): string {
  const came = text.trim() === '' ? '' : `You wrote “${shorten(text)}”${why}. `;
  return `${came}Write the day and the time, such as ${MOMENT_EXAMPLE}`;
}

/** `HH:MM`, or undefined if it is not a time. A number alone needs "at", "am" or "pm", or minutes: otherwise it could be a year. */
function readTime(
  { at, hour = '', minute, half }: Record<string, string | undefined>,
  isLaterHalf: boolean,
): string | undefined {
  if (minute === undefined && half === undefined && at === undefined) return undefined;
  const number = Number(hour);
  if (half !== undefined && (number < 1 || number > 12)) return undefined;
  const isPm = half === 'pm' || (half === undefined && isLaterHalf && number < 12);
  const of24 = half === undefined && !isPm ? number : (number % 12) + (isPm ? 12 : 0);
  if (hour === '' || of24 > 23 || Number(minute ?? 0) > 59) return undefined;
  return `${pad(of24)}:${minute ?? '00'}`;
}

/** Undefined in the hour skipped in March. In the hour repeated in October, the second occurrence. */
function instantOf(day: Day, time: string): string | undefined {
  const guess = Date.parse(`${day}T${time}:00Z`);
  const hits = [guess, guess - HOUR_MS].map((at) => new Date(at));
  return hits.find((at) => localDay(at) === day && localTime.format(at) === time)?.toISOString();
}

function shorten(text: string): string {
  const short = text.trim().replace(/\s+/g, ' ');
  return short.length > 40 ? `${short.slice(0, 40)}…` : short;
}

function wrong(text: string, why: string): string {
  const shown = shorten(text);
  const came = shown === '' ? '' : `You wrote “${shown}”${why}. `;
  return `${came}Write the day, the month and the year, such as ${DAY_EXAMPLE}`;
}

interface DayParts {
  day: number;
  month: number;
  year?: number;
}

const WEEKDAY = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*$/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function partsOf(text: string): DayParts | undefined {
  const words = text.split(/[\s/.,-]+/).filter((word) => word !== '' && word.toLowerCase() !== 'of');
  if (WEEKDAY.test(words[0] ?? '')) words.shift();
  if (words.length < 2 || words.length > 3) return undefined;
  const [first = '', second = '', third] = words;
  const isYearFirst = /^\d{4}$/.test(first) && third !== undefined;
  if (isYearFirst) return numbersOf(third, second, first);
  return readMonthName(first) === undefined ? numbersOf(first, second, third) : numbersOf(second, first, third);
}

function numbersOf(day: string, month: string, year: string | undefined): DayParts | undefined {
  const dayNumber = /^(\d{1,2})(st|nd|rd|th)?$/i.exec(day)?.[1];
  const name = readMonthName(month);
  const monthNumber = name ?? (/^\d{1,2}$/.test(month) ? Number(month) : undefined);
  if (dayNumber === undefined || monthNumber === undefined) return undefined;
  // Two numbers alone could be a score, a class, or a month and a year. So if there is no year, the month has to be a
  // word.
  if (year === undefined) return name === undefined ? undefined : { day: Number(dayNumber), month: monthNumber };
  const yearNumber = readYear(year);
  return yearNumber === undefined ? undefined : { day: Number(dayNumber), month: monthNumber, year: yearNumber };
}

/** Recognised by the first three letters, however the rest is spelt. */
function readMonthName(word: string): number | undefined {
  const index = /^[a-z]+$/i.test(word) ? MONTHS.indexOf(word.slice(0, 3).toLowerCase()) : -1;
  return index === -1 ? undefined : index + 1;
}

/** Two digits are the years 1950 to 2049. */
function readYear(word: string): number | undefined {
  if (/^\d{4}$/.test(word)) return Number(word);
  if (!/^\d{2}$/.test(word)) return undefined;
  return Number(word) + (Number(word) < 50 ? 2000 : 1900);
}

/**
 * The candidate from last year, this year or next year that is nearest to today and within the limits; if none is
 * within them, the nearest of all.
 */
function nearestYear({ day, month }: DayParts, { today, notBefore = '', notAfter = '9999' }: DayContext): number {
  const around = Number(today.slice(0, 4));
  const years = [around - 1, around, around + 1].map((year) => ({
    year,
    at: `${pad(year, 4)}-${pad(month)}-${pad(day)}`,
  }));
  const distance = (at: Day) => Math.abs(utcMidnight(at).getTime() - utcMidnight(today).getTime());
  const sorted = years.filter(({ at }) => day <= daysIn(monthOf(at))).sort((a, b) => distance(a.at) - distance(b.at));
  return (sorted.find(({ at }) => at >= notBefore && at <= notAfter) ?? sorted[0])?.year ?? around;
}

function daysIn(month: Month): number {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}

function utcMidnight(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

function toDay(date: Date): Day {
  return date.toISOString().slice(0, 10);
}

function toDate(instant: Date | string): Date {
  return typeof instant === 'string' ? new Date(instant) : instant;
}

function pad(number: number, length = 2): string {
  return String(number).padStart(length, '0');
}
