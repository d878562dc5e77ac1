/** A correct flow is proved, and each planted fault is reported by its name. */
import { describe, expect, test } from 'vitest';
import type { Marks, Step } from '../../server/flow/flow.ts';
import { describeProof } from '../../server/flow/prove/describe.ts';
import { Diagrams, TooLarge } from '../../server/flow/prove/diagram.ts';
import { runInterview } from '../../server/flow/prove/interview.ts';
import { isProved, type Proof, prove } from '../../server/flow/prove/prove.ts';
import { judge } from '../../server/flow/prove/rules.ts';
import { findDead, findIdleRules } from '../../server/flow/prove/together.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { advise, ask, call, EVERYBODY, end, flow, is, option, part, question, rule } from './prove-flows.ts';
import { flowOf, moveBefore, questionOf, remove, type Small, small, stepOf } from './prove-small.ts';

function proofOf(content: Small): Proof {
  return prove(flowOf(content), content.rules);
}

function broken(proof: Proof): string[] {
  return proof.rules.filter(({ result }) => result === 'broken').map(({ rule }) => rule.id);
}

test('a sound flow is proved without any remark', () => {
  const proof = proofOf(small());
  expect(proof.rules.map(({ result }) => result)).toEqual(small().rules.map(() => 'holds'));
  expect([...proof.faults, ...proof.unreached, ...proof.falls]).toEqual([]);
  expect(isProved(proof)).toBe(true);
  expect(proof.givenUp).toBeUndefined();
  // in_danger 3, concerns 2^3, services 2^4, age 0–12, 13–17 or unknown, sexual_activity 3, telling_brings_harm 3, agreement 3.
  expect(proof.size).toMatchObject({ steps: 20, questions: 7, combinations: BigInt(3 * 8 * 16 * 3 * 3 * 3 * 3) });
});

/** Each planted fault, the rules that it breaks, and answers in the shortest example. */
const RULE_FAULTS: [string, (content: Small) => void, string[], Record<string, unknown>][] = [
  [
    'an end stands too early',
    (c) => moveBefore(c, 'ask_mash', 'refer_now'),
    ['serious_is_referred'],
    { concerns: expect.arrayContaining(['unknown']) },
  ],
  [
    'an option is missing in a list',
    (c) => Object.assign(stepOf(c, 'advise', 'must_not_tell'), { when: is('concerns', 'neglect') }),
    ['parents_kept_out'],
    { concerns: ['sexual_abuse'] },
  ],
  [
    '"I don’t know" of danger goes on',
    (c) => Object.assign(questionOf(c, 'in_danger'), { unknown: { label: '?' } }),
    ['doubt_about_danger'],
    { in_danger: 'unknown' },
  ],
  [
    '"I don’t know" of the age jumps past the question below',
    (c) => Object.assign(stepOf(c, 'ask', 'age'), { leadsTo: 'telling_brings_harm' }),
    ['age_unknown_still_asks'],
    { age: 'unknown' },
  ],
  [
    'a threshold is one too low',
    (c) => {
      Object.assign(stepOf(c, 'advise', 'under_13'), { when: { kind: 'range', fact: 'age', max: 11 } });
    },
    ['under_13_is_reported'],
    { age: 12, sexual_activity: 'yes' },
  ],
  [
    'a record line is forgotten',
    (c) => Object.assign(stepOf(c, 'advise', 'refused'), { record: [] }),
    ['refusal_is_recorded'],
    { agreement: 'refused' },
  ],
  [
    'doubt no longer counts as yes',
    (c) => Object.assign(questionOf(c, 'telling_brings_harm'), { unknown: { label: '?', countsAs: 'no' } }),
    ['doubt_is_never_tell'],
    { telling_brings_harm: 'unknown' },
  ],
  [
    'three are counted where two are meant',
    (c) =>
      Object.assign(stepOf(c, 'advise', 'one_plan'), {
        when: { kind: 'ticks', fact: 'services', min: 3, of: ['health', 'school', 'housing'] },
      }),
    ['two_need_a_plan'],
    { services: ['health', 'school'] },
  ],
  [
    'the next step, and with it a contact, is dropped',
    (c) => Object.assign(stepOf(c, 'end', 'refer_now'), { next: [] }),
    ['serious_is_referred'],
    { concerns: ['sexual_abuse'] },
  ],
  [
    'a mark is lost on one option',
    (c) => Object.assign(questionOf(c, 'concerns').options[0] ?? {}, { level: 2 }),
    ['serious_is_referred'],
    { concerns: ['neglect'] },
  ],
  ['the danger question is not asked', (c) => remove(c, 'danger'), ['danger_is_asked'], {}],
  [
    'a level hangs on "none of these"',
    (c) =>
      c.parts[0]?.steps.splice(2, 0, advise('wrong', { when: { kind: 'none ticked', fact: 'concerns' }, level: 3 })),
    ['nothing_is_not_serious'],
    { concerns: ['none'] },
  ],
];

