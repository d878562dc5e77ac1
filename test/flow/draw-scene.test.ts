/** The drawings of a ladder and of a path, shape by shape, so that every change of the layout shows here. */
import { describe, expect, it } from 'vitest';
import { drawLadder } from '../../server/flow/draw/draw-ladder.ts';
import { drawPath, type PathMapStep } from '../../server/flow/draw/draw-path.ts';
import { layoutText } from '../../server/flow/draw/layout-text.ts';
import { type Scene, sliceScene } from '../../server/flow/draw/scene.ts';
import { describeScene, RUNGS } from './small-rungs.ts';

const lines = (drawn: string) => drawn.trim().split('\n');

const LADDER = `
440 × 1198.4, cuts at 9 211.6 328.5 464.95 562.3 780.45 877.8 994.7 1092.05
box 61,18 350 × 184.6 ask taken → #step_1
  eyebrow 71,39 1 · question · taken
  strong 71,60.55 The text of 1
  plain 71,82.8 Answer: Yes
  plain 71,105.05 Answer: A long answer that goes on A
  plain 71,125.3 long answer that goes on A long answer
  plain 71,145.55 that goes on A long answer that goes on
  plain 71,165.8 A long…
  small 71,186.05 “Not sure” leads to 5
box 105,220.6 331 × 98.9 end → #step_2
  eyebrow 115,241.6 2 · the end · not needed
  quiet 115,261.15 If it is so
  strong 115,282.7 The text of 2
  small 115,302.95 Within: today
box 105,337.5 331 × 118.45 advise return taken → #step_3
  eyebrow 115,358.5 3 · advice · taken
  quiet 115,378.05 If it is one
  quiet 115,397.6 and it is two
  plain 115,419.15 The text of 3
  small 115,439.4 Then back to the ladder that led here
box 61,473.95 350 × 79.35 call taken → #step_4
  eyebrow 71,494.95 4 · another ladder · taken
  plain 71,516.5 The text of 4
  small 71,536.75 Go to ladder B, then come back here
box 61,571.3 350 × 200.15 say → #step_5
  eyebrow 71,592.3 5 · said · not needed
  quiet 71,611.85 Only if it is three
  quiet 71,631.4 and it is four
  plain 71,652.95 Some words, said at length. Some
  plain 71,673.2 words, said at length. Some words, said
  plain 71,693.45 at length. Some words, said at length.
  plain 71,713.7 Some words, said at length. Some
  plain 71,733.95 words, said at length. Some words, said
  plain 71,754.2 at length. Some words…
box 61,789.45 350 × 79.35 ask taken → #step_6
  eyebrow 71,810.45 6 · question · you are here
  strong 71,832 The text of 6
  small 71,852.25 “I don’t know” leads to 7
box 105,886.8 331 × 98.9 end → #step_7
  eyebrow 115,907.8 7 · the end
  quiet 115,927.35 In every other case
  strong 115,948.9 The text of 7
  small 115,969.15 No set time
box 61,1003.7 350 × 79.35 ask → #step_8
  eyebrow 71,1024.7 8 · question
  strong 71,1046.25 The text of 8
  small 71,1066.5 “I don’t know” leads to 9
box 61,1101.05 350 × 79.35 advise → #step_9
  eyebrow 71,1122.05 9 · advice
  quiet 71,1141.6 Only if it is five
  plain 71,1163.15 The text of 9
spine M43 36V1119.05 from 36 to 1119.05
path M43 36V807.45 from 36 to 807.45
exit M43 238.6H94 from 238.6 to 238.6
head M104 238.6l-14 -7v14z from 231.6 to 245.6
path M43 355.5H91 from 355.5 to 355.5
head M104 355.5l-14 -7v14z from 348.5 to 362.5
exit M43 904.8H94 from 904.8 to 904.8
head M104 904.8l-14 -7v14z from 897.8 to 911.8
doubt M61 190.6H8V759.45H53 from 190.6 to 759.45
head M60 759.45l-10 -6v12z from 753.45 to 765.45
doubt M61 856.8H17V973.7H97 from 856.8 to 973.7
head M104 973.7l-10 -6v12z from 967.7 to 979.7
dot 43,36 ticked
dot 43,238.6 passed
dot 43,355.5 ticked
dot 43,491.95 known
dot 43,589.3 passed
dot 43,807.45 here
dot 43,904.8 passed
dot 43,1021.7 passed
dot 43,1119.05 passed
`;

