/** Days and instants in words, as people in England say them. */
const MONTH: Intl.DateTimeFormatOptions = { month: 'long', year: 'numeric' };
const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', ...MONTH };

// Made once: to make one takes longer than to use it a hundred times.
const inUtc = (format: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { ...format, timeZone: 'UTC' });
const inEngland = (format: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...format, timeZone: 'Europe/London' });
const [month, day, weekday] = [inUtc(MONTH), inUtc(DAY), inUtc({ weekday: 'long', ...DAY })];
const [dayOf, timeOf] = [inEngland(DAY), inEngland({ hour: '2-digit', minute: '2-digit' })];

/** `2026-11-22` → `22 November 2026`; `2024-05` → `May 2024`; other words (`after 2018`) stay as they are. */
export function describeDay(date: string): string {
  return formatDay(date, day);
}

/** `2026-11-22` → `Sunday 22 November 2026`. */
export function describeWeekday(date: string): string {
  return formatDay(date, weekday).replace(',', '');
}

/** An instant → `22 November 2026 at 14:05`, in the time of England. */
export function describeInstant(instant: string): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? instant : `${dayOf.format(date)} at ${timeOf.format(date)}`;
}

function formatDay(date: string, format: Intl.DateTimeFormat): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(date)) return format.format(new Date(`${date}T00:00:00Z`));
  if (/^\d{4}-\d{2}$/.test(date)) return month.format(new Date(`${date}-01T00:00:00Z`));
  return date;
}