describe('a planted fault breaks its rule', () => {
  test.each(RULE_FAULTS)('%s', (_name, plant, rules, answers) => {
    const content = small();
    plant(content);
    const proof = proofOf(content);
    expect(broken(proof)).toEqual(expect.arrayContaining(rules));
    expect(isProved(proof)).toBe(false);
    const breach = proof.rules.find(({ rule }) => rule.id === rules[0])?.breach;
    expect(breach?.answers).toMatchObject(answers);
    expect(breach?.wrong).not.toEqual([]);
    // The example is a complete interview and could be saved as a case.
    const position = walk(flowOf(content), breach?.answers ?? {});
    expect(position.at.kind).toBe('end');
    expect(position.unused).toEqual([]);
  });

  test('no other rule breaks if a single list is wrong', () => {
    const content = small();
    Object.assign(stepOf(content, 'advise', 'must_not_tell'), { when: is('concerns', 'neglect') });
    expect(broken(proofOf(content))).toEqual(['parents_kept_out']);
  });
});

const FAULTS: [string, (content: Small) => void, RegExp][] = [
  [
    'nobody gets past an end',
    (c) => Object.assign(stepOf(c, 'end', 'plan'), { when: undefined }),
    /step "support" can never be reached: "plan" always ends before it/,
  ],
  [
    'whoever it is for has left',
    (c) => moveBefore(c, 'refer_now', 'parents'),
    /^step "parents" can never be reached: "refer_now" always ends before it\.$/,
  ],
  [
    'its condition never holds',
    (c) =>
      Object.assign(stepOf(c, 'end', 'plan'), {
        when: { kind: 'all', of: [is('agreement', 'given'), is('agreement', 'refused')] },
      }),
    /step "plan" can never be reached: its "when" never holds/,
  ],
  [
    'its condition always holds',
    (c) => Object.assign(stepOf(c, 'call', 'danger'), { when: { kind: 'level', max: 2 } }),
    /"when" of "danger" holds for everybody/,
  ],
  [
    'a doubt that cannot be',
    (c) => Object.assign(stepOf(c, 'ask', 'agreement'), { when: is('agreement', 'given') }),
    /"agreement" can never be reached/,
  ],
  ['an interview runs off the end', (c) => remove(c, 'support'), /runs off the end of the flow: no to/],
  ['a called flow settles nothing', (c) => remove(c, 'tell'), /returns "parents", and comes back without it/],
  [
    'a fact that nobody was asked for',
    (c) => Object.assign(stepOf(c, 'end', 'call_999'), { when: is('age', '3') }),
    /"age" cannot be known here/,
  ],
  [
    'a fact that is not always known',
    (c) =>
      Object.assign(c.parts[2] ?? {}, {
        steps: [
          ask('age'),
          advise('tell', { parents: 'tell', when: is('services', 'health') }),
          advise('x', { parents: 'tell' }),
        ],
      }),
    /"services" (is not always|cannot be) known here/,
  ],
  [
    '"none of" holds by ignorance',
    (c) => Object.assign(stepOf(c, 'advise', 'refused'), { when: { kind: 'no', of: [is('services', 'health')] } }),
    /"none of:" reads "services", which was not asked before: /,
  ],
];

