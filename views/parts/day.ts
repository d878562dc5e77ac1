/** Days and instants in words, as people in England say them. */
const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' };

// Made once: making one takes far longer than using it, and a list has hundreds of instants.
const LONDON_DAY = new Intl.DateTimeFormat('en-GB', { ...DAY, timeZone: 'Europe/London' });
const LONDON_TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' });

/** `2026-11-22` → `22 November 2026`; `2024-05` → `May 2024`; other words (`after 2018`) stay as they are. */
export function describeDay(date: string): string {
  return formatDay(date, DAY);
}

/** `2026-11-22` → `Sunday 22 November 2026`. */
export function describeWeekday(date: string): string {
  return formatDay(date, { weekday: 'long', ...DAY }).replace(',', '');
}

/** An instant → `22 November 2026 at 14:05`, in the time of England. */
export function describeInstant(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return `${LONDON_DAY.format(date)} at ${LONDON_TIME.format(date)}`;
}

function formatDay(date: string, format: Intl.DateTimeFormatOptions): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(date))
    return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', { ...format, timeZone: 'UTC' });
  if (/^\d{4}-\d{2}$/.test(date))
    return new Date(`${date}-01T00:00:00Z`).toLocaleDateString('en-GB', {
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    });
  return date;
}
