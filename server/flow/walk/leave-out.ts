/** At the end of an interview, leaves out lines that do not make sense: their `only with` does not hold, or `to` is the reader. */
import type { Flow, Line } from '../flow.ts';
import type { Advice, Finding, Position } from './walk.ts';

type MakesSense = (line: Line | undefined) => boolean;

/** Leaves out nothing while a question is open, since more may become known. The end itself always stays. */
export function leaveOut(flow: Flow, position: Position, makesSense: MakesSense): Position {
  const { at } = position;
  if (at.kind !== 'end') return position;
  const leftOut: string[] = [];
  const keeps = (kind: string, id: string, line: Line | undefined) => {
    const kept = makesSense(line);
    if (!kept && !leftOut.includes(`${kind} ${id}`)) leftOut.push(`${kind} ${id}`);
    return kept;
  };
  const contacts = (ids: string[]) => ids.filter((id) => keeps('contact', id, flow.contacts[id]));
  const advice = (given: Advice[]) =>
    given
      .filter(({ step, marks }) => keeps('advice', step, marks))
      .map((one) => ({ ...one, contacts: contacts(one.contacts) }));
  const findings = position.findings.filter((finding) => keepsFinding(flow, finding, keeps));
  return {
    ...position,
    at: { ...at, end: { ...at.end, contacts: contacts(at.end.contacts) } },
    findings,
    advice: advice(position.advice),
    outranked: advice(position.outranked),
    doubts: position.doubts.map(({ ask, ...doubt }) =>
      ask === undefined || contacts([ask]).length === 0 ? doubt : { ...doubt, ask },
    ),
    leftOut,
  };
}

function keepsFinding(
  flow: Flow,
  { topic, value }: Finding,
  keeps: (kind: string, id: string, line: Line | undefined) => boolean,
): boolean {
  if (topic === 'record') return keeps('record', String(value), flow.record[value]);
  if (topic !== 'next') return true;
  const next = flow.next[value];
  // A next step is also left out if its contact is left out.
  const contact = next?.with === undefined ? undefined : flow.contacts[next.with];
  return keeps('next', String(value), next) && (contact === undefined || keeps('next', String(value), contact));
}