describe('what cannot be intended is reported', () => {
  test.each(FAULTS)('%s', (_name, plant, message) => {
    const content = small();
    plant(content);
    const proof = proofOf(content);
    const said = [...proof.faults, ...proof.unreached].map((fault) => fault.message);
    expect(
      said.some((one) => message.test(one)),
      said.join('\n'),
    ).toBe(true);
  });

  test('a jump that no "I don’t know" makes', () => {
    const questions = [
      question('signs', 'several of', { options: [option('a')], unknown: { label: '?', countsAs: 'a' } }),
    ];
    const jumping = flow(
      [part('main', [ask('signs', { leadsTo: 'later' }), end('first', { when: is('signs', 'a') }), end('later')])],
      questions,
    );
    expect(prove(jumping, []).unreached.map((fault) => fault.message)).toEqual([
      'no "I don\'t know" to "signs" leads to "later".',
    ]);
  });

  test('"may know" allows what is not always known', () => {
    const content = small();
    Object.assign(content.parts[2] ?? {}, {
      steps: [advise('some', { parents: 'tell', when: is('services', 'health') }), advise('rest', { parents: 'tell' })],
    });
    Object.assign(stepOf(content, 'call', 'parents'), { when: undefined });
    expect(proofOf(content).faults.map((fault) => fault.message)).toEqual([
      expect.stringContaining('"services" is not always known here'),
    ]);
    Object.assign(content.parts[2] ?? {}, { mayKnow: ['services'] });
    expect(proofOf(content).faults).toEqual([]);
  });
});

describe('what a called flow returns', () => {
  const returning = (before: Marks, steps: Step[]) => {
    const inner = part('inner', [advise('deep', { parents: 'ask first' })]);
    const called = part('called', steps, { returns: ['parents'] });
    const main = part('main', [ask('in_danger'), advise('before', before), call('called'), end('last')]);
    return prove(flow([main, called, inner], small().questions), []).faults.map((fault) => fault.message);
  };

  test('a mark from before the call does not settle it, unless nothing is stronger', () => {
    const steps = [advise('some', { when: is('in_danger', 'yes'), parents: 'tell' })];
    const told = [expect.stringMatching(/returns "parents", and comes back without it: no to in_danger/)];
    expect(returning({}, steps)).toEqual(told);
    expect(returning({ parents: 'ask first' }, steps)).toEqual(told);
    expect(returning({ parents: 'do not tell' }, steps)).toEqual([]);
  });

  test('a question answered before the call does not settle it either', () => {
    const risk = question('risk', 'one of', {
      options: [option('low', { parents: 'tell' })],
      unknown: { label: '?', parents: 'tell' },
    });
    const called = part('called', [ask('risk')], { returns: ['parents'] });
    const faults = (steps: Step[]) => prove(flow([part('main', [...steps, end('last')]), called], [risk]), []).faults;
    expect(faults([call('called')])).toEqual([]);
    expect(faults([ask('risk'), call('called')])).toHaveLength(1);
  });

  test('a flow that it calls may settle it, and an end need not', () => {
    expect(returning({}, [call('inner')])).toEqual([]);
    expect(returning({}, [end('stop', { when: is('in_danger', 'no') }), advise('some', { parents: 'tell' })])).toEqual(
      [],
    );
    expect(returning({}, [call('inner', { when: is('in_danger', 'yes') })])).toHaveLength(1);
  });
});

