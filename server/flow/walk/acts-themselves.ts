/** What an end says to the reader whom it would send to themselves: it is theirs to do. */
import type { EndStep, Flow } from '../flow.ts';

/** An end as it reads for one kind of reader. */
export interface OwnEnd {
  reader: string;
  end: EndStep;
}

/** In the order in which they are tried: the readers whom the end is `to`, then those whom its first contact is `to`. */
export function ownEndsOf(flow: Flow, end: EndStep): OwnEnd[] {
  return readersOf(flow, end).flatMap((reader) => {
    const written = ownEndFor(flow, end, reader);
    return written === undefined ? [] : [{ reader, end: written }];
  });
}

/** The end as it reads for somebody whose answers have these meanings. */
export function endForReader(flow: Flow, end: EndStep, means: ReadonlySet<string>): EndStep {
  const own = readersOf(flow, end).filter((reader) => means.has(reader));
  for (const reader of own) {
    const written = ownEndFor(flow, end, reader);
    if (written !== undefined) return written;
  }
  return end;
}

function readersOf(flow: Flow, end: EndStep): string[] {
  const first = end.contacts[0] === undefined ? undefined : flow.contacts[end.contacts[0]];
  const own = Object.keys(end.actsThemselves ?? {});
  return [...new Set([...own, ...(end.to ?? []), ...(first?.to ?? [])])];
}

/**
 * Its id, time, marks and remaining contacts stay. An action of its own keeps its text too; that of the meaning comes with text and contacts,
 * which stand first.
 */
function ownEndFor(flow: Flow, { to: _to, oneOf: _oneOf, actsThemselves, ...end }: EndStep, reader: string) {
  const action = actsThemselves?.[reader];
  if (action !== undefined) return { ...end, action };
  const acts = flow.meanings?.[reader]?.actsThemselves;
  if (acts === undefined) return undefined;
  const { contacts, cite, ...words } = acts;
  return { ...end, ...words, contacts: [...new Set([...contacts, ...end.contacts])], cite: [...cite, ...end.cite] };
}
