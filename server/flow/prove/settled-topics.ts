/** Checks that a called flow settles every topic it `returns`, on every way out. */
import type { Marks, Part } from '../flow.ts';
import { type Formula, NEVER } from './diagram.ts';
import { type Known, MARK_TOPICS, type MarkTopic } from './known.ts';
import type { Tally } from './tally.ts';

/** The interviews that come back from the part without the topic. */
export interface Unsettled {
  part: string;
  topic: MarkTopic;
  formula: Formula;
}

export function settles(marks: Marks): MarkTopic[] {
  return MARK_TOPICS.filter((topic) => marks[topic] !== undefined);
}

/**
 * `settled` has what was collected since the call. Marks from before do not count, because the flow was called to look into the topic.
 * Only if the strongest word was set before is there nothing left to settle.
 */
export function unsettledAt(known: Known, part: Part, settled: Tally | undefined, out: Formula): Unsettled[] {
  const topics = MARK_TOPICS.filter((topic) => part.returns.includes(topic));
  const unsettled = topics.map((topic) => {
    const strongest = known.heights[topic].atLeast(known.heights[topic].top);
    const formula = known.diagrams.butNot(out, known.diagrams.or(settled?.of(topic) ?? NEVER, strongest));
    return { part: part.id, topic, formula };
  });
  return unsettled.filter(({ formula }) => formula !== NEVER);
}
