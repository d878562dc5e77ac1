/**
 * The instruction to the reader about a topic such as the parents. The meanings of the answers can make it more exact,
 * for example which parent it is about.
 */
import type { Flow } from '../flow/flow.ts';
import { describeMark, type Topic, type WordOf } from '../flow/marks.ts';
import type { Position } from '../flow/walk/walk.ts';

/**
 * A sentence without its full stop; empty if nothing is set for the topic. `door`: the name of the service to ask
 * first.
 */
export function describeStanding(
  flow: Flow,
  { means, standing }: Pick<Position, 'means' | 'standing'>,
  topic: Topic,
  door: string,
): string {
  const word = standing[topic];
  if (word === undefined) return '';
  const own = topic === 'parents' ? parentsSentence(flow, means, word as WordOf<'parents'>) : undefined;
  return own?.replace('{front door}', door) ?? describeMark(topic, word, door);
}

/** The sentence of the first meaning that has one, in the order of the list of meanings. */
function parentsSentence(flow: Flow, means: readonly string[], word: WordOf<'parents'>): string | undefined {
  const own = Object.values(flow.meanings ?? {}).filter(({ id }) => means.includes(id));
  return own.map(({ toParents }) => toParents?.[word]).find((sentence) => sentence !== undefined);
}
