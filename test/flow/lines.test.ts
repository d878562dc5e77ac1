/**
 * Lines with conditions: the walk and the proof leave out the same lines, and never keep two that contradict each
 * other.
 */
import { describe, expect, it } from 'vitest';
import { breachesOf, type Rule } from '../../server/flow/check/safety.ts';
import type { Condition, EndStep, Flow, Line, Option } from '../../server/flow/flow.ts';
import { describeProof } from '../../server/flow/prove/describe.ts';
import { isProved, prove } from '../../server/flow/prove/prove.ts';
import { outcomeOf } from '../../server/flow/walk/outcome.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { ask, createFlow, createQuestion, end } from './small-flow.ts';

const GROUPS = [{ id: 'channel', says: 'How', words: ['by telephone', 'in writing'] }];
const marked = (id: string, marks: Partial<Option>): Option => ({ id, text: id, cite: [], ...marks });
const agreed: Line = { onlyWith: { kind: 'no', of: [{ kind: 'is', fact: 'agreed', how: 'any', options: ['yes'] }] } };

/** `form` appears with "harm", `ring` with "agreed"; both can appear in one interview. */
function twoLines(form: Line = {}, contact: Line = {}): Flow {
  const question = (id: string, next: string) =>
    createQuestion(id, {
      options: [marked('yes', { next: [next] }), marked('no', {})],
      means: [{ meaning: `reader_${id}`, when: { kind: 'is', fact: id, how: 'any', options: ['yes'] } }],
    });
  const flow = createFlow(
    [ask('harm'), ask('agreed'), end('talk')],
    [question('harm', 'form'), question('agreed', 'ring')],
  );
  const step = (id: string, line: Line) => ({ id, do: id, who: 'you', cite: [], ...line });
  return {
    ...flow,
    next: {
      form: { ...step('form', { oneOf: { channel: 'in writing' }, ...form }), with: 'team' },
      ring: step('ring', { oneOf: { channel: 'by telephone' } }),
    },
    contacts: {
      ...flow.contacts,
      team: { id: 'team', name: 'The team', phones: [], for: 'All', cite: [], ...contact },
    },
  };
}

const BOTH = { harm: 'yes', agreed: 'yes' };
const proofOf = (flow: Flow) => prove(flow, [], { floor: { groups: GROUPS, firstAsked: [] } });

describe('two lines of one group', () => {
  it('are reported if both can appear, with an example that can be walked', () => {
    const [found, ...more] = proofOf(twoLines()).floor?.contradictions ?? [];
    expect(more).toEqual([]);
    expect(found?.lines).toEqual(['next "ring" (channel: by telephone)', 'next "form" (channel: in writing)']);
    expect(found?.example.answers).toEqual(BOTH);
  });

  it('are accepted once one of them says when it makes sense', () => {
    const flow = twoLines(agreed);
    expect(proofOf(flow).floor?.contradictions).toEqual([]);
    expect([...outcomeOf(flow, walk(flow, BOTH)).next]).toEqual(['ring']);
    expect(walk(flow, BOTH).leftOut).toEqual(['next form']);
    expect([...outcomeOf(flow, walk(flow, { harm: 'yes', agreed: 'no' })).next]).toEqual(['form']);
  });
});

describe('a line to the reader', () => {
  it.each<[string, Line, Line]>([
    ['the line says so itself', { to: ['reader_agreed'] }, {}],
    ['the contact says so whom it is done with', {}, { to: ['reader_agreed'] }],
  ])('is left out if %s', (_name, form, contact) => {
    const flow = twoLines(form, contact);
    expect([...outcomeOf(flow, walk(flow, BOTH)).next]).toEqual(['ring']);
    expect([...outcomeOf(flow, walk(flow, { harm: 'yes', agreed: 'no' })).next]).toEqual(['form']);
    expect(proofOf(flow).floor?.contradictions).toEqual([]);
  });
});

