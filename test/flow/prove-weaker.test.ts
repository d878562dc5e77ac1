/** Steps that nobody reaches, answers that give less help than they should, and the interviews that show it. */
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../server/flow/check/safety.ts';
import type { Condition, Part, Question, Step } from '../../server/flow/flow.ts';
import { NEVER } from '../../server/flow/prove/diagram.ts';
import { findRiskyDoubts, findUnwatchedDoubts } from '../../server/flow/prove/doubt.ts';
import { exampleOf, type Replay } from '../../server/flow/prove/example.ts';
import { runInterview } from '../../server/flow/prove/interview.ts';
import { findFalls } from '../../server/flow/prove/rising.ts';
import { measuresOf, showWeakening, type Weakening } from '../../server/flow/prove/strength.ts';
import { findUnreached } from '../../server/flow/prove/unreached.ts';
import type { Answers } from '../../server/flow/walk/answer.ts';
import { advise, all, ask, call, EVERYBODY, end, flow, is, option, part, question, rule } from './prove-flows.ts';

const YES_NO = ['danger', 'hurt'].map((id) => question(id, 'yes or no'));
const run = (steps: Step[], questions: Question[] = YES_NO, more: Part[] = []) =>
  runInterview(flow([part('main', [...steps, end('last')]), ...more], questions), []);
const any = (...of: Condition[]): Condition => ({ kind: 'any', of });
const none = (fact: string, ...options: string[]): Condition => ({ kind: 'is', fact, how: 'none', options });
const unsure: Condition = { kind: 'unknown', fact: 'danger' };

describe('a step that nobody reaches', () => {
  const inner = (...steps: Step[]) => [part('inner', steps)];
  const faults = (steps: Step[], more: Part[] = []) =>
    findUnreached(run(steps, YES_NO, more)).map(
      ({ kind, part, step, message }) => `${kind} ${part}/${step}: ${message}`,
    );
  const [yes, no] = [is('danger', 'yes'), is('danger', 'no')];

  it.each<[string, Step[], Part[], string[]]>([
    ['none', [ask('danger'), end('one', { when: yes }), advise('x', { when: no })], [], []],
    [
      'a condition that never holds',
      [ask('danger'), advise('x', { when: all(yes, no) })],
      [],
      ['error main/x: step "x" can never be reached: its "when" never holds.'],
    ],
    [
      'an end that took those whom it is for',
      [ask('danger'), end('one', { when: yes }), advise('x', { when: yes })],
      [],
      ['error main/x: step "x" can never be reached: "one" always ends before it.'],
    ],
    [
      'two ends that took those whom it is for',
      [ask('danger'), end('one', { when: yes }), end('two', { when: no }), advise('x', { when: any(yes, no) })],
      [],
      ['error main/x: step "x" can never be reached: "one" or "two" always end before it.'],
    ],
    [
      'the last of the ends that took everybody',
      [ask('danger'), end('one', { when: yes }), end('two', { when: no }), end('three', { when: unsure })],
      [],
      [
        'warning main/three: "when" of "three" holds for everybody who comes to it. Take it out, or mend it.',
        'error main/last: step "last" can never be reached: "three" always ends before it.',
      ],
    ],
    [
      'advice that always goes back',
      [call('inner')],
      inner(advise('back', { returns: true }), advise('x')),
      ['error inner/x: step "x" can never be reached: "back" always ends before it.'],
    ],
    [
      'a condition that everybody meets',
      [
        ask('danger'),
        end('one', { when: yes }),
        advise('x', { when: none('danger', 'yes') }),
        end('two', { when: unsure }),
      ],
      [],
      [],
    ],
    [
      'a condition that everybody meets who comes',
      [ask('danger'), end('one', { when: any(yes, unsure) }), advise('x', { when: no })],
      [],
      ['warning main/x: "when" of "x" holds for everybody who comes to it. Take it out, or mend it.'],
    ],
    [
      'a jump that nobody makes',
      [ask('danger'), end('one', { when: unsure }), ask('danger', { id: 'again', leadsTo: 'last' }), advise('x')],
      [],
      ['error main/again: no "I don\'t know" to "danger" leads to "last".'.replace('"danger"', '"again"')],
    ],
    ['a jump that somebody makes', [ask('danger', { leadsTo: 'last' }), advise('x')], [], []],
    [
      'what everybody jumps over',
      [ask('danger', { leadsTo: 'last' }), advise('x', { when: unsure })],
      [],
      ['error main/x: step "x" can never be reached: its "when" never holds.'],
    ],
  ])('%s', (_name, steps, more, expected) => {
    expect(faults(steps, more)).toEqual(expected);
  });

  it('is reached if it is on one of two paths', () => {
    const steps = [ask('danger'), call('inner'), end('one', { when: yes }), call('inner', { id: 'more' })];
    expect(faults(steps, inner(advise('x', { when: yes })))).toEqual([]);
    expect(faults(steps, inner(advise('x', { when: any(yes, no, unsure) })))).toHaveLength(1);
    expect(faults(steps.slice(1), inner(ask('danger'), advise('x', { when: any(yes, no) })))).toEqual([]);
  });
});

