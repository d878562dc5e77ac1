/** The lines that come out at the end, without those that make no sense there. Does for all interviews what `leaveOut` does for one. */
import { type Flow, getQuestion, type Line, type Marks } from '../flow.ts';
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
  const kept: Kept = (formula, line) => known.diagrams.and(formula, known.makesSense(line, ended));
  const lines = [...settleSteps(flow, known, visits, kept), ...settleTables(flow, known, visits, kept)];
  for (const { line, formula } of lines) {
    for (const [group, word] of Object.entries(line.oneOf ?? {})) known['one of'].add(`${group}: ${word}`, formula);
    for (const reader of line.to ?? []) known.to.add(reader, formula);
  }
  return lines.filter(({ formula }) => formula !== NEVER);
}

/** The part of a formula in which the line makes sense. */
type Kept = (formula: Formula, line: Line | undefined) => Formula;

function settleSteps(flow: Flow, known: Known, visits: readonly Visit[], kept: Kept): ResultLine[] {
  return visits.flatMap(({ step, taken }): ResultLine[] => {
    if (step.kind === 'advise') {
      const given = kept(taken, step);
      known.settleAdvice(step, given);
      for (const id of step.contacts) known.contact.add(id, kept(given, flow.contacts[id]));
      return [{ kind: 'advice', id: step.id, line: step, formula: known.whereNotOutranked(step, given) }];
    }
    if (step.kind !== 'end') return [];
    for (const id of step.contacts) known.contact.add(id, kept(taken, flow.contacts[id]));
    const contacts = step.contacts.map((id) => ({ id, line: flow.contacts[id] }));
    addFirstContact(known, contacts, taken, kept);
    return [{ kind: 'end', id: step.id, line: step, formula: taken }];
  });
}

function settleTables(flow: Flow, known: Known, visits: readonly Visit[], kept: Kept): ResultLine[] {
  for (const id of known.asks.ids()) known.contact.add(id, kept(known.asks.of(id), flow.contacts[id]));
  settle(known.record, (id, formula) => kept(formula, flow.record[id]));
  settle(known.next, (id, formula) => {
    const contact = flow.next[id]?.with;
    const given = kept(kept(formula, flow.next[id]), contact === undefined ? undefined : flow.contacts[contact]);
    if (contact !== undefined) known.contact.add(contact, given);
    return given;
  });
  for (const id of contactsInOrder(flow, visits)) known.contact.add(id, known.contact.take(id));
  return (['next', 'record', 'contact'] as const).flatMap((kind) =>
    known[kind].ids().flatMap((id): ResultLine[] => {
      const line = kind === 'contact' ? flow.contacts[id] : flow[kind][id];
      return line === undefined ? [] : [{ kind, id, line, formula: known[kind].of(id) }];
    }),
  );
}

/** Contacts in the order in which the walk reaches them, which is the order of the list. */
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
    const first = kept(left, line);
    known['first contact'].add(id, first);
    left = known.diagrams.butNot(left, first);
  }
}
