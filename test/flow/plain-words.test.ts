/** A flow in plain words: everything about each step and question. */
import { describe, expect, it } from 'vitest';
import { describeMarks } from '../../server/flow/draw/describe-marks.ts';
import { drawLadders } from '../../server/flow/draw/draw.ts';
import { describeInPlainWords, ladderId, stepId } from '../../server/flow/draw/plain-words.ts';
import { describeQuestion } from '../../server/flow/draw/question-in-words.ts';
import type { Flow, Question, Unknown } from '../../server/flow/flow.ts';
import { advise, ask, call, createFlow, createQuestion, end, when } from './small-flow.ts';

const flow: Flow = {
  ...createFlow(
    [
      ask('danger', { leadsTo: 'careful' }),
      { kind: 'say', id: 'hint', text: 'A hint.', cite: ['DOC 2'], when: when('danger'), law: 'LAW' },
      call('parents'),
      advise('careful', { level: 2, contacts: ['desk', 'nobody'], cite: ['DOC 3'] }),
      end('watch', { text: 'More words.', next: ['write'], contacts: [] }),
      end('last'),
    ],
    [createQuestion('danger', { cite: ['DOC 4'] }), createQuestion('hurt')],
    { parents: [ask('hurt')] },
  ),
  next: { write: { id: 'write', do: 'Write', who: 'you', cite: [] } },
  record: { reason: { id: 'reason', write: 'Why', cite: [] } },
  definitions: { harm: { id: 'harm', term: 'Harm', text: 'Hurt', cite: [], also: [] } },
};

describe('a flow in words', () => {
  it('has its ladders, each with an id, and their steps in order', () => {
    const [own, called] = describeInPlainWords(flow);
    expect([own?.id, called?.id]).toEqual(['ladder-worry', 'ladder-parents']);
    expect(own).toMatchObject({ letter: '', part: 'worry', title: 'I am worried', calledFrom: [] });
    expect(own?.steps.map(({ id }) => id)).toEqual(
      ['danger', 'hint', 'parents', 'careful', 'watch', 'last'].map((step) => `step-worry-${step}`),
    );
    expect([ladderId('a'), stepId({ part: 'a', step: 'b' })]).toEqual(['ladder-a', 'step-a-b']);
  });

  it('describes everything about each step', () => {
    const [own] = describeInPlainWords(flow);
    const rungs = drawLadders(flow).flatMap((ladder) => ladder.rungs);
    const [asked, said, calling, advised, ended, last] = own?.steps ?? [];
    const nothing = { marks: [], contacts: [], when: [] };
    expect(asked).toStrictEqual({
      ...nothing,
      id: 'step-worry-danger',
      rung: rungs[0],
      text: 'Is there danger?',
      cite: ['DOC 4'],
      question: describeQuestion(flow, flow.questions.danger as Question, rungs[0] as (typeof rungs)[number]),
    });
    expect(said).toStrictEqual({
      ...nothing,
      id: 'step-worry-hint',
      rung: rungs[1],
      when: ['the answer to “Is there danger?” is “Yes”'],
      text: 'A hint.',
      cite: ['DOC 2'],
      law: 'LAW',
    });
    expect(calling).toMatchObject({ ...nothing, text: 'Ladder of parents', cite: ['DOC 1'] });
    expect(advised).toMatchObject({
      text: 'Mind careful',
      marks: ['Level 2: help by one agency'],
      contacts: ['The desk', 'nobody'],
      cite: ['DOC 3'],
    });
    expect(advised).not.toHaveProperty('more');
    expect(ended).toMatchObject({ text: 'Do watch', more: 'More words.', marks: ['Next step: Write'], contacts: [] });
    expect(last).not.toHaveProperty('more');
  });
});