const brief = ({ question: id, measure, before, after, matters }: Weakening) => ({
  id,
  measure,
  ends: [before.end.id, after.end.id],
  answers: [before.answers[id], after.answers[id]],
  matters,
});

describe('more harm', () => {
  const SIGNS = (marks = [{ level: 1 }, { level: 1 }], given: Partial<Question> = {}) =>
    question('signs', 'several of', {
      options: marks.map((mark, at) => option(['a', 'b'][at] ?? '', mark)),
      none: 'None',
      ...given,
    });
  const RISK = (given: Partial<Question> = {}) =>
    question('risk', 'one of', { options: ['low', 'mid', 'high'].map((id) => option(id)), rising: true, ...given });
  const falls = (steps: Step[], ...questions: Question[]) =>
    findFalls(run(steps, [...questions, ...YES_NO])).map(brief);
  const onlyWithoutB = end('one', { when: all(is('signs', 'a'), none('signs', 'b')), level: 3 });

  it('gives less if a tick takes help away', () => {
    expect(falls([ask('signs'), onlyWithoutB], SIGNS())).toEqual([
      { id: 'signs', measure: 'level', ends: ['one', 'last'], answers: [['a'], ['a', 'b']], matters: [] },
    ]);
    expect(
      falls(
        [
          ask('hurt'),
          ask('signs'),
          end('one', { when: all(is('signs', 'a'), none('signs', 'b'), is('hurt', 'yes')), police: 'report' }),
        ],
        SIGNS(),
      ),
    ).toEqual([
      { id: 'signs', measure: 'police', ends: ['one', 'last'], answers: [['a'], ['a', 'b']], matters: ['hurt'] },
    ]);
  });

  it('is only compared in a list with an order', () => {
    expect(falls([ask('signs'), onlyWithoutB], SIGNS([{}, {}] as { level: number }[]))).toEqual([]);
    expect(falls([ask('signs'), onlyWithoutB], SIGNS([{}, { level: 1 }] as { level: number }[]))).toHaveLength(1);
    expect(falls([ask('signs'), onlyWithoutB], SIGNS([{}, { police: 'consider' }] as never))).toHaveLength(1);
    expect(falls([ask('hurt'), end('one', { when: is('hurt', 'no'), level: 3 })])).toEqual([]);
    const exceptions = [{ option: 'b', why: 'So', cite: [] }];
    expect(falls([ask('signs'), onlyWithoutB], SIGNS(undefined, { exceptions }))).toEqual([]);
  });

  it('gives less if a higher option takes help away', () => {
    const mid = [ask('risk'), end('one', { when: is('risk', 'mid'), level: 2 })];
    expect(falls(mid, RISK())).toEqual([
      { id: 'risk', measure: 'level', ends: ['one', 'last'], answers: ['mid', 'high'], matters: [] },
    ]);
    expect(falls(mid, RISK({ rising: false }))).toEqual([]);
    expect(falls(mid, RISK({ exceptions: [{ option: 'high', why: 'So', cite: [] }] }))).toEqual([]);
    expect(falls([ask('risk'), end('one', { when: is('risk', 'mid', 'high'), level: 2 })], RISK())).toEqual([]);
    const marked = RISK({ rising: false, options: [option('low', { level: 3 }), option('high', { level: 2 })] });
    expect(falls([ask('risk')], marked)).toEqual([]);
  });

  it('does not give less if the call to the police replaces the highest level', () => {
    const calling = (police: 'call 999' | 'report') => [
      ask('risk'),
      end('one', { when: is('risk', 'high'), police }),
      end('two', { level: 3 }),
    ];
    expect(falls(calling('call 999'), RISK())).toEqual([]);
    expect(falls(calling('report'), RISK()).map(({ measure }) => measure)).toEqual(['level']);
    const lowest = [ask('risk'), end('one', { when: is('risk', 'mid'), level: 1 })];
    expect(falls(lowest, RISK())).toEqual([]);
  });
});