describe('more harm never gives less help', () => {
  test('a tick that ends the interview early', () => {
    const content = small();
    content.parts[0]?.steps.splice(2, 0, end('too_early', { when: is('concerns', 'neglect') }));
    expect(proofOf(content).falls).toEqual([]);
    // Now only the end further down mentions the police, and the tick keeps the interview from getting there.
    delete questionOf(content, 'concerns').options[1]?.police;
    stepOf(content, 'end', 'refer_now').police = 'report';
    const [fall, ...others] = proofOf(content).falls;
    expect(others).toEqual([]);
    expect(fall).toMatchObject({ question: 'concerns', measure: 'police', matters: ['in_danger'] });
    expect(fall?.before.answers).toMatchObject({ concerns: ['sexual_abuse'] });
    expect(fall?.after.answers).toMatchObject({ concerns: ['neglect', 'sexual_abuse'] });
  });

  const ladder = (exceptions: { option: string; why: string; cite: string[] }[]) => {
    const risk = question('risk', 'one of', {
      options: ['low', 'mid', 'high'].map((id) => option(id)),
      rising: true,
      exceptions,
    });
    const steps = [
      ask('risk'),
      end('strong', { when: is('risk', 'low', 'high'), level: 3 }),
      end('weak', { level: 2 }),
    ];
    return prove(flow([part('main', steps)], [risk]), []);
  };

  test('a higher option of an ordered question', () => {
    expect(ladder([]).falls.map(({ before, after }) => [before.answers.risk, after.answers.risk])).toEqual([
      ['low', 'mid'],
    ]);
    expect(isProved(ladder([]))).toBe(false);
  });

  test('an exception that a source allows', () => {
    expect(ladder([{ option: 'mid', why: 'a source says so', cite: ['S 1'] }]).falls).toEqual([]);
  });

  test('"I don’t know" that gives less than every answer', () => {
    const content = small();
    const steps = [ask('in_danger', { leadsTo: 'last' }), end('first', { level: 2 }), end('last')];
    const risky = prove(flow([part('main', steps)], content.questions), []);
    expect(risky.riskyDoubts).toMatchObject([
      { question: 'in_danger', measure: 'level', after: { answers: { in_danger: 'unknown' } } },
    ]);
  });

  test('an "I don’t know" that nothing covers', () => {
    const content = small();
    content.rules = content.rules.filter((one) => one.id !== 'two_need_a_plan' && one.id !== 'danger_is_999');
    expect(proofOf(content).unwatchedDoubts).toEqual(['services']);
    const cases = [{ services: ['health', 'unknown'] }];
    expect(prove(flowOf(content), content.rules, { cases }).unwatchedDoubts).toEqual([]);
    expect(prove(flowOf(content), content.rules, { cases: [{ services: ['health'] }] }).unwatchedDoubts).toEqual([
      'services',
    ]);
  });
});

describe('if it grows too large, nothing is reported as proved', () => {
  test('the flow itself', () => {
    const proof = prove(flowOf(small()), small().rules, { limit: 40 });
    expect(proof.givenUp).toMatch(/more than 40 nodes, at step ".*" of flow ".*"/);
    expect(proof.rules.every(({ result }) => result === 'not proved')).toBe(true);
    expect(isProved(proof)).toBe(false);
    expect(describeProof(proof)).toContain('NOT PROVED');
  });

  test('one rule that pairs two lists item by item', () => {
    const ids = Array.from({ length: 12 }, (_, index) => `item_${index}`);
    const list = (id: string) =>
      question(id, 'several of', { options: ids.map((one) => option(one)), unknown: { label: '?' } });
    const lists = flow([part('main', [ask('left'), ask('right'), end('last')])], [list('left'), list('right')]);
    const pairs = {
      kind: 'any' as const,
      of: ids.map((id) => ({ kind: 'all' as const, of: [is('left', id), is('right', id)] })),
    };
    const rules = [rule('asked', EVERYBODY, { asked: ['left', 'right'] }), rule('pairs', pairs, { end: ['last'] })];
    const proof = prove(lists, rules, { limit: 2000 });
    expect(proof.rules.map(({ result }) => result)).toEqual(['holds', 'not proved']);
    expect(isProved(proof)).toBe(false);
    expect(prove(lists, rules).rules.map(({ result }) => result)).toEqual(['holds', 'holds']);
  });

  test('flows that call each other endlessly', () => {
    const round = flow([part('main', [call('again'), end('last')]), part('again', [call('again')])], []);
    expect(prove(round, []).givenUp).toContain('calls more than 20 deep');
  });
});

