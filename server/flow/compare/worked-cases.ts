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
  const ways = [...walkCases(library, flow, today)];
  known.set(flow, ways);
  return ways;
}

function* walkCases(library: Library, flow: Flow, today: string): Generator<WorkedWay> {
  const own = ownCases(library.areas.get(flow.area.id), flow);
  const cases = own.length > 0 ? own : ownCases(library.areas.get(NATIONAL), flow);
  for (const [id, value] of cases) {
    const { answers, wrong } = readAnswers(flow, value.answers, today);
    if (wrong.length === 0)
      yield { id, story: value.story, raw: value.answers, answers, position: walk(flow, answers) };
  }
}

/** The questions of each worked case, in the order in which they are asked. */
type QuestionOrders = readonly (readonly string[])[];

const orders = new WeakMap<Flow, QuestionOrders>();

/** Kept without the positions, which are large: every page of an interview asks for it. */
function questionOrders(library: Library, flow: Flow, today: string): QuestionOrders {
  const cached = orders.get(flow);
  if (cached !== undefined) return cached;
  const ways = known.get(flow) ?? walkCases(library, flow, today);
  const found = [...ways].map(({ position }) => position.turns.map(({ question }) => question));
  orders.set(flow, found);
  return found;
}

/**
 * About how many questions an interview takes: the median of the worked cases. With a question that is open after `answered` others: of
 * those cases that ask it. Undefined when no case tells.
 */
export function estimateLength(
  { library, flow, today }: { library: Library; flow: Flow; today: string },
  open?: { question: string; answered: number },
): number | undefined {
  const all = questionOrders(library, flow, today);
  if (open === undefined) return medianOf(all.map((asked) => asked.length));
  const left = all.flatMap((asked) => {
    const place = asked.indexOf(open.question);
    return place === -1 ? [] : [asked.length - place];
  });
  const median = medianOf(left);
  return median === undefined ? undefined : open.answered + median;
}

function medianOf(numbers: number[]): number | undefined {
  const rising = [...numbers].sort((a, b) => a - b);
  return rising[Math.floor((rising.length - 1) / 2)];
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
