/** Deadlines as a calendar file. It contains the reference and what is due, and nothing about a child. Pure. */
import { calendarFile } from '../base/icalendar.ts';
import type { Deadline } from './desk-case.ts';

export function toICalendar(reference: string, deadlines: readonly Deadline[], at: string): string {
  const events = deadlines.flatMap(({ id, number, do: deed, who, by }) => {
    // Text that somebody typed is left out, since it could name a child.
    const words = id.startsWith('task_') ? 'Follow-up, as it stands in the record' : deed;
    const uid = `${reference.replaceAll(' ', '')}-${number}-${id}`;
    return by === undefined ? [] : [{ uid, at: by, summary: `${reference}: ${words}`, description: `Who: ${who}` }];
  });
  return calendarFile(events, at, 'Duty desk');
}
