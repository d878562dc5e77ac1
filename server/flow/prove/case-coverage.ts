/** Which parts of a flow its worked cases cover: each step taken and skipped, each answer, each "I don't know", each jump, each end. */

import type { Flow } from '../flow.ts';
import { rulesOf } from '../question-types/question-types.ts';
import { type Answer, isUnknown } from '../walk/answer.ts';
import type { Position } from '../walk/walk.ts';
import { NEVER } from './diagram.ts';
import type { Interview } from './interview.ts';

/** An end that is taken has the kind `end`. `skipped`: the step's `when` did not hold. */
export type EdgeKind = 'taken' | 'skipped' | 'jump' | 'end' | 'option' | 'none' | 'unknown';

/** Such as `skipped danger/call_999` or `option concerns/neglect`. */
export type Edge = `${EdgeKind} ${string}`;

export interface Coverage {
  /** Everything that some interview can do. What is impossible is reported by the proof. */
  possible: Edge[];
  missing: Edge[];
}

export function coverageOf(interview: Interview, positions: readonly Position[]): Coverage {
  const possible = possibleEdges(interview);
  const covered = new Set(positions.flatMap((position) => edgesOf(interview.flow, position)));
  return { possible, missing: possible.filter((edge) => !covered.has(edge)) };
}

export function possibleEdges({ flow, diagrams, known, visits }: Interview): Edge[] {
  const steps = visits.flatMap(({ part, step, here, meets, taken, jumps }): Edge[] => [
    ...(taken === NEVER ? [] : [edge(step.kind === 'end' ? 'end' : 'taken', part, step.id)]),
    ...(diagrams.butNot(here, meets) === NEVER ? [] : [edge('skipped', part, step.id)]),
    ...(jumps === NEVER ? [] : [edge('jump', part, step.id)]),
  ]);
  const answers = Object.values(flow.questions)
    .filter(({ id }) => known.asked.of(id) !== NEVER)
    .flatMap((question): Edge[] => {
      const { id, options } = question;
      return [
        ...options.map((option) => edge('option', id, option.id)),
        ...(rulesOf(question).several ? [edge('none', id)] : []),
        edge('unknown', id),
      ];
    });
  return [...new Set([...steps, ...answers])];
}

export function edgesOf(flow: Flow, position: Position): Edge[] {
  const answers = new Map(position.turns.map(({ question, answer }) => [question, answer]));
  const steps = position.path.flatMap(({ part, step, kind, taken }): Edge[] => {
    if (taken === 'skipped') return [edge('skipped', part, step)];
    if (taken !== 'taken' && taken !== 'known') return [];
    const own = edge(kind === 'end' ? 'end' : 'taken', part, step);
    return jumps(flow, part, step, answers) ? [own, edge('jump', part, step)] : [own];
  });
  return [...steps, ...position.turns.flatMap(({ question, answer }) => answerEdges(question, answer))];
}

function jumps(flow: Flow, part: string, id: string, answers: ReadonlyMap<string, Answer>): boolean {
  const step = flow.parts[part]?.steps.find((one) => one.id === id);
  const isJump = step?.kind === 'ask' && step.leadsTo !== undefined;
  return isJump && [answers.get(step.question)].flat().join() === 'unknown';
}

function answerEdges(question: string, answer: Answer): Edge[] {
  const doubt: Edge[] = isUnknown(answer) ? [edge('unknown', question)] : [];
  const ticked = [answer].flat().filter((one) => one !== 'unknown');
  return [
    ...doubt,
    ...ticked.map((one) => (one === 'none' ? edge('none', question) : edge('option', question, String(one)))),
  ];
}

function edge(kind: EdgeKind, ...names: string[]): Edge {
  return `${kind} ${names.join('/')}`;
}
