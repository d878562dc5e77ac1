/** Deadlines as an iCalendar file (RFC 5545). It says the reference and what is due, and nothing about a child. Pure. */
import { isDay } from './deadlines.ts';
import type { Deadline } from './desk-case.ts';

export function toICalendar(reference: string, deadlines: readonly Deadline[], at: string): string {
  const events = deadlines.flatMap((deadline) =>
    deadline.by === undefined ? [] : describeEvent(reference, deadline, at),
  );
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Front Door//Duty desk//EN', ...events, 'END:VCALENDAR'];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

function describeEvent(reference: string, { id, number, do: deed, who, by = '' }: Deadline, at: string): string[] {
  // Typed text is left out, since it could name a child.
  const words = id.startsWith('task_') ? 'Follow-up, as it stands in the record' : deed;
  return [
    'BEGIN:VEVENT',
    `UID:${reference.replaceAll(' ', '')}-${number}-${id}@front-door`,
    `DTSTAMP:${stamp(at)}`,
    isDay(by) ? `DTSTART;VALUE=DATE:${by.replaceAll('-', '')}` : `DTSTART:${stamp(by)}`,
    `SUMMARY:${escapeText(`${reference}: ${words}`)}`,
    `DESCRIPTION:${escapeText(`Who: ${who}`)}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escapeText(`${reference}: ${words}`)}`,
    isDay(by) ? 'TRIGGER:PT9H' : 'TRIGGER:-PT30M',
    'END:VALARM',
    'END:VEVENT',
  ];
}

function stamp(instant: string): string {
  return instant.replace(/\.\d+/, '').replace(/[-:]/g, '');
}

function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');
}

/** Folds lines of more than 75 bytes: the next line begins with a blank. No character is cut in two. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const letter of line) {
    if (Buffer.byteLength(part + letter) > 74) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part].join('\r\n ');
}
