/** Tests the smaller parts of the prover separately. */
import { describe, expect, it } from 'vitest';
import type { Library, LibraryArea } from '../../server/flow/check/library.ts';
import type { Rule } from '../../server/flow/check/safety.ts';
import type { Condition } from '../../server/flow/flow.ts';
import { proofProblems, proveAll, proveOne } from '../../server/flow/prove/all.ts';
import { findCuts } from '../../server/flow/prove/cuts.ts';
import { findFaults } from '../../server/flow/prove/faults.ts';
import { runInterview } from '../../server/flow/prove/interview.ts';
import { isProved, type Proof, prove } from '../../server/flow/prove/prove.ts';
import { findDead, findIdleRules } from '../../server/flow/prove/together.ts';
import { advise, all, ask, call, EVERYBODY, end, flow, is, part, question, rule } from './prove-flows.ts';

const range = (fact: string, min?: number, max?: number): Condition => ({
  kind: 'range',
  fact,
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
});

describe('the numbers at which conditions change', () => {
  const cuts = (...conditions: Condition[]) =>
    Object.fromEntries(
      [...findCuts(flow([part('main', [])], []), conditions)].map(([fact, found]) => [fact, [...found]]),
    );

  it.each<[string, Condition, object]>([
    ['at least', range('age', 3), { age: [3] }],
    ['at most', range('age', undefined, 3), { age: [4] }],
    ['from 0 to 3', range('age', 0, 3), { age: [0, 4] }],
    ['an option that is a number', is('age', '3', 'unknown'), { age: [3, 4] }],
    ['an option that is half a number', is('age', '2.5'), { age: [] }],
    ['an option', is('danger', 'yes'), { danger: [] }],
    ['unknown', { kind: 'unknown', fact: 'age' }, { age: [] }],
    ['ticks', { kind: 'ticks', fact: 'signs', min: 2, of: ['4'] }, { signs: [] }],
    ['a level', { kind: 'level', min: 2 }, {}],
    [
      'all, any and none of',
      all(range('age', 1), { kind: 'no', of: [range('age', 5), is('danger', 'no')] }),
      { age: [1, 5], danger: [] },
    ],
  ])('%s', (_name, condition, expected) => {
    expect(cuts(condition)).toEqual(expected);
  });

  it('in steps, and in additional conditions', () => {
    const steps = [ask('age'), end('one', { when: range('age', 7) }), end('last')];
    const inner = part('inner', [advise('x', { when: range('age', 9) })]);
    expect(findCuts(flow([part('main', steps), inner], []), [range('age', 2)])).toEqual(
      new Map([['age', new Set([2, 7, 9])]]),
    );
  });
});

describe('an interview that is too large', () => {
  it('is given up at the step where it grew too large', () => {
    const steps = [
      ask('danger'),
      ask('hurt'),
      end('one', { when: all(is('danger', 'yes'), is('hurt', 'no')) }),
      end('last'),
    ];
    const large = flow([part('main', steps)], [question('danger', 'yes or no'), question('hurt', 'yes or no')]);
    expect(() => runInterview(large, [], 1)).toThrow(/, at step "\w+" of flow "main"$/);
    expect(runInterview(large, []).visits).toHaveLength(4);
  });
});

describe('an interview', () => {
  it('has the advice of the flow, and nothing else', () => {
    const steps = [ask('danger'), advise('x', { when: is('danger', 'yes') }), end('last', { level: 2 })];
    const { known } = runInterview(flow([part('main', steps)], [question('danger', 'yes or no')]), []);
    expect(known.advice.ids()).toEqual(['x']);
    expect(known.end.ids()).toEqual(['last']);
  });

  it('of a broken flow says what is broken', () => {
    const broken = flow([part('main', [ask('nothing'), end('last')])], []);
    expect(() => runInterview(broken, [])).toThrow(/^flow main has no question nothing$/);
  });
});

