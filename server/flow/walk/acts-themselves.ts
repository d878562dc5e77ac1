/** What an end says to readers whom it would send to themselves: they have to act. */
import type { EndStep, Flow } from '../flow.ts';

/** An end as one kind of reader sees it. */
export interface OwnEnd {
  reader: string;
  end: EndStep;
}

/**
 * In the order in which they are tried: first the readers whom the end is `to`, then those whom its first contact is
 * `to`.
 */
export function ownEndsOf(flow: Flow, end: EndStep): OwnEnd[] {
  return readersOf(flow, end).flatMap((reader) => {
    const written = ownEndFor(flow, end, reader);
    return written === undefined ? [] : [{ reader, end: written }];
  });
}

/** The end as it is for a reader whose answers have these meanings. */
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
 * Keeps the end's id, time, marks and other contacts. If the end has its own action for these readers, its text stays,
 * too; the action from the meaning comes with its own text and contacts, which are put first.
 */
function ownEndFor(flow: Flow, { to: _to, oneOf: _oneOf, actsThemselves, ...end }: EndStep, reader: string) {
  const action = actsThemselves?.[reader];
  if (action !== undefined) return { ...end, action };
  const acts = flow.meanings?.[reader]?.actsThemselves;
  if (acts === undefined) return undefined;
  const { contacts, cite, ...words } = acts;
  return { ...end, ...words, contacts: [...new Set([...contacts, ...end.contacts])], cite: [...cite, ...end.cite] };
}
