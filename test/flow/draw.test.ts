import { describe, expect, it } from 'vitest';
import { drawLadders, type Rung } from '../../server/flow/draw/draw.ts';
import { drawLadder } from '../../server/flow/draw/draw-ladder.ts';
import { mapOf } from '../../server/flow/draw/map.ts';
import { sliceScene } from '../../server/flow/draw/scene.ts';
import { fitLine, shorten, widthOf, wrap } from '../../server/flow/draw/shorten.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { advise, ask, call, createFlow, createQuestion, end, when } from './small-flow.ts';

const flow = createFlow(
  [
    ask('danger', { leadsTo: 'careful' }),
    end('ring', { when: when('danger') }),
    call('parents'),
    ask('danger', { id: 'again' }),
    end('careful', { when: when('hurt') }),
    call('parents', { id: 'twice' }),
    end('watch'),
  ],
  [createQuestion('danger'), createQuestion('hurt')],
  { parents: [ask('hurt'), advise('back', { when: when('hurt'), returns: true }), advise('stay')] },
);
const ladders = drawLadders(flow);
const rungs = ladders.flatMap((ladder) => ladder.rungs);
const rung = (name: string) => rungs.find((item) => item.name === name) as Rung;

describe('a flow as ladders', () => {
  it('has one ladder for itself and one for each called flow, however often it is called', () => {
    expect(ladders.map(({ letter, part, calledFrom }) => [letter, part, calledFrom])).toEqual([
      ['', 'worry', []],
      ['A', 'parents', ['3', '6']],
    ]);
    expect(ladders.map((ladder) => ladder.rungs.map(({ name }) => name))).toEqual([
      ['1', '2', '3', '4', '5', '6', '7'],
      ['A1', 'A2', 'A3'],
    ]);
  });

  it('shows what leaves, what opens another ladder, and where “I don’t know” leads', () => {
    expect(rung('2')).toMatchObject({
      leaves: 'end',
      within: 'today',
      when: ['the answer to “Is there danger?” is “Yes”'],
    });
    expect(rung('A2').leaves).toBe('return');
    expect(rung('A3').leaves).toBeUndefined();
    expect(rung('3').opens).toEqual({ part: 'parents', letter: 'A' });
    expect(rung('1').doubt).toEqual({ step: 'careful', name: '5', label: 'I don’t know' });
  });

  it('shows, with a position, whether each rung was taken', () => {
    const drawn = drawLadders(flow, walk(flow, { danger: 'no', hurt: 'no' })).flatMap((ladder) => ladder.rungs);
    expect(Object.fromEntries(drawn.map(({ name, taken }) => [name, taken]))).toEqual({
      1: 'taken',
      2: 'skipped',
      3: 'taken',
      4: 'known',
      5: 'skipped',
      6: 'taken',
      7: 'taken',
      A1: 'taken',
      A2: 'skipped',
      A3: 'taken',
    });
    expect(drawn.find(({ name }) => name === '1')?.answer).toEqual(['No']);
  });

  it('marks neither rungs that were never reached nor those that “I don’t know” jumped over', () => {
    const jumped = drawLadders(flow, walk(flow, { danger: 'unknown' })).flatMap((ladder) => ladder.rungs);
    const taken = Object.fromEntries(jumped.map(({ name, taken }) => [name, taken]));
    expect(taken).toMatchObject({
      1: 'taken',
      2: 'jumped over',
      4: 'jumped over',
      5: 'taken',
      7: undefined,
      A1: undefined,
    });
  });
});

