import { describe, expect, it } from 'vitest';
import type { Answers } from '../../server/flow/walk/answer.ts';
import { type Position, walk } from '../../server/flow/walk/walk.ts';
import { advise, ask, call, end, flow, is, option, part, question, say } from './prove-flows.ts';

const DANGER = question('danger', 'yes or no');
const SIGNS = question('signs', 'several of', {
  options: [option('bruise', { level: 3, next: ['letter'] }), { ...option('late', { level: 2 }), cite: ['S 9'] }],
  none: 'None of these',
});
const LAST = end('last');

/** A flow of these steps that asks about danger and signs; `called`: called flows by id. */
function ladder(steps: Parameters<typeof part>[1], called: Record<string, Parameters<typeof part>[1]> = {}) {
  const parts = Object.entries(called).map(([id, own]) => part(id, own));
  return flow([part('main', steps), ...parts], [DANGER, SIGNS]);
}

function pathOf(position: Position): string[] {
  return position.path.map(({ part, step, taken }) => `${part}/${step} ${taken}`);
}

function endOf(position: Position): string {
  return position.at.kind === 'end' ? position.at.end.id : `? ${position.at.question.id}`;
}

describe('a walk', () => {
  it('stops at the first question that has no answer', () => {
    const position = walk(ladder([ask('danger'), ask('signs'), LAST]), { signs: ['late'] });
    expect(position.at).toMatchObject({ kind: 'question', question: { id: 'danger' }, part: 'main', step: 'danger' });
    expect(position).toMatchObject({ turns: [], findings: [], advice: [], doubts: [], standing: { level: 0 } });
    expect(pathOf(position)).toEqual(['main/danger here']);
    expect(position.unused).toEqual(['signs']);
  });

  it('goes down to the first end whose condition holds', () => {
    const steps = [
      ask('danger'),
      end('call', { when: is('danger', 'yes') }),
      end('talk', { when: is('danger', 'no') }),
      LAST,
    ];
    expect(endOf(walk(ladder(steps), { danger: 'yes' }))).toBe('call');
    const position = walk(ladder(steps), { danger: 'no' });
    expect(endOf(position)).toBe('talk');
    expect(pathOf(position)).toEqual(['main/danger taken', 'main/call skipped', 'main/talk taken']);
    expect(position.path.map(({ kind }) => kind)).toEqual(['ask', 'end', 'end']);
  });

  it('is the same for the same answers, and does not change them', () => {
    const steps = [ask('danger'), ask('signs'), LAST];
    const answers: Answers = Object.freeze({ danger: 'no', signs: ['late', 'unknown'] });
    expect(walk(ladder(steps), answers)).toEqual(walk(ladder(steps), answers));
  });

  it('throws if a flow that readers open runs off its end', () => {
    expect(() => walk(ladder([ask('danger')]), { danger: 'no' })).toThrow('flow main runs off its end');
  });

  it('throws if a part or a question does not exist', () => {
    expect(() => walk(ladder([call('nowhere'), LAST]), {})).toThrow('flow main has no part nowhere');
    expect(() => walk(ladder([ask('nothing'), LAST]), {})).toThrow('flow main has no question nothing');
  });

  it('takes no answer from properties that every object has', () => {
    const odd = flow([part('main', [ask('constructor'), LAST])], [question('constructor', 'short text')]);
    expect(endOf(walk(odd, {}))).toBe('? constructor');
  });
});

describe('what the flow says', () => {
  it('is shown with the next question, and with the end if it comes last', () => {
    const steps = [say('first'), say('second'), ask('danger'), ask('signs'), say('third'), LAST];
    const open = walk(ladder(steps), {});
    expect(open.remarks).toEqual([
      { part: 'main', step: 'first', text: 'first', cite: [] },
      { part: 'main', step: 'second', text: 'second', cite: [] },
    ]);
    const { turns, remarks } = walk(ladder(steps), { danger: 'no', signs: ['none'] });
    expect(turns.map((turn) => turn.remarks.map(({ step }) => step))).toEqual([['first', 'second'], []]);
    expect(remarks.map(({ step }) => step)).toEqual(['third']);
  });
});

