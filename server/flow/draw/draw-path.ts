/** Lays out the path that was walked: a thick line through the steps that were taken, with skipped steps shown small beside it. */
import { capitalise } from '../../base/text.ts';
import type { Step } from '../flow.ts';
import type { Taken } from '../walk/walk.ts';
import { HEIGHTS, layoutText, type Row } from './layout-text.ts';
import type { Box, DrawnLine, Scene, TextLine } from './scene.ts';
import { fitLine, shorten } from './shorten.ts';

export interface PathMapStep {
  part: string;
  step: string;
  kind: Step['kind'];
  taken: Taken;
  /** Nesting depth of called flows, from 0. */
  depth: number;
  /** What the step asks, says or recommends. */
  text: string;
  /** For an end: its time limit. */
  within?: string;
  /** The answer in the words the reader saw; only for answered questions. */
  answer?: string[];
  /** The step's condition, one line for each requirement; empty if it has none. */
  when: string[];
}

const WIDTH = 440;
const SPINE = 20;
const INDENT = 14;
const GAP = 16;
const PASSED_GAP = 4;
const PAD = 12;

const EYEBROWS: Record<PathMapStep['kind'], string> = {
  say: 'said to you',
  ask: 'question',
  advise: 'advice',
  call: 'on to',
  end: 'the end',
};

export function drawPath(steps: PathMapStep[]): Scene {
  const scene: Scene = { width: WIDTH, height: 0, boxes: [], lines: [], dots: [], cuts: [] };
  const stops: [number, number][] = [];
  let y = GAP;
  let gap = GAP;
  for (const [index, step] of steps.entries()) {
    scene.cuts.push(y - gap / 2);
    const x = SPINE + step.depth * INDENT;
    const passed = isPassed(step);
    const box = passed ? passedBox(step, x, y) : takenBox(step, x, y);
    scene.boxes.push(box);
    const middle = passed ? y + box.height / 2 : y + PAD + 6;
    scene.dots.push({ x, y: middle, look: lookOf(step) });
    stops.push([x, middle]);
    gap = passed && isPassed(steps[index + 1]) ? PASSED_GAP : GAP;
    y += box.height + gap;
  }
  scene.height = y;
  scene.lines.push(...lineThrough(stops));
  return scene;
}

function isPassed(step: PathMapStep | undefined): boolean {
  return step?.taken === 'skipped' || step?.taken === 'jumped over';
}

function lookOf({ taken }: PathMapStep): Scene['dots'][number]['look'] {
  if (taken === 'taken') return 'ticked';
  return taken === 'known' || taken === 'here' ? taken : 'passed';
}

function passedBox(step: PathMapStep, x: number, y: number): Box {
  const left = x + 18;
  const word = step.taken === 'skipped' ? 'not needed' : 'passed over';
  const text = fitLine(`${word}: ${step.text}`, WIDTH - left - 8, HEIGHTS.quiet);
  const texts: TextLine[] = [{ x: left, y: y + 15, text, look: 'quiet' }];
  return { x: left, y, width: WIDTH - left - 4, height: 20, looks: ['bare'], texts };
}

function takenBox(step: PathMapStep, x: number, y: number): Box {
  const left = x + 18;
  const width = WIDTH - left - 4;
  const rows: Row[] = [
    [`${wordOf(step)} · ${EYEBROWS[step.kind]}`, 'eyebrow'],
    [shorten(step.text, 170), step.kind === 'ask' || step.kind === 'end' ? 'strong' : 'plain'],
    ...(step.within === undefined || step.within === 'no set time' ? [] : [[capitalise(step.within), 'plain'] as Row]),
    ...(step.answer ?? []).map((line): Row => [`Your answer: ${shorten(line, 120)}`, 'plain']),
  ];
  const { texts, height } = layoutText(rows, left + PAD, y + PAD, width - 2 * PAD);
  return {
    x: left,
    y,
    width,
    height: height + 2 * PAD,
    looks: ['taken', step.kind, ...(step.kind === 'end' ? ['final'] : [])],
    texts,
  };
}

function wordOf(step: PathMapStep): string {
  if (step.taken === 'known') return 'taken, you told us before';
  return step.taken === 'here' ? 'you are here' : 'taken';
}

function lineThrough(stops: [number, number][]): DrawnLine[] {
  return stops.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = stops[index] ?? [x, y];
    const path = fromX === x ? `M${x} ${fromY}V${y}` : `M${fromX} ${fromY}V${y - 18}L${x} ${y - 6}V${y}`;
    return { path, look: 'path', top: fromY, bottom: y };
  });
}
