/** What answers mean: options, groups, questions and numbers say it, the check demands it, and the walk uses it. */
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { describeProblem } from '../../server/flow/problem.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { TODAY, town } from './small-content.ts';

const MEANINGS = `
meanings:
  hurt: { says: The child is hurt, kind: [harm, crime], cite: NAT 1 }
  cold: { says: The child is cold, kind: harm, cite: NAT 1 }
  at_home: { says: Somebody at home, kind: who, cite: NAT 1 }
  alone: { says: The child is alone, kind: circumstance, cite: NAT 1 }
  small: { says: The child is under 5, kind: circumstance, cite: NAT 1 }
`;
const NATIONAL = [
  [
    'area',
    'area: national\nname: National\nfront door: police\nfront door is called: police\nreference letter: N\nscale: { 1: One }\ndoors: {}\n',
  ],
  ['sources', 'sources:\n  NAT: { title: N, publisher: N, published: undated, paragraphs: { 1: One } }\n'],
  ['contacts', 'contacts:\n  police: { name: P, phone: 101, for: All, cite: NAT 1, checked on: not checked }\n'],
  ['meanings', MEANINGS],
].map(([name, text]) => ({ folder: 'national', name: `${name}.yaml`, text: text as string }));

const flowOf = (steps: string) => `
flow: worry
title: A worry
cite: DOC 1
steps:
${steps}
  - end: talk
    action: Talk
    within: today
    contacts: [desk]
    cite: DOC 1
`;
const SIGNS = (more = '', late = 'late: { text: Late, means nothing of its own: a matter for the school }') => `
  - ask: signs
    question: Which?
    why: To know.
    type: several of
    groups:
      home:
        title: At home
        means: [at_home]
        options:
          bruise: { text: A bruise, level: 2, means: [hurt] }
          tired: { text: Tired, level: 1 }
      other:
        title: Other
        options:
          ${late}
    none: None
    unknown: { ask: desk${more} }
    cite: DOC 1
`;

function load(steps: string, vocabulary = true) {
  const own = town({ 'worry.yaml': flowOf(steps) });
  const national = NATIONAL.filter(({ name }) => vocabulary || name !== 'meanings.yaml');
  const { library, problems } = loadLibrary([...national, ...own], TODAY);
  return { flow: library.areas.get('town')?.flows.get('worry'), problems: problems.map(describeProblem) };
}

function meansOf(steps: string, answers: Record<string, string | string[] | number>) {
  const { flow, problems } = load(steps);
  expect(problems).toEqual([]);
  if (flow === undefined) throw new Error('no flow');
  return [...walk(flow, answers).means].sort();
}

const NUMBER = (means: string) => `
  - ask: age
    question: How old?
    why: To know.
    type: number
    from: 0
    to: 17
    ${means}
    unknown: { counts as: 3 }
    cite: DOC 1
`;
const YES_NO = (means: string, unknown = '{ counts as: yes }') => `
  - ask: left
    question: Left alone?
    why: To know.
    type: yes or no
    ${means}
    unknown: ${unknown}
    cite: DOC 1
`;

describe('what was answered means', () => {
  it('of an option, and of its group', () => {
    expect(meansOf(SIGNS(), { signs: ['bruise'] })).toEqual(['at_home', 'hurt']);
    expect(meansOf(SIGNS(), { signs: ['tired', 'late'] })).toEqual(['at_home']);
    expect(meansOf(SIGNS(), { signs: ['late'] })).toEqual([]);
    expect(meansOf(SIGNS(), { signs: ['none'] })).toEqual([]);
  });

  it('of a number by its range, on both sides of the limit', () => {
    const steps = NUMBER('means: { small: { at most: 4 } }');
    expect(meansOf(steps, { age: 4 })).toEqual(['small']);
    expect(meansOf(steps, { age: 5 })).toEqual([]);
  });

  it('nothing for doubt, whatever it counts as', () => {
    expect(meansOf(NUMBER('means: { small: { at most: 4 } }'), { age: 'unknown' })).toEqual([]);
    expect(meansOf(YES_NO('means: { hurt: yes }'), { left: 'unknown' })).toEqual([]);
    expect(meansOf(SIGNS(), { signs: ['unknown'] })).toEqual([]);
  });

  it('of the doubt itself, beside ticks too', () => {
    expect(meansOf(SIGNS(', means: [alone]'), { signs: ['bruise', 'unknown'] })).toEqual(['alone', 'at_home', 'hurt']);
  });

  it('the same for every answer if the question has a list', () => {
    expect(meansOf(YES_NO('means: [alone]'), { left: 'no' })).toEqual(['alone']);
    expect(meansOf(YES_NO('means: [alone]'), { left: 'unknown' })).toEqual([]);
    expect(meansOf(NUMBER('means: alone'), { age: 9 })).toEqual(['alone']);
  });

  it('can be read by a condition further down', () => {
    const steps = `${SIGNS()}
  - advise: hush
    when: { means: { any of: [hurt] } }
    text: Hush.
    parents: ask first
    cite: DOC 1
`;
    const { flow } = load(steps);
    if (flow === undefined) throw new Error('no flow');
    expect(walk(flow, { signs: ['bruise'] }).standing.parents).toBe('ask first');
    expect(walk(flow, { signs: ['tired'] }).standing.parents).toBeUndefined();
  });
});

describe('the check', () => {
  it('demands a meaning of each option, with the place and what to write', () => {
    expect(load(SIGNS('', 'late: Late')).problems).toEqual([
      'flows/town/worry.yaml:20:11: the option "late" of "signs" does not say what it means. Add "means: [...]" with ids of national/meanings.yaml, or "means nothing of its own:" with the reason; to the option, to its group or to the question.',
    ]);
    const silent = SIGNS('', 'late: Late').replaceAll(/, means: \[hurt\]| {8}means: \[at_home\]\n/g, '');
    expect(load(silent, false).problems).toEqual([]);
  });

  it('demands a meaning of a number, and of yes or no', () => {
    expect(load(NUMBER('')).problems.join()).toContain('say what the number "age" means');
    expect(load(YES_NO('')).problems.filter((one) => one.includes('does not say what it means'))).toHaveLength(2);
    expect(load(YES_NO('means: { alone: yes }')).problems).toEqual([]);
  });

  it('suggests the nearest meaning for one that does not exist', () => {
    expect(load(SIGNS('', 'late: { text: Late, means: [colt] }')).problems).toEqual([
      'flows/town/worry.yaml:20:31: no meaning is called "colt". Did you mean "cold"? The meanings stand in national/meanings.yaml.',
    ]);
  });

  it.each([
    ['unknown: { means: [hurt] }', YES_NO('means: { alone: yes }', '{ counts as: yes, means: [hurt] }')],
    ['a block that reads the doubt', YES_NO('means: { cold: { any of: [yes, unknown] } }')],
  ])('does not let doubt mean a harm: %s', (_name, steps) => {
    expect(load(steps).problems.join()).toContain('"I don\'t know" never means a harm or a crime');
  });

  it('does not allow both at the same time', () => {
    const both = 'late: { text: Late, means: [cold], means nothing of its own: why }';
    expect(load(SIGNS('', both)).problems.join()).toContain('contradict each other. Keep one of them.');
  });

  it('allows meanings only in the national content', () => {
    const own = town({ 'meanings.yaml': MEANINGS.replaceAll('NAT', 'DOC') });
    expect(loadLibrary(own, TODAY).problems.map(describeProblem).join()).toContain(
      'Move "hurt" to national/meanings.yaml',
    );
  });
});
