/** Measures how strong an outcome is, and shows pairs of interviews that differ in one answer where the second has the weaker outcome. */

import { PROTECTIVE_TOPICS, type Topic } from '../marks.ts';
import type { Formula } from './diagram.ts';
import { findLightest, questionsThatMatter, type Replay, replay } from './example.ts';
import type { Interview } from './interview.ts';
import { heightOf } from './known.ts';
import type { Assignment } from './paths.ts';

/** The measures that more harm or doubt must not weaken. */
export const MEASURED = ['level', ...PROTECTIVE_TOPICS] as const;

export interface Measure {
  name: (typeof MEASURED)[number] | 'time';
  /** From weakest to strongest: the interviews whose outcome is at least that strong. */
  thresholds: Formula[];
  of(replay: Replay): number;
}

export interface Weakening {
  question: string;
  measure: Measure['name'];
  before: Replay;
  after: Replay;
  /** The other questions that matter. */
  matters: string[];
}

/**
 * "Call 999" counts as much as the highest level, because an interview that ends there may have collected fewer levels. No level counts as
 * much as the lowest, because ends such as "ask MASH" have none.
 */
export function measuresOf({ diagrams, known }: Interview): Measure[] {
  const { level, police } = known.heights;
  const of =
    (topic: Topic) =>
    ({ position: { standing } }: Replay) =>
      heightOf(topic, standing[topic] ?? '');
  const calls = heightOf('police', 'call 999');
  return [
    {
      name: 'level',
      thresholds: upTo(level.top)
        .slice(1)
        .map((height) => diagrams.or(level.atLeast(height), police.atLeast(calls))),
      of: (replay) => (of('police')(replay) >= calls ? level.top : Math.max(1, replay.position.standing.level)),
    },
    ...PROTECTIVE_TOPICS.map((topic) => {
      const { [topic]: heights } = known.heights;
      return { name: topic, thresholds: upTo(heights.top).map((height) => heights.atLeast(height)), of: of(topic) };
    }),
  ];
}

const SOONEST = ['at once', 'today'];

/** How soon something is to be done: without a set time, with one, today, at once. */
export function timeMeasure({ known, diagrams }: Interview): Measure {
  const timed = known.within.ids().filter((time) => time !== 'no set time');
  const soon = (times: readonly string[]) => diagrams.or(...times.map((time) => known.within.of(time)));
  return {
    name: 'time',
    thresholds: [soon(timed), soon(SOONEST), known.within.of('at once')],
    of: ({ end }) => heightOfTime(end.within),
  };
}

function heightOfTime(within: string): number {
  if (within === 'no set time') return 0;
  return SOONEST.includes(within) ? 3 - SOONEST.indexOf(within) : 1;
}

function upTo(top: number): number[] {
  return Array.from({ length: top }, (_, index) => index + 1);
}

/** Values for the variables of the one question that differs. */
export type Values = ReadonlyMap<number, boolean>;

/** An answer to `question` that weakens the outcome. */
interface FoundWeakening {
  question: string;
  measure: Measure;
  /** The answers to the other questions for which it does; not NEVER. */
  weaker: Formula;
  /** The answers before and after, as values of the question's variables. */
  values: [Values, Values];
}

/** Shows the weakening by two interviews. Throws if the walk does not agree that the second has the weaker outcome. */
export function showWeakening(interview: Interview, { question, measure, weaker, values }: FoundWeakening): Weakening {
  const assignment = findLightest(interview, weaker);
  const [before, after] = values.map((changed) => replay(interview, withValues(assignment, changed))) as [
    Replay,
    Replay,
  ];
  if (measure.of(after) >= measure.of(before))
    throw new Error(
      `the prover disagrees with the walk of ${interview.flow.id} about the ${measure.name} after "${question}"`,
    );
  const asked = Object.keys({ ...before.answers, ...after.answers });
  const mattering = questionsThatMatter(interview, weaker, assignment);
  return {
    question,
    measure: measure.name,
    before,
    after,
    matters: asked.filter((id) => id !== question && mattering.includes(id)),
  };
}

function withValues(assignment: Assignment, values: Values): Assignment {
  const changed = assignment.slice();
  for (const [variable, value] of values) changed[variable] = value ? 1 : 0;
  return changed;
}
