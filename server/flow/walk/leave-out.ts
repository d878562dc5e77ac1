/** At the end of an interview, leaves out lines that do not make sense: their `only with` does not hold, or `to` is the reader. */
import type { Contact, Flow, Line } from '../flow.ts';
import { endForReader } from './acts-themselves.ts';
import type { Advice, Finding, Position } from './walk.ts';

interface Judge {
  /** Whether the line's `only with` holds. */
  fits: (line: Line | undefined) => boolean;
  /** Whether the line would send the readers to themselves. */
  isToReader: (line: Line | undefined) => boolean;
}

/**
 * Collects the lines that are left out, and those of them that are left out only because they would send the readers to
 * themselves.
 */
class Sieve {
  readonly leftOut: string[] = [];
  readonly toReader: string[] = [];
  private readonly judge: Judge;

  constructor(judge: Judge) {
    this.judge = judge;
  }

  keeps(kind: string, id: string, ...lines: (Line | undefined)[]): boolean {
    const fits = lines.every(this.judge.fits);
    const isToReader = fits && lines.some(this.judge.isToReader);
    if (fits && !isToReader) return true;
    addTo(this.leftOut, `${kind} ${id}`);
    if (isToReader) addTo(this.toReader, `${kind} ${id}`);
    return false;
  }

  /** The contact of a next step, which may be the readers themselves. */
  noteContact(next: Line | undefined, contact: Contact | undefined): void {
    const { fits, isToReader } = this.judge;
    if (contact !== undefined && fits(next) && fits(contact) && isToReader(contact))
      addTo(this.toReader, `contact ${contact.id}`);
  }
}

function addTo(list: string[], item: string): void {
  if (!list.includes(item)) list.push(item);
}

/**
 * Leaves nothing out while a question is open, since more may become known. The end itself always stays; if it would
 * send the readers to themselves, it says what they do instead.
 */
export function leaveOut(flow: Flow, position: Position, judge: Judge): Position {
  const { at } = position;
  if (at.kind !== 'end') return position;
  const sieve = new Sieve(judge);
  const contacts = (ids: string[]) => ids.filter((id) => sieve.keeps('contact', id, flow.contacts[id]));
  const advice = (given: Advice[]) =>
    given
      .filter(({ step, marks }) => sieve.keeps('advice', step, marks))
      .map((one) => ({ ...one, contacts: contacts(one.contacts) }));
  const findings = position.findings.filter((finding) => keepsFinding(flow, finding, sieve));
  const end = endForReader(flow, at.end, new Set(position.means));
  return {
    ...position,
    at: { ...at, end: { ...end, contacts: contacts(end.contacts) } },
    findings,
    advice: advice(position.advice),
    outranked: advice(position.outranked),
    doubts: position.doubts.map(({ ask, ...doubt }) =>
      ask === undefined || contacts([ask]).length === 0 ? doubt : { ...doubt, ask },
    ),
    leftOut: sieve.leftOut,
    toReader: sieve.toReader,
  };
}

function keepsFinding(flow: Flow, { topic, value }: Finding, sieve: Sieve): boolean {
  if (topic === 'record') return sieve.keeps('record', String(value), flow.record[value]);
  if (topic !== 'next') return true;
  const next = flow.next[value];
  const contact = next?.with === undefined ? undefined : flow.contacts[next.with];
  sieve.noteContact(next, contact);
  // A next step is also left out if its contact is left out.
  return sieve.keeps('next', String(value), next, contact);
}
