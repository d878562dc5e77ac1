/** A proof in words: what the terminal shows, and examples in few words. */
import { describe, expect, it } from 'vitest';
import type { Flow } from '../../server/flow/flow.ts';
import { describeFault, describeNumber, describeProof } from '../../server/flow/prove/describe.ts';
import { describeExample, describeInWords, describeOne } from '../../server/flow/prove/describe-answers.ts';
import type { Replay } from '../../server/flow/prove/example.ts';
import type { Proof } from '../../server/flow/prove/prove.ts';
import type { Verdict } from '../../server/flow/prove/rules.ts';
import type { Answers } from '../../server/flow/walk/answer.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { EVERYBODY, rule } from './prove-flows.ts';
import { advise, ask, call, createFlow, createQuestion, end, when } from './small-flow.ts';

const LONG = 'Is there anything else at all that somebody should know about this child now?';
const SIGNS = ['late', 'bruise'].map((id) => ({ id, text: `Sign of ${id}`, cite: [] }));
const flow: Flow = createFlow(
  [
    ask('danger'),
    { kind: 'say', id: 'hint', text: 'Hint', cite: [] },
    advise('mind', { when: when('danger'), level: 2, police: 'report' }),
    call('inner'),
    end('ring', { when: when('danger') }),
    ask('signs'),
    end('watch'),
  ],
  [
    createQuestion('danger'),
    createQuestion('long', { text: LONG }),
    createQuestion('signs', { text: 'Which signs?', type: 'several of', options: SIGNS, none: 'None' }),
    ...['a', 'b', 'c', 'd', 'e'].map((id) => createQuestion(id)),
  ],
  { inner: [advise('more')] },
);

const replayOf = (answers: Answers): Replay => {
  const position = walk(flow, answers);
  if (position.at.kind !== 'end') throw new Error('the walk has no end');
  return { answers, position, end: position.at.end };
};

const nothing = { rules: [], faults: [], unreached: [], falls: [], riskyDoubts: [], unwatchedDoubts: [] };
const words = (proof: Partial<Proof>, milliseconds?: number) =>
  describeProof({ flow, ...nothing, ...proof }, milliseconds).split('\n');

describe('a proof in words', () => {
  it('counts the rules, and gives its size and time', () => {
    const verdicts = (...results: Verdict['result'][]) =>
      results.map((result) => ({ rule: rule(result, EVERYBODY), result }));
    expect(words({})).toEqual(['town/worry: 0 of 0 rules hold']);
    expect(words({ rules: verdicts('holds', 'holds', 'vacuous') })).toEqual([
      'town/worry: 2 of 3 rules hold, 1 speak of nothing here',
    ]);
    const size = { steps: 3, questions: 2, variables: 9, combinations: 12_345n, nodes: 7 };
    expect(words({ size }, 12.6)).toEqual([
      'town/worry: 0 of 0 rules hold; 3 steps, 2 questions, 12,345 combinations of answers, 7 nodes, 13 ms',
    ]);
  });

  it('says why it was given up', () => {
    expect(
      words({ givenUp: 'more than 9 nodes', rules: [{ rule: rule('soon', EVERYBODY), result: 'not proved' }] }),
    ).toEqual([
      'town/worry: 0 of 1 rules hold',
      '  NOT PROVED: the proof was given up, more than 9 nodes. Make the flow simpler, or two of it.',
      '  NOT PROVED: rule "soon" (safety.yaml:1): the proof grew too large',
    ]);
  });

  it('warns of a rule that names the flow and applies to nothing in it', () => {
    const named = { ...rule('soon', EVERYBODY), flows: ['worry'] };
    expect(words({ rules: [{ rule: named, result: 'vacuous' }] }).slice(1)).toEqual([
      '  warning: rule "soon" (safety.yaml:1) names this flow, and speaks of none of its interviews',
    ]);
    expect(words({ rules: [{ rule: named, result: 'holds' }] })).toHaveLength(1);
    expect(words({ rules: [{ rule: rule('soon', EVERYBODY), result: 'vacuous' }] })).toHaveLength(1);
  });

  it('shows the breach of a rule, the path to it, and how to save it as a case', () => {
    const breach = { ...replayOf({ danger: 'yes' }), matters: ['danger'], wrong: ['level is 2', 'consent is missing'] };
    expect(words({ rules: [{ rule: rule('soon', EVERYBODY), result: 'broken', breach }] }).slice(1)).toEqual([
      '  BROKEN: rule "soon" (safety.yaml:1): soon',
      '    level is 2; consent is missing, at the end "ring", when:',
      '      danger “Is there danger?”: Yes',
      '    by way of: worry/mind → worry/inner → inner/more → worry/ring',
      '    to keep it as a case:',
      '      answers:',
      '        danger: yes',
    ]);
    const calm = { ...replayOf({ danger: 'no', signs: ['late', 'unknown'] }), matters: ['signs'], wrong: ['x'] };
    expect(words({ rules: [{ rule: rule('soon', EVERYBODY), result: 'broken', breach: calm }] }).slice(3)).toEqual([
      '      signs “Which signs?”: Sign of late + I am not sure about others',
      '      any answer to 1 more',
      '    by way of: worry/inner → inner/more → worry/watch',
      '    to keep it as a case:',
      '      answers:',
      '        danger: no',
      '        signs: [late, unknown]',
    ]);
  });

  it('reports faults, and doubts that nothing covers', () => {
    const fault = { kind: 'error' as const, part: 'worry', message: 'So.' };
    expect(
      words({ faults: [fault, { ...fault, kind: 'warning', step: 'mind' }], unwatchedDoubts: ['a', 'b'] }),
    ).toEqual([
      'town/worry: 0 of 0 rules hold',
      '  error in worry: So.',
      '  warning in worry, step mind: So.',
      '  no rule and no case looks at "I don\'t know" to: a, b',
    ]);
    expect(describeFault(fault)).toBe('error in worry: So.');
  });

  it('shows two interviews of which the second is weaker', () => {
    const weakening = {
      question: 'danger',
      measure: 'level' as const,
      before: replayOf({ danger: 'yes' }),
      after: replayOf({ danger: 'no', signs: ['none'] }),
      matters: ['signs'],
    };
    const pair = [
      '      yes → ring, level 2, police: report',
      '      no → watch, level 0, police: nothing',
      '      with signs “Which signs?”: None',
    ];
    expect(words({ falls: [weakening] }).slice(1)).toEqual([
      '  WEAKER: "danger": remark more gives less level:',
      ...pair,
      '    If a source says that it may, name the option under "order exceptions".',
    ]);
    expect(words({ riskyDoubts: [weakening] }).slice(1)).toEqual([
      '  look at "danger": "I don\'t know" gives less level than any answer that is known:',
      ...pair,
    ]);
    const signs = {
      ...weakening,
      question: 'signs',
      matters: [],
      after: replayOf({ danger: 'no', signs: ['late', 'unknown'] }),
    };
    expect(words({ falls: [signs] }).slice(2, 5)).toEqual([
      '      not asked → ring, level 2, police: report',
      '      late + unknown → watch, level 0, police: nothing',
      '      with any answer to 1 more',
    ]);
  });

  it.each<[bigint, string]>([
    [0n, '0'],
    [999_999_999n, '999,999,999'],
    [1_000_000_000n, 'about 10^9'],
    [12_345_678_901_234n, 'about 10^13'],
  ])('%s is %s', (number, expected) => {
    expect(describeNumber(number)).toBe(expected);
  });
});