describe('what cannot be intended', () => {
  const YES_NO = ['danger', 'hurt'].map((id) => question(id, 'yes or no'));
  const yes = (fact: string) => is(fact, 'yes');
  const no = (...of: Condition[]): Condition => ({ kind: 'no', of });
  const faults = (...parts: Parameters<typeof flow>[0]) =>
    findFaults(runInterview(flow(parts, YES_NO), [])).map(
      ({ kind, part: where, step, message }) => `${kind} ${where}/${step}: ${message}`,
    );
  const last = end('last');

  it('is running off the end', () => {
    expect(faults(part('main', [ask('danger'), end('one', { when: yes('danger') })]))).toEqual([
      'error main/undefined: an interview runs off the end of the flow: no to danger. Let the last step be an end without "when".',
    ]);
    expect(faults(part('main', [ask('danger'), last]))).toEqual([]);
  });

  it('is returning without what was promised', () => {
    const inner = part('inner', [ask('hurt'), advise('x', { when: yes('hurt'), parents: 'tell' })], {
      returns: ['parents'],
    });
    expect(faults(part('main', [call('inner'), last]), inner)).toEqual([
      'error inner/undefined: says that it returns "parents", and comes back without it: no to hurt.',
    ]);
  });

  it('is reading what nobody was asked', () => {
    const reading = [advise('x', { when: yes('danger') }), last];
    expect(faults(part('main', [...reading]))).toEqual([
      'error main/x: "danger" cannot be known here: nobody who comes to "x" was asked.',
    ]);
    const inner = (given: object = {}) => part('inner', [advise('x', { when: yes('danger') })], given);
    const calling = [ask('hurt'), ask('danger', { when: yes('hurt') }), call('inner'), last];
    expect(faults(part('main', calling), inner())).toEqual([
      'warning inner/x: "danger" is not always known here: no to hurt. If that is meant, name it under "may know".',
    ]);
    expect(faults(part('main', calling), inner({ mayKnow: ['danger'] }))).toEqual([]);
    expect(faults(part('main', [ask('hurt'), ask('danger', { when: yes('hurt') }), ...reading]))).toEqual([]);
    const asking = part('asking', [ask('danger', { when: yes('hurt') })]);
    expect(faults(part('main', [ask('hurt'), call('asking'), ...reading]), asking)).toEqual([]);
  });

  it('is holding because nothing was asked', () => {
    const ignorant = [ask('hurt'), ask('danger', { when: yes('hurt') }), advise('x', { when: no(yes('danger')) })];
    expect(faults(part('main', [...ignorant, last]))).toEqual([
      'error main/x: "none of:" reads "danger", which was not asked before: no to hurt. It would hold by ignorance.',
    ]);
    const endless = [...ignorant, end('one', { when: yes('danger') })];
    expect(faults(part('main', endless)).at(-1)).toBe(
      'error main/x: "none of:" reads "danger", which was not asked before: in no interview that ends. It would hold by ignorance.',
    );
  });

  it('is reported once, however often it occurs', () => {
    const inner = part('inner', [advise('x', { when: yes('danger') })]);
    expect(faults(part('main', [call('inner'), call('inner', { id: 'more' }), last]), inner)).toHaveLength(1);
  });
});

