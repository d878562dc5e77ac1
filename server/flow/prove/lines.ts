/** The lines that come out at the end, without those that make no sense there. Does for all interviews what `leaveOut` does for one. */
import { type EndStep, type Flow, getQuestion, type Line, type Marks } from '../flow.ts';
import { ownEndsOf } from '../walk/acts-themselves.ts';
import { timedPartnerOf } from '../walk/outcome.ts';
import { type Formula, NEVER } from './diagram.ts';
import type { Known } from './known.ts';
import type { Tally } from './tally.ts';
import type { Visit } from './visit.ts';

/** One line of a result: advice, a next step, a record line, a contact, or the end itself. */
export interface ResultLine {
  kind: 'advice' | 'next' | 'record' | 'contact' | 'end';
  id: string;
  line: Line;
  formula: Formula;
}

/** Leaves out what makes no sense at the end, updates `known` accordingly, and returns every line that can come out. */
export function settleLines(flow: Flow, known: Known, visits: readonly Visit[], ended: Formula): ResultLine[] {
  const kept = sieveOf(known, ended);
  const lines = [...settleSteps(flow, known, visits, kept), ...settleTables(flow, known, visits, kept)];
  for (const { line, formula } of lines) {
    for (const [group, word] of Object.entries(line.oneOf ?? {})) known['one of'].add(`${group}: ${word}`, formula);
    for (const reader of line.to ?? []) known.to.add(reader, formula);
  }
  return lines.filter(({ formula }) => formula !== NEVER);
}

/** The part of a formula in which all of the lines make sense. `name` is such as `contact mash`. */
type Kept = (name: string, formula: Formula, ...lines: (Line | undefined)[]) => Formula;

/** Records in `known.toReader` what is left out only because it would send the readers to themselves. */
function sieveOf(known: Known, ended: Formula): Kept {
  const { diagrams } = known;
  return (name, formula, ...lines) => {
    const fitting = diagrams.and(formula, ...lines.map((line) => known.holds(line?.onlyWith, ended)));
    const toReader = diagrams.and(fitting, diagrams.or(...lines.map((line) => known.isToReader(line))));
    if (toReader !== NEVER) known.toReader.add(name, toReader);
    return diagrams.butNot(fitting, toReader);
  };
}

function settleSteps(flow: Flow, known: Known, visits: readonly Visit[], kept: Kept): ResultLine[] {
  const addContacts = (ids: readonly string[], formula: Formula) => {
    for (const id of ids) known.contact.add(id, kept(`contact ${id}`, formula, flow.contacts[id]));
  };
  return visits.flatMap(({ step, taken }): ResultLine[] => {
    if (step.kind === 'advise') {
      const given = kept(`advice ${step.id}`, taken, step);
      known.settleAdvice(step, given);
      addContacts(step.contacts, given);
      return [{ kind: 'advice', id: step.id, line: step, formula: known.whereNotOutranked(step, given) }];
    }
    if (step.kind !== 'end') return [];
    const versions = versionsOf(flow, known, step, taken);
    for (const { end, formula } of versions) {
      addContacts(end.contacts, formula);
      const contacts = end.contacts.map((id) => ({ id, line: flow.contacts[id] }));
      addFirstContact(known, contacts, formula, kept);
    }
    const asWritten = versions.find(({ end }) => end === step)?.formula ?? NEVER;
    return [{ kind: 'end', id: step.id, line: step, formula: asWritten }];
  });
}

/**
 * The end as written, and as it reads for each kind of reader whom it would send to themselves. Must agree with
 * `endForReader`.
 */
function versionsOf(flow: Flow, known: Known, end: EndStep, taken: Formula): { end: EndStep; formula: Formula }[] {
  const { diagrams } = known;
  let left = taken;
  const own = ownEndsOf(flow, end).map(({ reader, end: written }) => {
    const formula = diagrams.and(left, known.means.of(reader));
    left = diagrams.butNot(left, formula);
    return { end: written, formula };
  });
  return [...own, { end, formula: left }];
}

function settleTables(flow: Flow, known: Known, visits: readonly Visit[], kept: Kept): ResultLine[] {
  for (const id of known.asks.ids()) known.contact.add(id, kept(`contact ${id}`, known.asks.of(id), flow.contacts[id]));
  settle(known.record, (id, formula) => kept(`record ${id}`, formula, flow.record[id]));
  settle(known.next, (id, formula) => settleNext({ flow, known, kept }, id, formula));
  for (const id of contactsInOrder(flow, visits)) known.contact.add(id, known.contact.take(id));
  return (['next', 'record', 'contact'] as const).flatMap((kind) =>
    known[kind].ids().flatMap((id): ResultLine[] => {
      const line = kind === 'contact' ? flow.contacts[id] : flow[kind][id];
      return line === undefined ? [] : [{ kind, id, line, formula: known[kind].of(id) }];
    }),
  );
}

interface Settling {
  flow: Flow;
  known: Known;
  kept: Kept;
}

/** A next step is kept only together with its contact. Returns when it is kept. */
function settleNext({ flow, known, kept }: Settling, id: string, formula: Formula): Formula {
  const next = flow.next[id];
  if (next?.with === undefined) return kept(`next ${id}`, formula, next);
  const contact = flow.contacts[next.with];
  const { diagrams } = known;
  const fitting = diagrams.and(formula, known.holds(next.onlyWith, formula), known.holds(contact?.onlyWith, formula));
  known.toReader.add(`contact ${next.with}`, diagrams.and(fitting, known.isToReader(contact)));
  const given = kept(`next ${id}`, formula, next, contact);
  known.contact.add(next.with, given);
  const partner = timedPartnerOf(next);
  if (partner !== undefined) known['a step with'].add(partner, given);
  return given;
}

/** Contacts in the order in which the walk reaches them, which is also the order of the list. */
function contactsInOrder(flow: Flow, visits: readonly Visit[]): Set<string> {
  const ofMarks = ({ next = [] }: Marks) => next.flatMap((id) => flow.next[id]?.with ?? []);
  return new Set(
    visits.flatMap(({ step, taken }) => {
      if (step.kind === 'advise' || step.kind === 'end') return [...ofMarks(step), ...step.contacts];
      if (step.kind !== 'ask' || taken === NEVER) return [];
      const { options, unknown } = getQuestion(flow, step.question);
      return [...options.flatMap(ofMarks), ...ofMarks(unknown), ...(unknown.ask === undefined ? [] : [unknown.ask])];
    }),
  );
}

function settle(tally: Tally, change: (id: string, formula: Formula) => Formula): void {
  for (const id of tally.ids()) tally.add(id, change(id, tally.take(id)));
}

/** The first contact of the list that is not left out. */
function addFirstContact(
  known: Known,
  contacts: readonly { id: string; line: Line | undefined }[],
  taken: Formula,
  kept: Kept,
): void {
  let left = taken;
  for (const { id, line } of contacts) {
    const first = kept(`contact ${id}`, left, line);
    known['first contact'].add(id, first);
    left = known.diagrams.butNot(left, first);
  }
}
