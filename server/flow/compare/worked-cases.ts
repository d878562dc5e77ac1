/** Walks the worked cases of a flow: how many questions they take, where they end, and which steps they pass through. */

import type { Library, LibraryArea } from '../check/library.ts';
import type { Flow } from '../flow.ts';
import type { Answers } from '../walk/answer.ts';
import { type Position, walk } from '../walk/walk.ts';
import { readAnswers } from '../walk/written-answers.ts';
import { NATIONAL } from '../words.ts';

export interface WorkedWay {
  id: string;
  story: string;
  /** As written, so that the case can also be walked through another version. */
  raw: Record<string, unknown>;
  answers: Answers;
  position: Position;
}

export interface FlowSize {
  steps: number;
  questions: number;
  cases: number;
  /** Number of questions in the worked cases; undefined if there are none. */
  asked?: { shortest: number; median: number; longest: number };
}

const known = new WeakMap<Flow, WorkedWay[]>();

/** The cases of the flow's own area. A flow used everywhere has its cases in the national folder. */
export function workedWays(library: Library, flow: Flow, today: string): WorkedWay[] {
  const cached = known.get(flow);
  if (cached !== undefined) return cached;
  const own = ownCases(library.areas.get(flow.area.id), flow);
  const cases = own.length > 0 ? own : ownCases(library.areas.get(NATIONAL), flow);
  const ways = cases.flatMap(([id, value]): WorkedWay[] => {
    const { answers, wrong } = readAnswers(flow, value.answers, today);
    if (wrong.length > 0) return [];
    return [{ id, story: value.story, raw: value.answers, answers, position: walk(flow, answers) }];
  });
  known.set(flow, ways);
  return ways;
}

function ownCases(area: LibraryArea | undefined, flow: Flow) {
  return [...(area?.cases ?? [])].filter(([, value]) => value.flow === flow.id);
}

export function sizeOf(flow: Flow, ways: readonly WorkedWay[]): FlowSize {
  const asked = ways.map(({ position }) => position.turns.length).sort((a, b) => a - b);
  const [shortest] = asked;
  return {
    steps: Object.values(flow.parts).reduce((sum, part) => sum + part.steps.length, 0),
    questions: Object.keys(flow.questions).length,
    cases: ways.length,
    ...(shortest !== undefined && {
      asked: { shortest, median: asked[Math.floor((asked.length - 1) / 2)] ?? 0, longest: asked.at(-1) ?? 0 },
    }),
  };
}

/** `part/step` → ids of the cases that take the step. */
export function casesByStep(ways: readonly WorkedWay[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { id, position } of ways) {
    const taken = position.path.filter((step) => step.taken === 'taken' || step.taken === 'known');
    for (const key of new Set(taken.map(({ part, step }) => `${part}/${step}`)))
      found.set(key, [...(found.get(key) ?? []), id]);
  }
  return found;
}