const step = (
  name: string,
  kind: PathMapStep['kind'],
  taken: PathMapStep['taken'],
  more: Partial<PathMapStep> = {},
): PathMapStep => ({
  part: 'worry',
  step: name,
  kind,
  taken,
  depth: 0,
  text: `The text of ${name}`,
  when: [],
  ...more,
});

const STEPS = [
  step('1', 'ask', 'taken', { answer: ['Yes', 'A long answer that goes on '.repeat(8)] }),
  step('2', 'end', 'skipped'),
  step('3', 'say', 'jumped over', { text: 'Some words, said at length. '.repeat(4) }),
  step('4', 'call', 'taken'),
  step('5', 'advise', 'known', { depth: 1, text: 'Some words, said at length. '.repeat(8) }),
  step('6', 'ask', 'here', { depth: 1 }),
  step('7', 'end', 'taken', { within: 'at once' }),
  step('8', 'end', 'taken', { within: 'no set time' }),
];

const WAY = `
440 × 734.8, cuts at 8 174.8 204.8 234.8 316.6 459.15 540.95 645
box 38,16 398 × 150.8 taken ask
  eyebrow 50,41 taken · question
  strong 50,62.55 The text of 1
  plain 50,84.8 Your answer: Yes
  plain 50,107.05 Your answer: A long answer that goes on A
  plain 50,127.3 long answer that goes on A long answer that
  plain 50,147.55 goes on A long answer that goes on A long…
box 38,182.8 398 × 20 bare
  quiet 38,197.8 not needed: The text of 2
box 38,206.8 398 × 20 bare
  quiet 38,221.8 passed over: Some words, said at length. Some…
box 38,242.8 398 × 65.8 taken call
  eyebrow 50,267.8 taken · on to
  plain 50,289.35 The text of 4
box 52,324.6 384 × 126.55 taken advise
  eyebrow 64,349.6 taken, you told us before · advice
  plain 64,371.15 Some words, said at length. Some words,
  plain 64,391.4 said at length. Some words, said at length.
  plain 64,411.65 Some words, said at length. Some words,
  plain 64,431.9 said at length. Some words, said at length…
box 52,467.15 384 × 65.8 taken ask
  eyebrow 64,492.15 you are here · question
  strong 64,513.7 The text of 6
box 38,548.95 398 × 88.05 taken end final
  eyebrow 50,573.95 taken · the end
  strong 50,595.5 The text of 7
  plain 50,617.75 At once
box 38,653 398 × 65.8 taken end final
  eyebrow 50,678 taken · the end
  strong 50,699.55 The text of 8
path M20 34V192.8 from 34 to 192.8
path M20 192.8V216.8 from 192.8 to 216.8
path M20 216.8V260.8 from 216.8 to 260.8
path M20 260.8V324.6L34 336.6V342.6 from 260.8 to 342.6
path M34 342.6V485.15 from 342.6 to 485.15
path M34 485.15V548.95L20 560.95V566.95 from 485.15 to 566.95
path M20 566.95V671 from 566.95 to 671
dot 20,34 ticked
dot 20,192.8 passed
dot 20,216.8 passed
dot 20,260.8 ticked
dot 34,342.6 known
dot 34,485.15 here
dot 20,566.95 ticked
dot 20,671 ticked
`;