describe('a rung', () => {
  it('has what is written and no more', () => {
    const base = { part: 'worry', when: [] };
    expect(rung('1')).toStrictEqual({
      ...base,
      step: 'danger',
      kind: 'ask',
      name: '1',
      text: 'Is there danger?',
      doubt: { step: 'careful', name: '5', label: 'I don’t know' },
    });
    expect(rung('4')).toStrictEqual({ ...base, step: 'again', kind: 'ask', name: '4', text: 'Is there danger?' });
    expect(rung('7')).toStrictEqual({
      ...base,
      step: 'watch',
      kind: 'end',
      name: '7',
      text: 'Do watch',
      within: 'today',
      leaves: 'end',
    });
    expect(rung('A3')).toStrictEqual({
      ...base,
      part: 'parents',
      step: 'stay',
      kind: 'advise',
      name: 'A3',
      text: 'Mind stay',
    });
    expect(rung('3')).toStrictEqual({
      ...base,
      step: 'parents',
      kind: 'call',
      name: '3',
      text: 'Ladder of parents',
      opens: { part: 'parents', letter: 'A' },
    });
    expect(ladders.map(({ title }) => title)).toEqual(['I am worried', 'Ladder of parents']);
  });

  it('has the answer that was given, where it was asked and where it was known', () => {
    const drawn = drawLadders(flow, walk(flow, { danger: 'no' })).flatMap((ladder) => ladder.rungs);
    const answers = drawn.map(({ name, taken, answer }) => [name, taken, answer]);
    expect(answers).toEqual([
      ['1', 'taken', ['No']],
      ['2', 'skipped', undefined],
      ['3', 'taken', undefined],
      ['4', undefined, undefined],
      ['5', undefined, undefined],
      ['6', undefined, undefined],
      ['7', undefined, undefined],
      ['A1', 'here', undefined],
      ['A2', undefined, undefined],
      ['A3', undefined, undefined],
    ]);
    const all = drawLadders(flow, walk(flow, { danger: 'no', hurt: 'no' })).flatMap((ladder) => ladder.rungs);
    expect(all.filter(({ answer }) => answer !== undefined).map(({ name, answer }) => [name, answer])).toEqual([
      ['1', ['No']],
      ['4', ['No']],
      ['A1', ['No']],
    ]);
    expect(drawn[4]).not.toHaveProperty('taken');
    const jumped = drawLadders(flow, walk(flow, { danger: 'unknown' })).flatMap((ladder) => ladder.rungs);
    expect(jumped.find(({ name }) => name === '4')).not.toHaveProperty('answer');
  });

  it('of a flow called by a called flow has its own letter', () => {
    const deep = createFlow([call('a'), call('c'), end('last')], [], { a: [call('b')], b: [call('a')], c: [] });
    expect(drawLadders(deep).map(({ part, letter, calledFrom }) => [part, letter, ...calledFrom])).toEqual([
      ['worry', ''],
      ['a', 'A', '1', 'B1'],
      ['b', 'B', 'A1'],
      ['c', 'C', '2'],
    ]);
  });
});

describe('the drawing', () => {
  it('is cut only between rungs, without losing or doubling anything', () => {
    const scene = drawLadder(ladders[0]?.rungs ?? [], () => '#x');
    const slices = sliceScene(scene, 150);
    expect(slices.length).toBeGreaterThan(2);
    expect(slices.flatMap((slice) => slice.boxes)).toEqual(scene.boxes);
    expect(slices.reduce((sum, { height }) => sum + height, 0)).toBeCloseTo(scene.height);
    for (const { top, height, boxes } of slices)
      for (const box of boxes) expect(box.y >= top && box.y + box.height <= top + height).toBe(true);
  });

  it('draws “I don’t know” as a dotted line down to its rung', () => {
    const scene = drawLadder(ladders[0]?.rungs ?? [], () => '#x');
    const [doubt] = scene.lines.filter(({ look }) => look === 'doubt');
    const target = scene.boxes[4];
    expect(doubt?.bottom).toBeGreaterThan(target?.y ?? Number.POSITIVE_INFINITY);
    expect(doubt?.bottom).toBeLessThan((target?.y ?? 0) + (target?.height ?? 0));
  });
});