describe('a known fact', () => {
  const steps = [
    ask('danger'),
    ask('again', { question: 'danger' }),
    ask('signs'),
    ask('twice', { question: 'danger' }),
    LAST,
  ];

  it('is not asked again, and the reader is told', () => {
    const position = walk(ladder(steps), { danger: 'no', signs: ['none'] });
    expect(position.turns.map(({ question, alreadyAnswered }) => [question, alreadyAnswered])).toEqual([
      ['danger', []],
      ['signs', ['danger']],
    ]);
    expect(position.alreadyAnswered).toEqual(['danger']);
    expect(pathOf(position)).toContain('main/again known');
  });

  it('is mentioned with the open question', () => {
    expect(walk(ladder(steps), { danger: 'no' }).alreadyAnswered).toEqual(['danger']);
  });

  it('keeps the step and the part where it was asked', () => {
    const inner = ladder([call('inner'), LAST], { inner: [ask('here', { question: 'danger' })] });
    expect(walk(inner, { danger: 'no' }).turns).toMatchObject([{ part: 'inner', step: 'here', question: 'danger' }]);
  });
});

describe('"I don’t know" that leads to a step', () => {
  const steps = [
    ask('danger', { leadsTo: 'aim' }),
    say('passed'),
    ask('signs'),
    advise('aim', { when: is('danger', 'yes') }),
    LAST,
  ];

  it('skips the steps in between, and ignores the condition of that step', () => {
    const position = walk(ladder(steps), { danger: 'unknown' });
    expect(pathOf(position)).toEqual([
      'main/danger taken',
      'main/passed jumped over',
      'main/signs jumped over',
      'main/aim taken',
      'main/last taken',
    ]);
  });

  it('does not jump if the answer is known', () => {
    expect(pathOf(walk(ladder(steps), { danger: 'no', signs: ['none'] }))).toContain('main/aim skipped');
  });

  it('evaluates conditions again after that step', () => {
    const more = [
      ask('danger', { leadsTo: 'aim' }),
      say('passed'),
      say('aim'),
      advise('never', { when: is('danger', 'yes') }),
      LAST,
    ];
    expect(pathOf(walk(ladder(more), { danger: 'unknown' }))).toContain('main/never skipped');
  });

  it('jumps in a checklist if nothing else is ticked', () => {
    const list = [ask('signs', { leadsTo: 'aim' }), say('passed'), say('aim'), LAST];
    expect(pathOf(walk(ladder(list), { signs: ['unknown'] }))).toContain('main/passed jumped over');
    expect(pathOf(walk(ladder(list), { signs: ['late', 'unknown'] }))).toContain('main/passed taken');
    expect(pathOf(walk(ladder(list), { signs: ['none'] }))).toContain('main/passed taken');
  });

  it('jumps from a step where the doubt was known already', () => {
    const again = [
      ask('danger'),
      ask('again', { question: 'danger', leadsTo: 'aim' }),
      say('passed'),
      say('aim'),
      LAST,
    ];
    expect(pathOf(walk(ladder(again), { danger: 'unknown' }))).toEqual([
      'main/danger taken',
      'main/again known',
      'main/passed jumped over',
      'main/aim taken',
      'main/last taken',
    ]);
  });

  it('may lead to a step with any name', () => {
    const named = [ask('danger', { leadsTo: 'return' }), say('passed'), say('return'), LAST];
    expect(pathOf(walk(ladder(named), { danger: 'unknown' }))).toEqual([
      'main/danger taken',
      'main/passed jumped over',
      'main/return taken',
      'main/last taken',
    ]);
  });
});