describe('a question in words', () => {
  const speak = (given: Partial<Question>, doubt?: { step: string; name: string; label: string }) =>
    describeQuestion(flow, createQuestion('x', given), {
      part: 'worry',
      step: 'x',
      kind: 'ask',
      name: '1',
      text: '',
      when: [],
      ...(doubt !== undefined && { doubt }),
    });
  const doubted = (unknown: Partial<Unknown>, doubt?: { step: string; name: string; label: string }) =>
    speak({ unknown: { label: 'Hm', ...unknown } }, doubt).unknown;

  it('has what is written, and no more', () => {
    expect(speak({ options: [], unknown: { label: 'Hm' } })).toStrictEqual({
      why: 'It matters.',
      answering: 'Yes or no.',
      groups: [],
      unknown: [],
      terms: [],
      means: [],
    });
    expect(speak({ help: 'Help.', none: 'None', define: ['harm', 'other'] })).toMatchObject({
      help: 'Help.',
      none: 'None',
      terms: ['Harm', 'other'],
    });
  });

  it.each<[Partial<Question>, string]>([
    [{ type: 'one of' }, 'Choose one.'],
    [{ type: 'several of' }, 'Tick all that apply.'],
    [{ type: 'short text' }, 'A line of text.'],
    [{ type: 'long text' }, 'Text.'],
    [{ type: 'date' }, 'A date.'],
    [{ type: 'number' }, 'A whole number from 0 to any.'],
    [{ type: 'number', from: 2, to: 17, unit: 'years' }, 'A whole number from 2 to 17 years.'],
  ])('%j is answered: %s', (given, answering) => {
    expect(speak(given).answering).toBe(answering);
  });

  it('has its options with their marks, grouped under their titles', () => {
    const options = [
      { id: 'a', text: 'A', cite: ['DOC 1'], level: 2 },
      { id: 'b', text: 'B', help: 'Help', cite: [], group: 'g' },
    ];
    const groups = [
      { id: 'g', title: 'G', help: 'Of g' },
      { id: 'h', title: 'H' },
    ];
    const spoken = { text: 'B', help: 'Help', marks: [], cite: [] };
    expect(speak({ options, groups }).groups).toStrictEqual([
      { options: [{ text: 'A', marks: ['Level 2'], cite: ['DOC 1'] }] },
      { title: 'G', help: 'Of g', options: [spoken] },
      { title: 'H', options: [] },
    ]);
    expect(speak({ options: options.slice(1), groups: groups.slice(1) }).groups).toStrictEqual([
      { title: 'H', options: [] },
    ]);
  });

  it('says where doubt leads', () => {
    const leads = { step: 'watch', name: '5', label: 'Hm' };
    expect(doubted({ countsAs: 'yes' }, leads)).toEqual(['“Hm” leads to 5.']);
    expect(doubted({ countsAs: 'yes', ask: 'desk' })).toEqual([
      '“Hm” is treated as “Yes”: an assumption of Front Door, kept and shown as not known.',
    ]);
    expect(doubted({ ask: 'desk', goOn: 'so' })).toEqual([
      '“Hm”: the result says to ask The desk, and the questions go on.',
    ]);
    expect(doubted({ ask: 'somebody' })).toEqual(['“Hm”: the result says to ask somebody, and the questions go on.']);
    expect(doubted({ goOn: 'it can wait' })).toEqual(['“Hm”: the questions go on. It can wait.']);
    expect(doubted({ goOn: 'It can wait!' })).toEqual(['“Hm”: the questions go on. It can wait!']);
    expect(doubted({ text: 'Some text', whoKnows: 'the nurse', level: 3 })).toEqual([
      'Some text',
      'Who could tell: The nurse.',
      'Level 3: ',
    ]);
  });
});

describe('marks in words', () => {
  it('are the level with its name, each topic, the next steps and the lines of the record', () => {
    const all = { level: 1, parents: 'tell', consent: 'weigh', police: 'consider' } as const;
    expect(describeMarks(flow, { ...all, next: ['write', 'other'], record: ['reason', 'more'] })).toEqual([
      'Level 1: help for all',
      'Parents: tell',
      'Consent: weigh',
      'Police: consider',
      'Next step: Write',
      'Next step: other',
      'Write down: Why',
      'Write down: more',
    ]);
  });

  it('have the words of the scale', () => {
    const scaled = (scale: string[], scaleName: string) => ({ ...flow, area: { ...flow.area, scale, scaleName } });
    expect(describeMarks(scaled(['Low', 'Level 21'], 'Risk, as seen'), { level: 1 })).toEqual(['Risk 1: Low']);
    expect(describeMarks(scaled(['x', 'LEVEL 2,  high'], 'Level'), { level: 2 })).toEqual(['Level 2: high']);
    expect(describeMarks(scaled(['a level 1'], 'Level'), { level: 1 })).toEqual(['Level 1: a level 1']);
    expect(describeMarks(flow, { level: 9 })).toEqual(['Level 9']);
    expect(describeMarks(flow, { level: 1, next: ['write'] }, true)).toEqual(['Level 1', 'Next step: Write']);
  });
});