describe('the map of the path that was walked', () => {
  const map = mapOf(flow, walk(flow, { danger: 'no', hurt: 'yes' }));

  it('has every step on the path, in order, at its nesting depth', () => {
    expect(map.steps.map(({ part, step, taken, depth }) => [part, step, taken, depth])).toEqual([
      ['worry', 'danger', 'taken', 0],
      ['worry', 'ring', 'skipped', 0],
      ['worry', 'parents', 'taken', 0],
      ['parents', 'hurt', 'taken', 1],
      ['parents', 'back', 'taken', 1],
      ['worry', 'again', 'known', 0],
      ['worry', 'careful', 'taken', 0],
    ]);
    expect(map.open).toBe(false);
  });

  it('shows each answer, and why a step was not needed', () => {
    expect(map.steps[0]).toMatchObject({ text: 'Is there danger?', answer: ['No'] });
    expect(map.steps[1]?.when).toEqual(['the answer to “Is there danger?” is “Yes”']);
    expect(map.steps.at(-1)).toMatchObject({ kind: 'end', text: 'Do careful', within: 'today' });
  });

  it('says “taken” in every box of the path, and shows nothing by colour alone', () => {
    const boxes = map.drawing.flatMap((slice) => slice.boxes);
    const taken = boxes.filter(({ looks }) => looks.includes('taken'));
    expect(taken).toHaveLength(6);
    for (const { texts } of taken) expect(texts[0]?.text).toMatch(/^taken/);
    expect(boxes.flatMap(({ texts }) => texts.map(({ text }) => text))).toContain('not needed: Do ring');
  });

  it('has what is written at each step and no more', () => {
    const danger = ['the answer to “Is there danger?” is “Yes”'];
    const hurt = ['the answer to “Is there hurt?” is “Yes”'];
    expect(map.title).toBe('I am worried');
    expect(map.steps).toStrictEqual([
      {
        part: 'worry',
        step: 'danger',
        kind: 'ask',
        taken: 'taken',
        depth: 0,
        text: 'Is there danger?',
        answer: ['No'],
        when: [],
      },
      {
        part: 'worry',
        step: 'ring',
        kind: 'end',
        taken: 'skipped',
        depth: 0,
        text: 'Do ring',
        within: 'today',
        when: danger,
      },
      { part: 'worry', step: 'parents', kind: 'call', taken: 'taken', depth: 0, text: 'Ladder of parents', when: [] },
      {
        part: 'parents',
        step: 'hurt',
        kind: 'ask',
        taken: 'taken',
        depth: 1,
        text: 'Is there hurt?',
        answer: ['Yes'],
        when: [],
      },
      { part: 'parents', step: 'back', kind: 'advise', taken: 'taken', depth: 1, text: 'Mind back', when: hurt },
      {
        part: 'worry',
        step: 'again',
        kind: 'ask',
        taken: 'known',
        depth: 0,
        text: 'Is there danger?',
        answer: ['No'],
        when: [],
      },
      {
        part: 'worry',
        step: 'careful',
        kind: 'end',
        taken: 'taken',
        depth: 0,
        text: 'Do careful',
        within: 'today',
        when: hurt,
      },
    ]);
  });

  it('follows calls that were taken, and not those that were skipped', () => {
    const deep = createFlow(
      [ask('danger'), call('a', { when: when('danger') }), call('b'), end('last')],
      [createQuestion('danger')],
      { a: [call('b')], b: [advise('x')] },
    );
    const depths = (answer: string) =>
      mapOf(deep, walk(deep, { danger: answer })).steps.map(({ step, depth }) => `${step} ${depth}`);
    expect(depths('yes')).toEqual(['danger 0', 'a 0', 'b 1', 'x 2', 'b 0', 'x 1', 'last 0']);
    expect(depths('no')).toEqual(['danger 0', 'a 0', 'b 0', 'x 1', 'last 0']);
  });

  it('has no answer for a step that was jumped over', () => {
    const jumped = mapOf(flow, walk(flow, { danger: 'unknown' })).steps;
    expect(jumped.filter(({ answer }) => answer !== undefined).map(({ step }) => step)).toEqual(['danger']);
    expect(jumped.find(({ step }) => step === 'again')).not.toHaveProperty('answer');
  });

  it('ends at the open question', () => {
    const open = mapOf(flow, walk(flow, { danger: 'no' }));
    expect(open.open).toBe(true);
    expect(open.steps.at(-1)).toMatchObject({ step: 'hurt', taken: 'here' });
  });
});

describe('text in a box', () => {
  it('is cut at a clause or a word, with an ellipsis', () => {
    expect(shorten('Short', 20)).toBe('Short');
    expect(shorten('The child is afraid, and says nothing more', 30)).toBe('The child is afraid…');
    expect(shorten('The child is afraid of everybody', 18)).toBe('The child is…');
  });

  it('is wrapped without losing a letter, even in long words', () => {
    const text = 'A child_with_a_very_long_name_without_any_blank says something';
    const lines = wrap(text, 120, 15);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    for (const line of lines) expect(widthOf(line, 15)).toBeLessThanOrEqual(120);
    expect(fitLine(text, 120, 15)).toMatch(/…$/);
  });
});