describe('the strength of an outcome', () => {
  const interview = run([ask('danger'), end('one', { when: is('danger', 'yes'), level: 2 })]);
  const [level, police] = measuresOf(interview);

  it('is the level, at least the lowest, and the highest if the police are called', () => {
    const of = (at: number, word?: 'consider' | 'report' | 'call 999') =>
      [level, police].map((measure) =>
        measure?.of({ position: { standing: { level: at, ...(word !== undefined && { police: word }) } } } as Replay),
      );
    expect([of(0), of(1), of(2), of(3)]).toEqual([
      [1, 0],
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
    expect([of(0, 'consider'), of(2, 'report'), of(1, 'call 999')]).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect([level?.name, level?.thresholds.length, police?.name, police?.thresholds.length]).toEqual([
      'level',
      2,
      'police',
      3,
    ]);
  });

  it('is not shown as weaker if the walk disagrees', () => {
    const { variables } = interview.known.facts.get('danger') ?? { variables: [] };
    const answer = (value: string) => new Map(variables.map((one) => [one.id, one.value === value] as const));
    const show = (before: string, after: string) =>
      showWeakening(interview, {
        question: 'danger',
        measure: level as NonNullable<typeof level>,
        weaker: interview.ended,
        values: [answer(before), answer(after)],
      });
    expect(show('yes', 'no').after.end.id).toBe('last');
    for (const [before, after] of [
      ['no', 'yes'],
      ['no', 'no'],
    ] as const)
      expect(() => show(before, after)).toThrow(
        'the prover disagrees with the walk of main about the level after "danger"',
      );
  });
});

describe('not knowing', () => {
  const doubts = (steps: Step[], questions = YES_NO) => findRiskyDoubts(run(steps, questions)).map(brief);

  it('gives less if every known answer gives more', () => {
    const steps = [ask('danger'), end('one', { when: is('danger', 'yes', 'no'), level: 2 })];
    expect(doubts(steps)).toEqual([
      { id: 'danger', measure: 'level', ends: ['one', 'last'], answers: ['no', 'unknown'], matters: [] },
    ]);
    expect(doubts([ask('danger'), end('one', { when: is('danger', 'yes'), level: 2 })])).toEqual([]);
    expect(doubts([ask('danger'), end('one', { level: 2 })])).toEqual([]);
    const hurting = all(is('danger', 'yes', 'no'), is('hurt', 'yes'));
    expect(doubts([ask('hurt'), ask('danger'), end('one', { when: hurting, level: 2 })])).toEqual([
      { id: 'danger', measure: 'level', ends: ['one', 'last'], answers: ['no', 'unknown'], matters: ['hurt'] },
    ]);
    const strong = [ask('danger'), end('one', { when: is('danger', 'yes', 'no'), police: 'call 999' })];
    expect(doubts(strong).map(({ measure }) => measure)).toEqual(['level', 'police']);
  });

  it('gives less if the doubt beside ticks takes help away', () => {
    const signs = question('signs', 'several of', { options: [option('a'), option('b')], none: 'None' });
    const sure = all(is('signs', 'a'), { kind: 'no', of: [{ kind: 'unknown', fact: 'signs' }] });
    expect(doubts([ask('signs'), end('one', { when: sure, level: 2 })], [signs])).toEqual([
      { id: 'signs', measure: 'level', ends: ['one', 'last'], answers: [['a'], ['a', 'unknown']], matters: [] },
    ]);
    expect(doubts([ask('signs'), end('one', { when: is('signs', 'a'), level: 2 })], [signs])).toEqual([]);
  });

  it('is covered by a rule about it, or by a case', () => {
    const interview = run([ask('danger'), ask('hurt'), end('one', { when: is('danger', 'yes'), level: 2 })]);
    const unwatched = (rules: Rule[], ...cases: Answers[]) => findUnwatchedDoubts(interview, rules, cases);
    expect(unwatched([])).toEqual(['danger', 'hurt']);
    expect(unwatched([], { danger: 'unknown' }, { hurt: 'yes' })).toEqual(['hurt']);
    expect(unwatched([], { hurt: ['yes', 'unknown'] })).toEqual(['danger']);
    expect(unwatched([rule('r', unsure)])).toEqual(['hurt']);
    expect(unwatched([rule('r', is('danger', 'yes'))])).toEqual(['danger', 'hurt']);
    expect(unwatched([rule('r', EVERYBODY)])).toEqual(['danger', 'hurt']);
    expect(unwatched([rule('r', all(unsure, is('hurt', 'yes')))])).toEqual(['hurt']);
  });
});

describe('an example', () => {
  const interview = run([ask('danger'), ask('hurt'), end('one', { when: is('danger', 'yes'), level: 2 })]);
  const { diagrams, known, ended } = interview;
  const where = (condition: Condition) => diagrams.and(ended, known.holds(condition, ended));

  it('has as few answers as possible that are not plain, and names those that matter', () => {
    const { answers, matters, end: reached } = exampleOf(interview, where(is('danger', 'yes')));
    expect({ answers, matters, end: reached.id }).toEqual({
      answers: { danger: 'yes', hurt: 'no' },
      matters: ['danger'],
      end: 'one',
    });
    expect(exampleOf(interview, where(all(is('danger', 'no'), is('hurt', 'yes')))).matters).toEqual(['danger', 'hurt']);
    expect(exampleOf(interview, where(any(is('danger', 'no'), is('hurt', 'no')))).matters).toEqual(['danger']);
    const either = any(all(is('danger', 'no'), is('hurt', 'yes')), all(unsure, is('hurt', 'yes', 'no')));
    expect(exampleOf(interview, where(either)).matters).toEqual(['danger', 'hurt']);
    expect(exampleOf(interview, ended)).toMatchObject({ answers: { danger: 'no', hurt: 'no' }, matters: [] });
  });

  it('does not exist for what never happens', () => {
    expect(() => exampleOf(interview, NEVER)).toThrow('no interview of main shows what never happens');
  });
});
