/**
 * What operators and leads have to do, and when: numbers to ring, documents to check, consultations due for erasure,
 * backups and drills. Pure.
 */
import { addMonths } from './base/days.ts';
import type { CalendarEvent } from './base/icalendar.ts';
import type { Library } from './flow/check/library.ts';
import type { Flow } from './flow/flow.ts';

/** A number that nobody has rung for this long may be wrong. */
const RING_AFTER_MONTHS = 3;
const MONTHS_AHEAD = 12;

export interface CalendarFacts {
  library: Pick<Library, 'areas'>;
  /** A day. */
  today: string;
  /** Area → days on which a consultation's retention ends. */
  due: ReadonlyMap<string, readonly string[]>;
  /** Day of the newest backup; undefined if there is none. */
  lastBackup?: string;
}

/** The earliest first; what is overdue is listed under today. */
export function listDates(facts: CalendarFacts): CalendarEvent[] {
  const { today } = facts;
  const events = [...numbersToRing(facts), ...documents(facts), ...erasures(facts), ...backups(facts)];
  return events
    .map((event) =>
      event.at < today ? { ...event, at: today, summary: `${event.summary} (since ${event.at})` } : event,
    )
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function numbersToRing({ library, today }: CalendarFacts): CalendarEvent[] {
  return [...library.areas].flatMap(([area, { facts, flows }]) => {
    const contacts = Object.assign({}, ...[...flows.values()].map((flow) => flow.contacts)) as Flow['contacts'];
    const days = new Map<string, string[]>();
    // Numbers that nobody rings to test, such as 999, say how they are known instead.
    const toRing = Object.values(contacts).filter(({ phones, checked }) => phones.length > 0 && checked === undefined);
    for (const { name, checkedOn } of toRing) {
      const day = checkedOn === undefined ? today : addMonths(checkedOn, RING_AFTER_MONTHS);
      days.set(day, [...(days.get(day) ?? []), name]);
    }
    return [...days].map(([at, names]) => ({
      uid: `ring-${area}-${at}`,
      at,
      summary: `${facts.name}: ring ${names.length} ${names.length === 1 ? 'number' : 'numbers'}, and put the day into contacts.yaml`,
      description: names.join(', '),
    }));
  });
}

function documents({ library }: CalendarFacts): CalendarEvent[] {
  return [...library.areas].flatMap(([area, { facts, flows }]) => {
    const sources = Object.assign({}, ...[...flows.values()].map((flow) => flow.sources)) as Flow['sources'];
    return Object.entries(sources).flatMap(([id, { title, reviewDue }]) =>
      reviewDue === undefined || !/^\d{4}-\d\d-\d\d$/.test(reviewDue)
        ? []
        : [{ uid: `document-${area}-${id}`, at: reviewDue, summary: `${facts.name}: is there a newer “${title}”?` }],
    );
  });
}

function erasures({ due, library, today }: CalendarFacts): CalendarEvent[] {
  const until = addMonths(today, MONTHS_AHEAD);
  return [...due].flatMap(([area, days]) => {
    const months = new Map<string, number>();
    for (const day of days.filter((one) => one <= until))
      months.set(day.slice(0, 7), (months.get(day.slice(0, 7)) ?? 0) + 1);
    const name = library.areas.get(area)?.facts.name ?? area;
    return [...months].map(([month, count]) => ({
      uid: `erase-${area}-${month}`,
      at: `${month}-01`,
      summary: `${name}: ${count} ${count === 1 ? 'consultation is' : 'consultations are'} due for erasure: review, then npm run erase`,
    }));
  });
}

function backups({ today, lastBackup }: CalendarFacts): CalendarEvent[] {
  const drills = Array.from({ length: MONTHS_AHEAD }, (_, index) => addMonths(`${today.slice(0, 7)}-01`, index + 1));
  return [
    ...(lastBackup === today
      ? []
      : [
          {
            uid: 'backup',
            at: today,
            summary: `Backup: the newest is ${lastBackup === undefined ? 'none' : `of ${lastBackup}`}; npm run backup`,
          },
        ]),
    ...drills.map((at) => ({ uid: `drill-${at}`, at, summary: 'Drill of a restore: npm run restore' })),
  ];
}
