/** Calendar files (iCalendar, RFC 5545). Pure. */

export interface CalendarEvent {
  /** The same each time the file is made, so that calendar programs replace the event. */
  uid: string;
  /** A day, such as 2026-11-22, or an instant in ISO 8601. */
  at: string;
  summary: string;
  description?: string;
}

/** `madeAt`: an instant. `product`: the part of Front Door that made the file. */
export function calendarFile(events: readonly CalendarEvent[], madeAt: string, product: string): string {
  const described = events.flatMap((event) => describeEvent(event, madeAt));
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Front Door//${product}//EN`,
    ...described,
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

/** Reminds at nine o'clock for a day, and half an hour before an instant. */
function describeEvent({ uid, at, summary, description }: CalendarEvent, madeAt: string): string[] {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(at);
  return [
    'BEGIN:VEVENT',
    `UID:${uid}@front-door`,
    `DTSTAMP:${stamp(madeAt)}`,
    isDay ? `DTSTART;VALUE=DATE:${at.replaceAll('-', '')}` : `DTSTART:${stamp(at)}`,
    `SUMMARY:${escapeText(summary)}`,
    ...(description === undefined ? [] : [`DESCRIPTION:${escapeText(description)}`]),
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escapeText(summary)}`,
    isDay ? 'TRIGGER:PT9H' : 'TRIGGER:-PT30M',
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

/** Folds lines longer than 75 bytes: the next line begins with a space. No character is split. */
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
