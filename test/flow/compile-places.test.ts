/** Every reference is checked, and a wrong name is reported at its place. */
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { swap, TODAY, town } from './small-content.ts';

type Changes = NonNullable<Parameters<typeof town>[0]>;

const told = (changes: Changes) =>
  loadLibrary(town(changes), TODAY).problems.map(
    ({ file, line, column, message }) => `${file.replace('flows/town/', '')}:${line}:${column}: ${message}`,
  );

/** Line and column of the words in the file. */
function placeIn(changes: Changes, file: string, words: string): string {
  const text = town(changes).find(({ name }) => name === file)?.text ?? '';
  const before = text.slice(0, text.indexOf(words)).split('\n');
  expect(text).toContain(words);
  return `${file}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

const TABLES: Changes = {
  'contacts.yaml': (text) =>
    `${text}  mail:\n    name: Mail\n    phones: [{ number: 111, cite: DOC 1 }, { number: 222, cite: DOC 1 }]\n    for: x\n    cite: DOC 1\n    checked on: not checked\n`,
  'timetable.yaml': 'next:\n  write:\n    do: Write\n    who: You\n    whose: yours\n    with: mail\n    cite: DOC 1\n',
  'record.yaml': 'record:\n  reason:\n    write: Why\n    cite: DOC 1\n',
  'definitions.yaml': 'definitions:\n  harm:\n    term: Harm\n    text: Hurt.\n    cite: DOC 1\n',
};

const STEPS = `  - say: hint
    text: A hint.
    cite: DOC 1

  - advise: mind
    text: Mind.
    cite: DOC 1
    contact: mail
    next: write
    record: reason

  - ask: risk
    question: Which?
    why: So.
    type: one of
    define: harm
    order: rising
    order exceptions:
      - { option: low, why: So., cite: DOC 1 }
      - { option: mid, why: So., cite: DOC 1 }
    each: { cite: DOC 1 }
    options:
      low: { text: Low, cite: DOC 1, level: 1, next: write }
      mid: { text: Mid, level: 2, record: reason }
      high: High
    unknown: { ask: desk, next: write, record: reason }
    cite: DOC 1

  - ask: ticks
    question: Which?
    why: So.
    type: several of
    none: None
    groups:
      one:
        title: One
        options:
          a: { text: A, cite: DOC 1, level: 1 }
          b: { text: B, level: 2 }
    unknown: { ask: desk }
    cite: DOC 1

  - end: soon
    when: { danger: unknown }
    action: Soon
    within: today
    text: More words.
    consent: needed
    contacts: [desk]
    cite: DOC 1

  - end: talk`;

/** The area with all tables and steps, and one change in one file. */
const all = (name = 'worry.yaml', from = 'flow: worry', to = 'flow: worry'): Changes => {
  const base: Changes = { ...TABLES, 'worry.yaml': swap('  - end: talk', STEPS) };
  const change = base[name];
  const changed = swap(from, to);
  return { ...base, [name]: typeof change === 'string' ? changed(change) : (text) => changed(change?.(text) ?? text) };
};

it('all of it is sound', () => {
  expect(told(all())).toEqual([]);
});

const BAD = 'there is no "DOC 3" in sources.yaml. DOC has: 1, 2.';

describe('a wrong paragraph is reported', () => {
  it.each<[string, string, string]>([
    ['a flow', 'worry.yaml', 'title: A worry\ncite: DOC 1'],
    ['a question', 'worry.yaml', '{ counts as: yes }\n    cite: DOC 1'],
    ['an end', 'worry.yaml', '[desk]\n    cite: DOC 1'],
    ['what is said', 'worry.yaml', 'A hint.\n    cite: DOC 1'],
    ['advice', 'worry.yaml', 'Mind.\n    cite: DOC 1'],
    ['an exception', 'worry.yaml', '{ option: low, why: So., cite: DOC 1'],
    ['another exception', 'worry.yaml', '{ option: mid, why: So., cite: DOC 1'],
    ['an option', 'worry.yaml', '{ text: Low, cite: DOC 1'],
    ['an option of a group', 'worry.yaml', '{ text: A, cite: DOC 1'],
    ['a contact', 'contacts.yaml', 'for: Every doubt\n    cite: DOC 1'],
    ['a telephone', 'contacts.yaml', '{ number: 111, cite: DOC 1'],
    ['another telephone', 'contacts.yaml', '{ number: 222, cite: DOC 1'],
    ['a next step', 'timetable.yaml', 'cite: DOC 1'],
    ['a record line', 'record.yaml', 'cite: DOC 1'],
    ['a definition', 'definitions.yaml', 'cite: DOC 1'],
  ])('of %s', (_name, file, from) => {
    const changes = all(file, from, from.replace('DOC 1', 'DOC 3'));
    expect(new Set(told(changes))).toEqual(new Set([`${placeIn(changes, file, 'cite: DOC 3')}: ${BAD}`]));
  });

  it('of an option at each option to which it applies', () => {
    const changes = all('worry.yaml', 'each: { cite: DOC 1', 'each: { cite: DOC 3');
    expect(told(changes)).toEqual(
      ['mid: { text', 'high: High'].map((words) => `${placeIn(changes, 'worry.yaml', words)}: ${BAD}`),
    );
  });
});

describe('a wrong name is reported', () => {
  const NEXT = 'no next step is called "wrong". Write it in timetable.yaml, of the area or of national.';
  const RECORD = 'no record line is called "wrong". Write it in record.yaml, of the area or of national.';
  const CONTACT = 'no contact is called "wrong". Write it in contacts.yaml, of the area or of national.';
  const DEFINITION = 'no definition is called "wrong". Write it in definitions.yaml, of the area or of national.';
  const level = (number: number) => `level ${number} is not on the scale of area.yaml, which goes from 1 to 3.`;
  /** `#` marks the key at which the problem is reported. */
  it.each<[string, string, string, string, string]>([
    ['contact of advice', 'worry.yaml', 'contact: mail', '#contact: wrong', CONTACT],
    ['contact of an end', 'worry.yaml', 'contacts: [desk]', '#contacts: [desk, wrong]', CONTACT],
    ['contact of doubt', 'worry.yaml', '{ ask: desk, next', '{ #ask: wrong, next', CONTACT],
    ['contact of a next step', 'timetable.yaml', 'with: mail', '#with: wrong', CONTACT],
    ['front door', 'area.yaml', 'front door: desk', '#front door: wrong', CONTACT],
    ['next step of advice', 'worry.yaml', 'next: write\n', '#next: wrong\n', NEXT],
    ['next step of an option', 'worry.yaml', 'level: 1, next: write', 'level: 1, #next: wrong', NEXT],
    ['next step of doubt', 'worry.yaml', 'desk, next: write', 'desk, #next: wrong', NEXT],
    ['record line of advice', 'worry.yaml', 'record: reason\n', '#record: wrong\n', RECORD],
    ['record line of an option', 'worry.yaml', 'level: 2, record: reason', 'level: 2, #record: wrong', RECORD],
    ['definition', 'worry.yaml', 'define: harm', '#define: wrong', DEFINITION],
    ['level of an end', 'worry.yaml', 'level: 3\n', '#level: 4\n', level(4)],
    ['level of an option', 'worry.yaml', 'DOC 1, level: 1, next', 'DOC 1, #level: 0, next', level(0)],
    ['level of an option of a group', 'worry.yaml', 'text: B, level: 2', 'text: B, #level: 9', level(9)],
  ])('%s', (...[, file, from, to, message]) => {
    const changes = all(file, from, to.replace('#', ''));
    const place = placeIn(changes, file, to.slice(to.indexOf('#') + 1));
    expect([...new Set(told(changes))]).toEqual([`${place}: ${message}`]);
  });

  it('question, flow, law', () => {
    const step = (text: string) => told({ 'worry.yaml': swap('  - end: talk', `${text}\n  - end: talk`) });
    expect(step('  - ask: nothing')).toEqual([
      'worry.yaml:38:5: no question is called "nothing". Write it in questions.yaml, of the area or of national.',
    ]);
    expect(step('  - call: nothing')).toEqual([
      'worry.yaml:38:5: no flow is called "nothing". Write it in a file of its name, of the area or of national.',
    ]);
    expect(step('  - say: hint\n    law: NONE\n    text: H.\n    cite: DOC 1')).toEqual([
      'worry.yaml:39:5: no source is called "NONE". Write it in sources.yaml, of the area or of national.',
    ]);
    expect(step('  - say: hint\n    law: DOC\n    text: H.\n    cite: DOC 1')).toEqual([
      'worry.yaml:39:5: the source "DOC" has no "in force from". Add a date, or "not known".',
    ]);
    expect(step('  - say: hint\n    text: H.\n    cite: DIC')).toEqual([
      'worry.yaml:40:5: no source is called "DIC". Did you mean "DOC"? Write it in sources.yaml, of the area or of national.',
    ]);
  });
});