describe('a proof', () => {
  const steps = [ask('danger'), end('one', { when: is('danger', 'yes', 'no'), level: 2 }), end('last')];
  const small = flow([part('main', steps)], [question('danger', 'yes or no')]);
  const [own, other] = [rule('own', EVERYBODY), { ...rule('other', EVERYBODY), flows: ['elsewhere'] }];

  it('has the rules that apply to the flow, what is wrong, and its size', () => {
    const proof = prove(small, [own, other]);
    expect(proof.rules.map(({ rule: { id } }) => id)).toEqual(['own']);
    expect(proof).toMatchObject({ faults: [], unreached: [], falls: [], unwatchedDoubts: ['danger'] });
    expect(proof.riskyDoubts.map(({ question: id }) => id)).toEqual(['danger']);
    expect(proof).not.toHaveProperty('givenUp');
    expect(proof.size).toMatchObject({ steps: 3, questions: 1, variables: 2, combinations: 3n });
  });

  it('that is given up says so for each rule, and has nothing else', () => {
    expect(prove(small, [own], { limit: 1 })).toEqual({
      flow: small,
      rules: [{ rule: own, result: 'not proved' }],
      faults: [],
      unreached: [],
      falls: [],
      riskyDoubts: [],
      unwatchedDoubts: [],
      givenUp: expect.stringContaining('at step'),
    });
  });

  it('compares no interviews if some of them do not end', () => {
    const open = flow([part('main', steps.slice(0, 2))], [question('danger', 'yes or no')]);
    const proof = prove(open, []);
    expect(proof.faults.map(({ kind }) => kind)).toContain('error');
    expect([proof.falls, proof.riskyDoubts, proof.unwatchedDoubts]).toEqual([[], [], []]);
  });

  it('succeeds if nothing is broken, unproved, faulty or weaker', () => {
    const sound = prove(small, []);
    const with_ = (changes: Partial<Proof>) => isProved({ ...sound, ...changes });
    const says = (...words: Proof['rules'][number]['result'][]) => ({
      rules: words.map((word) => ({ rule: own, result: word })),
    });
    const fault = (kind: 'error' | 'warning') => ({ kind, part: 'main', message: 'So.' });
    expect([with_({}), with_(says('holds', 'vacuous')), with_({ faults: [fault('warning')] })]).toEqual([
      true,
      true,
      true,
    ]);
    expect([with_(says('holds', 'broken')), with_(says('not proved', 'holds'))]).toEqual([false, false]);
    expect(with_({ faults: [fault('warning'), fault('error')] })).toBe(false);
    expect(with_({ givenUp: 'too large' })).toBe(false);
    expect(with_({ falls: sound.riskyDoubts })).toBe(false);
  });
});

describe('everything that readers can open', () => {
  const main = (id: string) =>
    flow([part(id, [ask('danger'), end('last', { level: 2 })])], [question('danger', 'yes or no')]);
  const areaOf = (ids: string[], rules: Rule[] = []): LibraryArea =>
    ({ flows: new Map(ids.map((id) => [id, main(id)])), rules, cases: new Map(), doors: [] }) as unknown as LibraryArea;
  const own = rule('own', EVERYBODY, { level: 2 });
  const named = { ...rule('named', EVERYBODY, { level: 3 }), flows: ['one'] };
  const other = { ...rule('other', EVERYBODY, { level: 2 }), flows: ['two'] };
  const library = (): Library => ({
    areas: new Map([
      ['national', areaOf(['one'], [rule('alone', EVERYBODY, { level: 2 }), named, other])],
      ['town', areaOf(['one', 'two'], [own])],
    ]),
    withdrawn: new Map(),
  });

  it('is proved with the rules of its area, and with the national ones that name it', () => {
    const told = proveAll(library(), '2026-11-22').map((proof) => [
      proof.flow.id,
      ...proof.rules.map((verdict) => `${verdict.rule.id} ${verdict.result}`),
    ]);
    expect(told).toEqual([
      ['one', 'alone holds', 'named broken'],
      ['one', 'own holds', 'named broken'],
      ['two', 'own holds', 'other holds'],
    ]);
  });

  it('is proved without national content', () => {
    const areas = new Map([['town', areaOf(['one'], [own])]]);
    const [area] = areas.values();
    const proof = proveOne({ areas, withdrawn: new Map() }, area as LibraryArea, main('one'), '2026-11-22');
    expect(proof.rules.map(({ result }) => result)).toEqual(['holds']);
  });

  it('considers the doubts in its own cases', () => {
    const { areas, withdrawn } = library();
    const area = areas.get('town') as LibraryArea;
    const cases = (...flows: string[]) =>
      new Map(flows.map((id) => [id, { flow: id, story: 'S', answers: { danger: 'unknown' } }]));
    const unwatched = (...flows: string[]) =>
      proveOne({ areas, withdrawn }, { ...area, cases: cases(...flows) }, main('two'), '2026-11-22').unwatchedDoubts;
    expect(unwatched('one')).toEqual(['danger']);
    expect(unwatched('one', 'two')).toEqual([]);
  });

  it('stops the server if it is not proved, with the place of the rule or the flow', () => {
    const problems = proofProblems(proveAll(library(), '2026-11-22'));
    expect(problems.map(({ file, line, column, kind }) => [file, line, column, kind])).toEqual([
      ['safety.yaml', 1, 1, 'error'],
      ['safety.yaml', 1, 1, 'error'],
    ]);
    expect(problems[0]?.message).toMatch(/^here\/one: 1 of 2 rules hold/);
    const fault = { kind: 'error' as const, part: 'one', message: 'So.' };
    const proof = { ...(proveAll(library(), '2026-11-22')[2] as Proof), faults: [fault] };
    expect(proofProblems([proof])).toEqual([
      {
        file: 'flows/here/two.yaml',
        line: 1,
        column: 1,
        message: expect.stringContaining('error in one: So.'),
        kind: 'error',
      },
    ]);
    expect(proofProblems([{ ...proof, faults: [] }])).toEqual([]);
  });
});

