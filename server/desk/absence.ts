/** Records that somebody is away, and works out what that means for the consultations they have. Pure. */
import { addMonths, describeDay, readDay } from '../base/days.ts';
import type { Refusal } from '../consultation/entry.ts';
import { type Form, invalid, Reader } from '../consultation/recording.ts';
import { type Absence, isAway } from '../people/absence.ts';
import type { Now } from './deadlines.ts';

const MOST_MONTHS = 12;

/** An empty `from` means today. */
export function readAbsence(form: Form, { today }: Now): Absence | Refusal {
  const reader = new Reader(form);
  const dates = { today, notBefore: today };
  const from = reader.text('from') === '' ? { ok: true as const, day: today } : readDay(reader.text('from'), dates);
  const until = readDay(reader.text('until'), dates);
  if (!from.ok) reader.wrong.from = from.problem;
  if (!until.ok) reader.wrong.until = until.problem;
  if (!from.ok || !until.ok) return invalid(reader);
  if (until.day < from.day || until.day < today)
    reader.wrong.until = 'The last day away comes before the first, or is over. Write a day to come';
  if (until.day > addMonths(today, MOST_MONTHS))
    reader.wrong.until = `Is ${until.day.slice(0, 4)} meant? Write a day within a year`;
  return Object.keys(reader.wrong).length > 0 ? invalid(reader) : { from: from.day, until: until.day };
}

interface Colleague {
  id: string;
  disabledAt: string | null;
}

/** Account id → why they cannot work on their consultations: they are away today, or can no longer sign in. */
export function whyAbsent(
  accounts: readonly Colleague[],
  absences: ReadonlyMap<string, Absence>,
  today: string,
): Map<string, string> {
  const found = new Map<string, string>();
  for (const { id, disabledAt } of accounts) {
    const absence = absences.get(id);
    if (disabledAt !== null) found.set(id, 'cannot sign in any more');
    else if (absence !== undefined && isAway(absence, today))
      found.set(id, `is away until ${describeDay(absence.until)}`);
  }
  return found;
}
