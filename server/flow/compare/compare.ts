/** Compares two versions of a flow: runs the same answers through both and shows what comes out differently. */

import type { Flow } from '../flow.ts';
import { forEachTopic, TOPICS } from '../marks.ts';
import type { Answers } from '../walk/answer.ts';
import { type Outcome, outcomeOf } from '../walk/outcome.ts';
import { type Position, walk } from '../walk/walk.ts';
import { readCase } from '../walk/written-answers.ts';
import type { WalkedCase } from './worked-cases.ts';

const COMPARED = ['end', 'level', ...TOPICS, 'next'] as const;
export type Compared = (typeof COMPARED)[number];

export interface Difference {
  topic: Compared;
  before: string;
  after: string;
}

export interface CaseDifference {
  id: string;
  story: string;
  differences: Difference[];
}

/** The worked cases with a different outcome. Their answers are read again for each version, since options come and go. */
export function differingCases(
  older: Flow,
  newer: Flow,
  cases: readonly WalkedCase[],
  today: string,
): CaseDifference[] {
  return cases.flatMap(({ id, story, raw, position }) => {
    const { answers } = readCase(older, raw, today);
    const found = differences([older, walk(older, answers)], [newer, position]);
    return found.length === 0 ? [] : [{ id, story, differences: found }];
  });
}

export interface DifferenceCount {
  /** Consultations that reached an end in their own version. */
  ended: number;
  different: number;
  byTopic: Record<Compared, number>;
}

export const NOTHING_COUNTED: DifferenceCount = {
  ended: 0,
  different: 0,
  byTopic: { end: 0, level: 0, ...forEachTopic(() => 0), next: 0 },
};

/** Counts only; individual consultations are never identified. */
export function countDifferences(own: Flow, other: Flow, answerSets: readonly Answers[]): DifferenceCount {
  return answerSets.map((answers) => countOne(own, other, answers)).reduce(addCounts, NOTHING_COUNTED);
}

function countOne(own: Flow, other: Flow, answers: Answers): DifferenceCount {
  const position = walk(own, answers);
  if (position.at.kind !== 'end') return NOTHING_COUNTED;
  const topics = differences([own, position], [other, walk(other, answers)]).map(({ topic }) => topic);
  const byTopic = Object.fromEntries(COMPARED.map((topic) => [topic, Number(topics.includes(topic))]));
  return { ended: 1, different: Number(topics.length > 0), byTopic: byTopic as DifferenceCount['byTopic'] };
}

export function addCounts(a: DifferenceCount, b: DifferenceCount): DifferenceCount {
  const byTopic = Object.fromEntries(COMPARED.map((topic) => [topic, a.byTopic[topic] + b.byTopic[topic]]));
  return {
    ended: a.ended + b.ended,
    different: a.different + b.different,
    byTopic: byTopic as DifferenceCount['byTopic'],
  };
}

type Walked = [Flow, Position];

function differences(before: Walked, after: Walked): Difference[] {
  const [was, is] = [outcomeOf(...before), outcomeOf(...after)];
  return COMPARED.filter((topic) => idOf(topic, was) !== idOf(topic, is)).map((topic) => ({
    topic,
    before: wordsOf(topic, was, before, is),
    after: wordsOf(topic, is, after, was),
  }));
}

/** The ids by which two outcomes are compared. A change of wording alone does not count as a difference. */
function idOf(topic: Compared, outcome: Outcome): string {
  return topic === 'next' ? [...outcome.next].sort().join() : String(outcome[topic] ?? '');
}

/** For next steps, only those that the other outcome lacks. */
function wordsOf(topic: Compared, outcome: Outcome, [flow, { at }]: Walked, other: Outcome): string {
  if (topic === 'end') return at.kind === 'end' ? at.end.action : `A question is still open: ${at.question.text}`;
  if (topic === 'level')
    return outcome.level === 0 ? 'None' : (flow.area.scale[outcome.level - 1] ?? String(outcome.level));
  if (topic === 'next') {
    const own = [...outcome.next].filter((id) => !other.next.has(id));
    return own.map((id) => flow.next[id]?.do ?? id).join('; ') || 'Nothing more';
  }
  return outcome[topic] ?? 'Not settled';
}