describe('an end that sends somebody to themselves', () => {
  const SOMEBODY: Condition = { kind: 'is', fact: 'agreed', how: 'any', options: ['yes'] };
  const acts = { action: 'Do it yourself', text: 'It is yours.', contacts: ['mine'], cite: [] };
  const contact = (id: string, line: Line = {}) => ({ id, name: id, phones: [], for: 'All', cite: [], ...line });
  function sending(line: Partial<EndStep>, actsThemselves?: typeof acts): Flow {
    const asked = createQuestion('agreed', { means: [{ meaning: 'reader_agreed', when: SOMEBODY }] });
    const flow = createFlow([ask('agreed'), end('talk', line)], [asked]);
    const meaning = { id: 'reader_agreed', says: 'The reader', kind: ['reader' as const], cite: [] };
    return {
      ...flow,
      contacts: { desk: contact('desk', { to: ['reader_agreed'] }), mine: contact('mine') },
      meanings: { reader_agreed: { ...meaning, ...(actsThemselves !== undefined && { actsThemselves }) } },
    };
  }
  const endOf = (flow: Flow, agreed: string) => {
    const { at } = walk(flow, { agreed });
    return at.kind === 'end' ? at.end : undefined;
  };

  it('tells them what to do, with their own contacts, and tells everybody else what it says', () => {
    const flow = sending({}, acts);
    expect(endOf(flow, 'yes')).toMatchObject({ id: 'talk', action: 'Do it yourself', contacts: ['mine'] });
    expect(endOf(flow, 'no')).toMatchObject({ contacts: ['desk'] });
    expect(proofOf(flow).floor?.faults).toEqual([]);
  });

  it('can have its own words for them, and then keeps its text', () => {
    const words = { reader_agreed: 'Take it up' };
    const flow = sending({ text: 'As written.', contacts: ['desk', 'mine'], actsThemselves: words }, acts);
    expect(endOf(flow, 'yes')).toMatchObject({ action: 'Take it up', text: 'As written.', contacts: ['mine'] });
  });

  it('is a fault if nothing says what they have to do', () => {
    const faults = proofOf(sending({})).floor?.faults ?? [];
    expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining('no contact of this end is left')]);
  });

  it('keeps a rule that demands the contact, because that person need not be told', () => {
    const rule: Rule = {
      ...{ id: 'desk_hears', says: 'The desk hears', cite: [], at: { file: 'x', line: 1, column: 1 } },
      whenever: { kind: 'all', of: [] },
      always: { contact: ['desk'], 'first contact': ['desk'] },
    };
    const flow = sending({}, acts);
    expect(prove(flow, [rule]).rules.map(({ result }) => result)).toEqual(['holds']);
    expect(breachesOf(rule, outcomeOf(flow, walk(flow, { agreed: 'yes' })))).toEqual([]);
    const other = { ...rule, always: { contact: ['mine'] } };
    expect(prove(flow, [other]).rules.map(({ result }) => result)).toEqual(['broken']);
  });

  it('is a fault if nobody was asked who they are', () => {
    const flow = sending({}, acts);
    const parts = {
      ...flow.parts,
      [flow.id]: { ...(flow.parts[flow.id] as Flow['parts'][string]), steps: [end('talk')] },
    };
    const messages = proofOf({ ...flow, parts }).floor?.faults.map(({ message }) => message);
    expect(messages).toEqual([
      expect.stringContaining('sends the reader to somebody who may be the reader (The reader)'),
    ]);
  });
});

describe('an end', () => {
  it('that makes no sense for somebody who reaches it is a fault', () => {
    const flow = createFlow([ask('agreed'), end('talk', agreed)], [createQuestion('agreed')]);
    expect(proofOf(flow).floor?.faults.map(({ message }) => message)).toEqual([
      expect.stringContaining('the end comes out where its "only with" does not hold'),
    ]);
  });

  it('must keep a contact', () => {
    const flow = createFlow([ask('agreed'), end('talk')], [createQuestion('agreed')]);
    const desk = { ...(flow.contacts.desk as Flow['contacts'][string]), ...agreed };
    const faults = proofOf({ ...flow, contacts: { desk } }).floor?.faults ?? [];
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringContaining('no contact of this end is left: agreed = yes'),
    ]);
  });
});

describe('"I don’t know" that gives less help than every known answer', () => {
  const flow = createFlow(
    [ask('harm', { leadsTo: 'talk' }), end('refer', { level: 2 }), end('talk')],
    [createQuestion('harm')],
  );

  it('fails the proof if there is a floor, and names the question', () => {
    expect(isProved(proofOf(flow))).toBe(false);
    expect(describeProof(proofOf(flow))).toContain('look at "harm": "I don\'t know" gives less level');
    expect(isProved(prove(flow, []))).toBe(true);
  });
});

describe('a definite answer', () => {
  const KIND = { hurt: { id: 'hurt', says: 'Hurt', kind: ['harm' as const], cite: [] } };
  const UNKNOWN: Condition = { kind: 'unknown', fact: 'harm' };
  function flowWith(refer: Partial<EndStep>, changes: Partial<Flow['questions'][string]> = {}): Flow {
    const question = createQuestion('harm', {
      means: [{ meaning: 'hurt', when: { kind: 'is', fact: 'harm', how: 'any', options: ['yes'] } }],
      ...changes,
    });
    return {
      ...createFlow([ask('harm'), end('refer', { when: UNKNOWN, ...refer }), end('talk')], [question]),
      meanings: KIND,
    };
  }
  const timid = (flow: Flow) => proofOf(flow).floor?.definite.timid.map(({ question, measure }) => [question, measure]);

  it.each<[string, Partial<EndStep>]>([
    ['level', { level: 2 }],
    ['police', { police: 'consider' }],
    ['time', { within: 'at once' }],
  ])('never gives less than doubt: the %s', (measure, refer) => {
    const flow = flowWith(refer);
    expect(timid(flow)).toEqual([['harm', measure]]);
    expect(isProved(proofOf(flow))).toBe(false);
    expect(describeProof(proofOf(flow))).toContain('than "I don\'t know". Mend it, or say "weaker than doubt because"');
  });

  it('may give less if the author gives a reason, and the reason counts as used', () => {
    const why = { weakerThanDoubt: [{ option: 'yes', why: 'So it is.', cite: [] }] };
    const proof = proofOf(flowWith({ level: 2 }, why));
    expect(proof.floor?.definite).toEqual({ timid: [], reasonsUsed: ['harm yes'] });
    expect(proofOf(flowWith({}, why)).floor?.definite.reasonsUsed).toEqual([]);
  });

  it('that says "no", or has no meaning, may give less', () => {
    expect(timid(flowWith({ level: 2 }, { means: [] }))).toEqual([]);
    const no = { meaning: 'hurt', when: { kind: 'is', fact: 'harm', how: 'any', options: ['no'] } } as const;
    expect(timid(flowWith({ level: 2 }, { means: [{ ...no, when: { ...no.when, options: ['no'] } }] }))).toEqual([
      ['harm', 'level'],
    ]);
  });
});