describe('several flows together', () => {
  const dead = (step: string, kind: 'error' | 'warning' = 'error') => ({ part: 'inner', step, kind, message: step });
  const proofOf = (unreached: ReturnType<typeof dead>[], given: Partial<Proof> = {}, title = 'Inner'): Proof =>
    ({
      flow: flow([part('main', []), part('inner', [], { title })], []),
      unreached,
      rules: [],
      ...given,
    }) as unknown as Proof;
  const found = (...proofs: Proof[]) => findDead(proofs).map(({ step, kind }) => `${step} ${kind}`);

  it('have a dead step if it is dead in each of them', () => {
    expect(found(proofOf([dead('a')]))).toEqual(['a error']);
    expect(found(proofOf([dead('a'), dead('b')]), proofOf([dead('b')]))).toEqual(['b error']);
    expect(found(proofOf([dead('a')]), proofOf([]))).toEqual([]);
    expect(found(proofOf([dead('a')]), proofOf([dead('a', 'warning')]))).toEqual([]);
  });

  it('are not compared if a part differs, or was not proved', () => {
    expect(found(proofOf([dead('a')]), proofOf([], {}, 'Another'))).toEqual(['a error']);
    expect(found(proofOf([dead('a')]), proofOf([], { givenUp: 'too large' }))).toEqual(['a error']);
    expect(found(proofOf([dead('a')], { givenUp: 'too large' }))).toEqual([]);
    expect(found(proofOf([dead('a')]), proofOf([dead('a')], {}, 'Another'))).toEqual(['a error', 'a error']);
    const without = { ...proofOf([]), flow: flow([part('main', [])], []) };
    expect(found(proofOf([dead('a')]), without)).toEqual(['a error']);
  });

  it('have an idle rule if it applies to nothing in any of them', () => {
    const [one, two] = [rule('one', EVERYBODY), rule('two', EVERYBODY)];
    const says = (...verdicts: [Rule, 'holds' | 'vacuous'][]) =>
      proofOf([], { rules: verdicts.map(([of, word]) => ({ rule: of, result: word })) });
    const idle = (...proofs: Proof[]) => findIdleRules(proofs, [one, two]).map(({ id }) => id);
    expect(idle(says([one, 'vacuous'], [two, 'holds']), says([one, 'vacuous'], [two, 'vacuous']))).toEqual(['one']);
    expect(idle(says([one, 'vacuous']), says([one, 'holds']))).toEqual(['two']);
    expect(idle()).toEqual(['one', 'two']);
  });
});