describe('an example in few words', () => {
  it.each<[Answers, string[], string]>([
    [{}, [], 'any answers'],
    [{ a: 'yes' }, ['a'], 'a = yes'],
    [{ a: 'yes', b: ['x', 'y'] }, ['a', 'b'], 'a = yes; b = x + y'],
    [{ a: 'no', b: ['none'], c: 'yes' }, ['a', 'b', 'c'], 'c = yes; no to a, b'],
    [{ a: ['none', 'x'], b: ['no'], c: 'none' }, ['a', 'b', 'c'], 'a = none + x; b = no; c = none'],
    [{ a: 'no', b: 'no', c: 'no', d: 'no' }, ['a', 'b', 'c', 'd'], 'no to a, b, c, d'],
    [{ a: 'no', b: 'no', c: 'no', d: 'no', e: 'no' }, ['a', 'b', 'c', 'd', 'e'], 'no to 5 others that matter'],
    [{ a: 'yes', b: 'no', c: 'no' }, ['a'], 'a = yes; any answer to 2 more'],
  ])('%j of which %j matter: %s', (answers, matters, expected) => {
    expect(describeExample({ answers, matters })).toBe(expected);
  });

  it('has the words that the reader saw', () => {
    const all = { a: 'no', b: 'no', c: 'no', d: 'no', e: 'no', danger: 'yes' };
    expect(describeInWords(flow, { answers: all, matters: ['danger', 'a', 'b', 'c', 'd', 'e'] })).toEqual([
      'danger “Is there danger?”: Yes',
      'no to all of: a, b, c, d, e',
    ]);
    expect(describeInWords(flow, { answers: all, matters: ['a', 'b', 'c', 'd'] })).toEqual([
      ...['a', 'b', 'c', 'd'].map((id) => `${id} “Is there ${id}?”: No`),
      'any answer to 2 more',
    ]);
    expect(describeInWords(flow, { answers: {}, matters: [] })).toEqual([]);
  });

  it('shortens long wording', () => {
    expect(describeOne(flow, 'long', 'yes')).toBe(
      'long “Is there anything else at all that somebody should know about this ch…”: Yes',
    );
    const text = (length: number) => {
      const worded = { ...flow, questions: { x: createQuestion('x', { text: 'x'.repeat(length) }) } };
      return describeOne(worded, 'x', 'yes').length - 'x “”: Yes'.length;
    };
    expect([text(70), text(71)]).toEqual([70, 70]);
    const blank = { ...flow, questions: { x: createQuestion('x', { text: `${'x'.repeat(68)} ${'y'.repeat(9)}` }) } };
    expect(describeOne(blank, 'x', 'yes')).toBe(`x “${'x'.repeat(68)}…”: Yes`);
  });
});
