/** Walks the worked cases of a flow: how many questions they take, where they end, and which steps they pass through. */

import type { Library, LibraryArea } from '../check/library.ts';
import type { Flow } from '../flow.ts';
import { NATIONAL } from '../national.ts';
import type { Answers } from '../walk/answer.ts';
import { type Position, walk } from '../walk/walk.ts';
import { readCase } from '../walk/written-answers.ts';

export interface WalkedCase {
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

const known = new WeakMap<Flow, WalkedCase[]>();

/** The cases of the flow's own area. A flow used everywhere has its cases in the national folder. */
export function walkCases(library: Library, flow: Flow, today: string): WalkedCase[] {
  const cached = known.get(flow);
  if (cached !== undefined) return cached;
  const walked = [...walkEachCase(library, flow, today)];
  known.set(flow, walked);
  return walked;
}

function* walkEachCase(library: Library, flow: Flow, today: string): Generator<WalkedCase> {
  const own = ownCases(library.areas.get(flow.area.id), flow);
  const cases = own.length > 0 ? own : ownCases(library.areas.get(NATIONAL), flow);
  for (const [id, value] of cases) {
    const { answers, wrong } = readCase(flow, value.answers, today);
    if (wrong.length === 0)
      yield { id, story: value.story, raw: value.answers, answers, position: walk(flow, answers) };
  }
}

/** Medians of the worked cases. */
interface Lengths {
  /** Undefined if there are no cases. */
  whole: number | undefined;
  /** Question id → how many questions are asked from this one to the end, including it. */
  from: ReadonlyMap<string, number>;
}

const lengths = new WeakMap<Flow, Lengths>();

/** Every page of an interview needs these, so they are computed once. The positions are large and are not kept. */
function lengthsOf(library: Library, flow: Flow, today: string): Lengths {
  const cached = lengths.get(flow);
  if (cached !== undefined) return cached;
  const walked = known.get(flow) ?? walkEachCase(library, flow, today);
  const orders = [...walked].map(({ position }) => position.turns.map(({ question }) => question));
  const left = new Map<string, number[]>();
  for (const order of orders)
    for (const [place, question] of order.entries())
      left.set(question, [...(left.get(question) ?? []), order.length - place]);
  const from = new Map([...left].map(([question, counts]) => [question, medianOf(counts) ?? 0] as const));
  const found = { whole: medianOf(orders.map((order) => order.length)), from };
  lengths.set(flow, found);
  return found;
}

/**
 * Estimated number of questions in the whole interview: the median of the worked cases. If a question is open after `answered` others,
 * only the cases that ask it count. Undefined if there are none.
 */
export function estimateLength(
  { library, flow, today }: { library: Library; flow: Flow; today: string },
  open?: { question: string; answered: number },
): number | undefined {
  const { whole, from } = lengthsOf(library, flow, today);
  if (open === undefined) return whole;
  const left = from.get(open.question);
  return left === undefined ? undefined : open.answered + left;
}

function medianOf(numbers: number[]): number | undefined {
  const rising = [...numbers].sort((a, b) => a - b);
  return rising[Math.floor((rising.length - 1) / 2)];
}

function ownCases(area: LibraryArea | undefined, flow: Flow) {
  return [...(area?.cases ?? [])].filter(([, value]) => value.flow === flow.id);
}

export function sizeOf(flow: Flow, cases: readonly WalkedCase[]): FlowSize {
  const asked = cases.map(({ position }) => position.turns.length).sort((a, b) => a - b);
  const [shortest] = asked;
  return {
    steps: Object.values(flow.parts).reduce((sum, part) => sum + part.steps.length, 0),
    questions: Object.keys(flow.questions).length,
    cases: cases.length,
    ...(shortest !== undefined && {
      asked: { shortest, median: asked[Math.floor((asked.length - 1) / 2)] ?? 0, longest: asked.at(-1) ?? 0 },
    }),
  };
}

/** `part/step` → ids of the cases that take the step. */
export function casesByStep(cases: readonly WalkedCase[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { id, position } of cases) {
    const taken = position.path.filter((step) => step.taken === 'taken' || step.taken === 'known');
    for (const key of new Set(taken.map(({ part, step }) => `${part}/${step}`)))
      found.set(key, [...(found.get(key) ?? []), id]);
  }
  return found;
}