describe('doubt', () => {
  const untimed = (question: Flow['questions'][string], meanings: NonNullable<Flow['meanings']> = {}): Flow => ({
    ...createFlow([ask('harm'), ask('other'), end('talk', { within: 'no set time' })], [question, OTHER]),
    meanings,
  });
  const OTHER = createQuestion('other', { options: [marked('some', {}), marked('more', {})], type: 'one of' });
  const problems = (flow: Flow) => proofOf(flow).floor?.doubts.map(({ problem }) => problem);

  it('alone never ends without a time', () => {
    expect(problems(untimed(createQuestion('harm')))).toEqual(['no time is set']);
  });

  it('about harm never ends without a time, whatever else is answered', () => {
    const harm = createQuestion('harm', {
      means: [{ meaning: 'hurt', when: { kind: 'is', fact: 'harm', how: 'any', options: ['yes'] } }],
    });
    const meanings = { hurt: { id: 'hurt', says: 'Hurt', kind: ['harm' as const], cite: [] } };
    expect(problems(untimed(harm, meanings))).toEqual(['no time is set', 'no time is set for doubt about harm']);
  });
});

describe('a rule that demands a step with somebody', () => {
  const rule: Rule = {
    ...{ id: 'step', says: 'A step', cite: [], at: { file: 'x', line: 1, column: 1 } },
    whenever: { kind: 'is', fact: 'harm', how: 'any', options: ['yes'] },
    always: { 'a step with': ['team'] },
  };
  const within = (time?: string): Flow => {
    const flow = twoLines();
    const form = { ...(flow.next.form as Flow['next'][string]), ...(time !== undefined && { within: time }) };
    return { ...flow, next: { ...flow.next, form } };
  };

  it('is met only by a step that has a time', () => {
    expect(prove(within('today'), [rule]).rules.map(({ result }) => result)).toEqual(['holds']);
    const [verdict] = prove(within(), [rule]).rules;
    expect(verdict?.breach?.wrong).toEqual(['no next step with a time is done with one of these contacts: team']);
  });
});

describe('a rule that demands the area’s tool', () => {
  const rule: Rule = {
    ...{ id: 'tool', says: 'The tool', cite: [], at: { file: 'x', line: 1, column: 1 } },
    whenever: { kind: 'all', of: [] },
    always: { 'the tool for': ['neglect'] },
  };
  const flowWith = (line: Partial<EndStep>, tools?: Record<string, string>): Flow => {
    const flow = createFlow([ask('agreed'), end('talk', line)], [createQuestion('agreed')]);
    return { ...flow, area: { ...flow.area, ...(tools !== undefined && { tools }) } };
  };
  const TOOLS = { neglect: 'The Profile' };

  it.each<[string, Flow, string]>([
    ['an action that does not name it', flowWith({ action: 'Ring' }, TOOLS), 'broken'],
    ['an action that names it', flowWith({ action: 'Ring, and use The Profile' }, TOOLS), 'holds'],
    ['something to be done at once', flowWith({ action: 'Ring', within: 'at once' }, TOOLS), 'holds'],
    ['an area without one', flowWith({ action: 'Ring' }), 'holds'],
  ])('sees %s', (_name, flow, result) => {
    expect(prove(flow, [rule]).rules.map((verdict) => verdict.result)).toEqual([result]);
  });
});

describe('doubt alone', () => {
  const flowWith = (marks: Partial<Flow['questions'][string]['unknown']>) =>
    createFlow(
      [ask('harm'), end('talk')],
      [createQuestion('harm', { unknown: { label: 'I don’t know', goOn: 'on', ...marks } })],
    );

  it.each<[string, Parameters<typeof flowWith>[0], string[]]>([
    ['the police', { police: 'report' }, ['the police are called out']],
    ['the highest level', { level: 3 }, ['the highest level comes out']],
    ['something lesser', { police: 'consider', level: 2 }, []],
  ])('giving %s', (_name, marks, says) => {
    expect(proofOf(flowWith(marks)).floor?.doubts.map((one) => one.problem)).toEqual(says);
  });

  it('is not alone if somebody said that something is wrong', () => {
    const question = createQuestion('harm', { options: [marked('yes', { police: 'report' }), marked('no', {})] });
    expect(proofOf(createFlow([ask('harm'), end('talk')], [question])).floor?.doubts).toEqual([]);
  });
});