describe('a called flow', () => {
  it('returns when it runs off its end', () => {
    const position = walk(ladder([call('inner'), LAST], { inner: [ask('danger')] }), { danger: 'no' });
    expect(pathOf(position)).toEqual(['main/inner taken', 'inner/danger taken', 'main/last taken']);
  });

  it('is left by advice that returns', () => {
    const deeper = {
      inner: [call('deeper'), say('behind')],
      deeper: [advise('leave', { returns: true }), say('below')],
    };
    expect(pathOf(walk(ladder([call('inner'), LAST], deeper), {}))).toEqual([
      'main/inner taken',
      'inner/deeper taken',
      'deeper/leave taken',
      'inner/behind taken',
      'main/last taken',
    ]);
  });

  it('ends the interview if it ends', () => {
    const position = walk(ladder([call('inner'), LAST], { inner: [call('deeper')], deeper: [end('there')] }), {});
    expect(position.at).toMatchObject({ kind: 'end', part: 'deeper', end: { id: 'there' } });
  });

  it('stops at a question', () => {
    const position = walk(ladder([call('inner'), LAST], { inner: [say('hint'), ask('danger')] }), {});
    expect(position.at).toMatchObject({ kind: 'question', part: 'inner', step: 'danger' });
    expect(position.remarks.map(({ part }) => part)).toEqual(['inner']);
  });

  it('is not entered if its condition does not hold', () => {
    const steps = [ask('danger'), call('inner', { when: is('danger', 'yes') }), LAST];
    expect(pathOf(walk(ladder(steps, { inner: [say('hint')] }), { danger: 'no' }))).toContain('main/inner skipped');
  });
});

describe('findings', () => {
  it('come from what is ticked, with where and why', () => {
    const { findings } = walk(ladder([ask('signs'), LAST]), { signs: ['bruise', 'late'] });
    const origin = { part: 'main', step: 'signs', question: 'signs' };
    expect(findings).toEqual([
      { topic: 'level', value: 3, origin: { ...origin, option: 'bruise' }, cite: ['S 1'] },
      { topic: 'next', value: 'letter', origin: { ...origin, option: 'bruise' }, cite: ['S 1'] },
      { topic: 'level', value: 2, origin: { ...origin, option: 'late' }, cite: ['S 9'] },
    ]);
  });

  it('come from the option that a doubt counts as, and from the doubt', () => {
    const options = [option('low', { level: 1 }), option('high', { level: 3, police: 'report' })];
    const unknown = {
      label: '?',
      countsAs: 'high',
      ask: 'lead',
      text: 'Not sure.',
      whoKnows: 'The nurse',
      record: ['doubt'],
    };
    const risk = flow([part('main', [ask('risk'), LAST])], [question('risk', 'one of', { options, unknown })]);
    const position = walk(risk, { risk: 'unknown' });
    expect(position.findings.map(({ topic, value, origin }) => [topic, value, origin.option])).toEqual([
      ['level', 3, 'high'],
      ['police', 'report', 'high'],
      ['record', 'doubt', 'unknown'],
    ]);
    expect(position.doubts).toEqual([{ question: 'risk', ask: 'lead', text: 'Not sure.', whoKnows: 'The nurse' }]);
  });

  it('do not come from doubt if there is an answer', () => {
    const unknown = { label: '?', level: 3, ask: 'lead' };
    const risk = flow(
      [part('main', [ask('risk'), LAST])],
      [question('risk', 'one of', { options: [option('low')], unknown })],
    );
    const { doubts, findings, standing } = walk(risk, { risk: 'low' });
    expect({ doubts, findings, standing }).toEqual({ doubts: [], findings: [], standing: { level: 0 } });
  });

  it('also come from a doubt beside ticks, once each', () => {
    const position = walk(ladder([ask('signs'), LAST]), { signs: ['late', 'unknown'] });
    expect(position.doubts).toStrictEqual([{ question: 'signs' }]);
    expect(position.standing.level).toBe(2);
  });

  it('come from advice and the end, and not from skipped steps', () => {
    const steps = [
      advise('one', { police: 'consider', next: ['a', 'b'] }),
      advise('two', { when: is('danger', 'yes'), level: 3 }),
      end('last', { record: ['why'], parents: 'ask first' }),
    ];
    const { findings, standing } = walk(ladder(steps), {});
    expect(findings.map(({ topic, value, origin }) => `${topic} ${value} ${origin.step}`)).toEqual([
      'police consider one',
      'next a one',
      'next b one',
      'parents ask first last',
      'record why last',
    ]);
    expect(standing).toEqual({ level: 0, police: 'consider', parents: 'ask first' });
  });

  it('keep the strongest word, whatever comes later', () => {
    const steps = [
      advise('strong', { level: 3, parents: 'do not tell', consent: 'not needed', police: 'call 999' }),
      advise('weak', { level: 1, parents: 'tell', consent: 'needed', police: 'consider' }),
      LAST,
    ];
    const strongest = { level: 3, parents: 'do not tell', consent: 'not needed', police: 'call 999' };
    expect(walk(ladder(steps), {}).standing).toEqual(strongest);
    expect(walk(ladder([steps[1] as typeof LAST, steps[0] as typeof LAST, LAST]), {}).standing).toEqual(strongest);
  });

  it('can be read by the steps below', () => {
    const steps = [
      ask('signs'),
      end('severe', { when: { kind: 'level', min: 3 } }),
      advise('hush', { parents: 'do not tell' }),
      end('quiet', { when: { kind: 'stands', topic: 'parents', values: ['do not tell'] } }),
      LAST,
    ];
    expect(endOf(walk(ladder(steps), { signs: ['bruise'] }))).toBe('severe');
    expect(endOf(walk(ladder(steps), { signs: ['late'] }))).toBe('quiet');
  });
});