it('what is not written is left out', () => {
  const flow = loadLibrary(town(all()), TODAY).library.areas.get('town')?.flows.get('worry');
  expect(flow?.sources.DOC).toStrictEqual({
    id: 'DOC',
    title: 'The document',
    publisher: 'Town',
    published: 'undated',
    paragraphs: { 1: 'The first', 2: 'The second' },
  });
  expect(flow?.next.write).toStrictEqual({
    id: 'write',
    do: 'Write',
    who: 'You',
    whose: 'yours',
    with: 'mail',
    cite: ['DOC 1'],
  });
  expect(flow?.definitions.harm).toStrictEqual({ id: 'harm', term: 'Harm', text: 'Hurt.', cite: ['DOC 1'], also: [] });
  const steps = flow?.parts.worry?.steps ?? [];
  expect(steps.at(-2)).toStrictEqual({
    kind: 'end',
    id: 'soon',
    when: { kind: 'unknown', fact: 'danger' },
    action: 'Soon',
    within: 'today',
    text: 'More words.',
    contacts: ['desk'],
    cite: ['DOC 1'],
    consent: 'needed',
  });
  const ending = { action: 'Talk to the desk', within: 'no set time', contacts: ['desk'], cite: ['DOC 2'] };
  expect(steps.at(-1)).toStrictEqual({ kind: 'end', id: 'talk', ...ending });
  expect(steps.find(({ id }) => id === 'signs')).toStrictEqual({ kind: 'ask', id: 'signs', question: 'signs' });
  expect(flow?.area).not.toHaveProperty('council');
  const base = { why: 'So.', text: 'Which?', cite: ['DOC 1'], forRecord: false };
  expect(flow?.questions.ticks).toStrictEqual({
    ...base,
    id: 'ticks',
    type: 'several of',
    define: [],
    none: 'None',
    unknown: { label: 'I don’t know', ask: 'desk' },
    options: [
      { id: 'a', text: 'A', cite: ['DOC 1'], level: 1, group: 'one' },
      { id: 'b', text: 'B', cite: [], level: 2, group: 'one' },
    ],
    groups: [{ id: 'one', title: 'One' }],
    rising: false,
    exceptions: [],
  });
  expect(flow?.questions.risk).toStrictEqual({
    ...base,
    id: 'risk',
    type: 'one of',
    define: ['harm'],
    unknown: { label: 'I don’t know', ask: 'desk', next: ['write'], record: ['reason'] },
    options: [
      { id: 'low', text: 'Low', cite: ['DOC 1'], level: 1, next: ['write'] },
      { id: 'mid', text: 'Mid', cite: ['DOC 1'], level: 2, record: ['reason'] },
      { id: 'high', text: 'High', cite: ['DOC 1'] },
    ],
    groups: [],
    rising: true,
    exceptions: [
      { option: 'low', why: 'So.', cite: ['DOC 1'] },
      { option: 'mid', why: 'So.', cite: ['DOC 1'] },
    ],
  });
});
