const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `27 3 2026`, `27/03/2026`, `27 March 2026` or `2026-03-27` → `2026-03-27`; undefined if it is no day of the calendar. */
export function parseDate(text: string): string | undefined {
  const parts = text.split(/[\s/.,-]+/).filter((part) => part !== '');
  if (parts.length !== 3) return undefined;
  const iso = /^\d{4}$/.test(parts[0] ?? '');
  const [d, m, y] = iso ? [parts[2], parts[1], parts[0]] : parts;
  const named = MONTHS.indexOf((m ?? '').slice(0, 3).toLowerCase()) + 1;
  const month = named > 0 ? named : Number(m);
  const date = new Date(Date.UTC(Number(y), month - 1, Number(d)));
  const valid = Number(y) >= 1900 && date.getUTCDate() === Number(d) && date.getUTCMonth() === month - 1;
  return valid ? date.toISOString().slice(0, 10) : undefined;
}