describe('advice', () => {
  const tell = advise('tell', { parents: 'tell', contacts: ['lead'], text: 'Tell them.', cite: ['S 2'] });

  it('is given with its contacts, in order', () => {
    const { advice } = walk(ladder([tell, advise('more'), LAST]), {});
    expect(advice.map(({ step, text, contacts, cite }) => [step, text, contacts, cite])).toEqual([
      ['tell', 'Tell them.', ['lead'], ['S 2']],
      ['more', 'more', [], []],
    ]);
  });

  it.each([
    ['parents', { parents: 'do not tell' as const }],
    ['consent', { consent: 'not needed' as const }],
  ])('gives way to a stronger word about %s, before or after it', (topic, strong) => {
    const weak = advise('weak', topic === 'parents' ? { parents: 'tell' } : { consent: 'needed' });
    for (const steps of [
      [weak, advise('strong', strong), LAST],
      [advise('strong', strong), weak, LAST],
    ]) {
      const { advice, outranked, standing } = walk(ladder(steps), {});
      expect(advice.map(({ step }) => step)).toEqual(['strong']);
      expect(outranked.map(({ step }) => step)).toEqual(['weak']);
      expect(standing).toMatchObject(strong);
    }
  });

  it('is kept beside the same word, other topics, and a stronger word about the police', () => {
    const steps = [
      tell,
      advise('same', { parents: 'tell' }),
      advise('ask', { police: 'consider' }),
      advise('ring', { police: 'call 999', consent: 'needed' }),
      LAST,
    ];
    const { advice, outranked } = walk(ladder(steps), {});
    expect(advice).toHaveLength(4);
    expect(outranked).toEqual([]);
  });
});

describe('a changed answer', () => {
  const steps = [ask('danger'), end('call', { when: is('danger', 'yes') }), ask('signs'), LAST];

  it('keeps later answers, which apply again if it is changed back', () => {
    const kept = { danger: 'yes', signs: ['late'] };
    expect(walk(ladder(steps), kept).unused).toEqual(['signs']);
    expect(endOf(walk(ladder(steps), kept))).toBe('call');
    const back = walk(ladder(steps), { ...kept, danger: 'no' });
    expect(back.unused).toEqual([]);
    expect(back.turns.map(({ answer }) => answer)).toEqual(['no', ['late']]);
  });

  it.each([
    ['an option that is gone', ['scratch']],
    ['nothing', []],
    ['"none" beside a tick', ['none', 'late']],
    ['a number', 3],
  ])('is asked again if it was %s', (_name, answer) => {
    const position = walk(ladder(steps), { danger: 'no', signs: answer });
    expect(endOf(position)).toBe('? signs');
    expect(position.unused).toEqual(['signs']);
  });

  it('keeps a date that is now in the past', () => {
    const day = question('day', 'date', { notBefore: 'today' });
    const dated = flow([part('main', [ask('day'), LAST])], [day]);
    expect(endOf(walk(dated, { day: '2020-02-20' }))).toBe('last');
  });
});
