/** The map of the path that was walked: every step passed, in order, with the answers, in words and as a drawing. */

import { type Flow, getPart, getQuestion, type Step } from '../flow.ts';
import { describeAnswer } from '../walk/answer.ts';
import type { PathStep, Position } from '../walk/walk.ts';
import { conditionLines, IN_BRIEF } from './describe-condition.ts';
import { drawPath, type PathMapStep } from './draw-path.ts';
import { type Slice, sliceScene } from './scene.ts';

export interface PathMap {
  title: string;
  steps: PathMapStep[];
  /** Whether a question is still open. */
  open: boolean;
  drawing: Slice[];
}

export function mapOf(flow: Flow, position: Position): PathMap {
  const steps = depthsOf(flow, position.path).map(([step, depth]) => describeStep(flow, position, step, depth));
  return { title: flow.title, steps, open: position.at.kind === 'question', drawing: sliceScene(drawPath(steps)) };
}

/** The path lists steps in walking order: a taken call goes one level deeper, and the next step of an outer part comes back up. */
function depthsOf(flow: Flow, path: PathStep[]): [PathStep, number][] {
  const inside = [flow.id];
  return path.map((step) => {
    while (inside.length > 1 && inside.at(-1) !== step.part) inside.pop();
    const depth = inside.length - 1;
    const found = findStep(flow, step);
    if (found.kind === 'call' && step.taken === 'taken') inside.push(found.flow);
    return [step, depth];
  });
}

function findStep(flow: Flow, { part, step }: PathStep): Step {
  const found = getPart(flow, part).steps.find((item) => item.id === step);
  if (found === undefined) throw new Error(`flow ${flow.id} has no step ${step} in ${part}`);
  return found;
}

function describeStep(flow: Flow, position: Position, path: PathStep, depth: number): PathMapStep {
  const step = findStep(flow, path);
  const answer = path.taken === 'taken' || path.taken === 'known' ? answerOf(flow, position, step) : undefined;
  return {
    ...path,
    depth,
    text: textOf(flow, step),
    ...(step.kind === 'end' && { within: step.within }),
    ...(answer !== undefined && { answer }),
    when: conditionLines(flow, step.when, IN_BRIEF),
  };
}

function answerOf(flow: Flow, position: Position, step: Step): string[] | undefined {
  if (step.kind !== 'ask') return undefined;
  const turn = position.turns.find((item) => item.question === step.question);
  return turn === undefined ? undefined : describeAnswer(getQuestion(flow, step.question), turn.answer);
}

export function textOf(flow: Flow, step: Step): string {
  switch (step.kind) {
    case 'ask':
      return getQuestion(flow, step.question).text;
    case 'call':
      return getPart(flow, step.flow).title;
    case 'end':
      return step.action;
    default:
      return step.text;
  }
}