test('an example that the walk does not confirm is an error of the prover, not a verdict', () => {
  const content = small();
  Object.assign(stepOf(content, 'advise', 'refused'), { record: [] });
  const wrong = runInterview(flowOf(content), []);
  expect(() => judge({ ...wrong, flow: flowOf(small()) }, small().rules)).toThrow(/the prover disagrees with the walk/);
});

test('a rule that applies to nobody is reported, and so is a step that is dead in every flow', () => {
  const content = small();
  content.rules.push(rule('nobody', is('concerns', 'no_such_option'), { level: 3 }));
  const one = proofOf(content);
  expect(one.rules.at(-1)?.result).toBe('vacuous');
  expect(findIdleRules([one], content.rules).map(({ id }) => id)).toEqual(['nobody']);
  // The step "tell" is dead in the flow where there is only doubt, and alive in the other, so it is not reported.
  remove(content, 'danger');
  const called = {
    ...small(),
    parts: [part('other', [ask('age'), call('danger'), end('last')]), ...small().parts.slice(1)],
  };
  Object.assign(stepOf(called, 'end', 'call_999'), { when: is('age', '99') });
  const other = prove(flowOf(called), []);
  expect(other.unreached.map((fault) => fault.step)).toEqual(['call_999']);
  expect(findDead([other]).map((fault) => fault.step)).toEqual(['call_999']);
  expect(findDead([other, proofOf(small())])).toEqual([]);
});

test('a breach in words', () => {
  const content = small();
  questionOf(content, 'in_danger').unknown = { label: 'I don’t know' };
  expect(describeProof(proofOf(content))).toContain(
    [
      '  BROKEN: rule "doubt_about_danger" (safety.yaml:1): doubt_about_danger',
      '    end is "support", and must be "call_999", at the end "support", when:',
      '      in_danger “Is a child in danger now?”: I don’t know',
      '      any answer to 3 more',
      '    by way of: level/danger → level/support',
      '    to keep it as a case:',
      '      answers:',
      '        in_danger: unknown',
      '        concerns: [none]',
      '        services: [none]',
      '        agreement: given',
    ].join('\n'),
  );
});

describe('diagrams', () => {
  test('equal formulas are the same number, however they are made, and also when the tables have grown', () => {
    const diagrams = new Diagrams();
    const left = Array.from({ length: 12 }, () => diagrams.is(diagrams.addVariable()));
    const right = left.map(() => diagrams.is(diagrams.addVariable()));
    const pair = (at: number) => diagrams.and(left[at] as number, right[at] as number);
    const up = diagrams.or(...left.map((_, at) => pair(at)));
    expect(diagrams.size).toBeGreaterThan(8192);
    const down = diagrams.or(...left.map((_, at) => pair(left.length - 1 - at)));
    expect(down).toBe(up);
    expect(diagrams.not(diagrams.and(...left.map((_, at) => diagrams.not(pair(at)))))).toBe(up);
  });

  test('it throws beyond the limit', () => {
    const diagrams = new Diagrams(4);
    diagrams.is(diagrams.addVariable());
    diagrams.is(diagrams.addVariable());
    expect(() => diagrams.is(diagrams.addVariable())).toThrow(TooLarge);
  });
});