describe('a drawing', () => {
  it('of a ladder has each rung in its box, the spine, the exits and the jumps', () => {
    expect(describeScene(drawLadder(RUNGS, (rung) => `#${rung.step}`))).toEqual(lines(LADDER));
  });

  it('without rungs is empty', () => {
    expect(drawLadder([], () => '')).toEqual({ width: 440, height: 18, boxes: [], lines: [], dots: [], cuts: [] });
  });

  it('without a walk has no thick line, and only words where nothing is asked', () => {
    const [said] = drawLadder([{ ...RUNGS[8], kind: 'say' } as (typeof RUNGS)[number]], () => '#x').boxes;
    expect(said?.texts.map(({ look, text }) => `${look}: ${text}`)).toEqual([
      'eyebrow: 9 · said',
      'quiet: Only if it is five',
      'plain: The text of 9',
    ]);
    expect(drawLadder([RUNGS[8] as (typeof RUNGS)[number]], () => '#x').lines.map(({ look }) => look)).toEqual([
      'spine',
    ]);
  });

  it('of a path shows taken steps in boxes, and skipped ones beside the line', () => {
    expect(describeScene(drawPath(STEPS))).toEqual(lines(WAY));
    expect(drawPath(STEPS).boxes[1]).not.toHaveProperty('href');
  });
});

describe('cutting a drawing', () => {
  const box = (y: number) => ({ x: 0, y, width: 9, height: 9, looks: [], texts: [] });
  const line = (top: number, bottom: number) => ({ path: 'M0 0', look: 'path' as const, top, bottom });
  const dot = (y: number) => ({ x: 0, y, look: 'here' as const });
  const scene: Scene = {
    width: 9,
    height: 100,
    cuts: [0, 20, 40, 60, 80, 100],
    boxes: [box(0), box(20), box(40), box(80)],
    lines: [line(0, 40), line(39, 41), line(80, 99)],
    dots: [dot(39), dot(40), dot(99)],
  };

  it('gives slices up to the maximum height, each with what begins in it or runs through it', () => {
    const [first, second, third, ...more] = sliceScene(scene, 40);
    expect(more).toEqual([]);
    expect(first).toEqual({
      top: 0,
      width: 9,
      height: 40,
      cuts: [],
      boxes: [box(0), box(20)],
      lines: [line(0, 40), line(39, 41)],
      dots: [dot(39)],
    });
    expect(second).toMatchObject({
      top: 40,
      height: 40,
      boxes: [box(40)],
      lines: scene.lines.slice(0, 2),
      dots: [dot(40)],
    });
    expect(third).toMatchObject({ top: 80, height: 20, boxes: [box(80)], lines: [line(80, 99)], dots: [dot(99)] });
  });

  it('gives one slice if it is small or cannot be cut', () => {
    expect(sliceScene(scene).map(({ top, height }) => [top, height])).toEqual([[0, 100]]);
    expect(sliceScene({ ...scene, cuts: [] }, 10).map(({ top, height }) => [top, height])).toEqual([[0, 100]]);
    expect(sliceScene({ ...scene, cuts: [50] }, 10).map(({ top }) => top)).toEqual([0, 50]);
  });

  it('does not cut at its edges, or beyond them', () => {
    const tops = (...cuts: number[]) => sliceScene({ ...scene, cuts }, 10).map(({ top }) => top);
    expect(tops(-5, 0, 50)).toEqual([0, 50]);
    expect(tops(50, 100, 105)).toEqual([0, 50]);
  });

  it('cuts at 330', () => {
    const tall = (height: number) => sliceScene({ ...scene, height, cuts: [100] }).length;
    expect([tall(330), tall(331)]).toEqual([1, 2]);
  });
});

describe('rows of text', () => {
  it('are stacked, each with the height of its look, wrapped to the width', () => {
    const { texts, height } = layoutText(
      [
        ['one two', 'plain'],
        ['three', 'small'],
      ],
      5,
      10,
      40,
    );
    expect(texts).toEqual([
      { x: 5, y: 25, text: 'one', look: 'plain' },
      { x: 5, y: 45.25, text: 'two', look: 'plain' },
      { x: 5, y: 65.5, text: 'three', look: 'small' },
    ]);
    expect(height).toBeCloseTo(62.05);
    expect(layoutText([], 0, 7, 9)).toEqual({ texts: [], height: 0 });
  });

  it('are wider if they are strong', () => {
    const count = (look: 'plain' | 'strong' | 'small' | 'eyebrow') =>
      layoutText([['mmm mmm', look]], 0, 0, 95).texts.length;
    expect([count('plain'), count('strong'), count('small'), count('eyebrow')]).toEqual([1, 2, 1, 1]);
  });
});
