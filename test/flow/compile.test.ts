import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import type { Condition, Flow, Question } from '../../server/flow/flow.ts';
import { getPart, getQuestion } from '../../server/flow/flow.ts';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import { swap, TODAY, town } from './small-content.ts';

type Changes = NonNullable<Parameters<typeof town>[0]>;

function compiled(changes: Changes = {}, more: ContentFile[] = [], today = TODAY): Flow {
  const { library, problems } = loadLibrary([...town(changes), ...more], today);
  expect(problems).toStrictEqual([]);
  const flow = library.areas.get('town')?.flows.get('worry');
  if (flow === undefined) throw new Error('the town has no flow');
  return flow;
}

function messages(changes: Changes): string[] {
  return loadLibrary(town(changes), TODAY).problems.map(({ message }) => message);
}

const asked = (body: string) => `  - ask: more\n    question: More?\n    why: Because.\n    cite: DOC 2\n${body}\n`;
/** The town with one more question before the end "talk". */
const withQuestion = (body: string): Changes => ({
  'worry.yaml': swap('  - end: refer', `${asked(body)}\n  - end: refer`),
});

describe('a flow', () => {
  it('has the head of its door and the facts of its area', () => {
    const flow = compiled({ 'area.yaml': swap('    for: professional', '    for: public') });
    expect(flow).toMatchObject({ id: 'worry', title: 'I am worried', reader: 'public', holidays: [], definitions: {} });
    expect(flow.area).toStrictEqual({
      id: 'town',
      name: 'Town',
      frontDoor: 'desk',
      frontDoorName: 'the desk',
      referenceLetter: 'T',
      scale: ['Level 1', 'Level 2', 'Level 3'],
      scaleName: 'Level',
    });
  });

  it('has the council and the name of the scale, if they are written', () => {
    const { area } = compiled({
      'area.yaml': swap('name: Town\n', 'name: Town\ncouncil: Town Council\nscale is: Risk\n'),
    });
    expect(area).toMatchObject({ council: 'Town Council', scaleName: 'Risk' });
  });

  it('has its steps as written', () => {
    const { steps, cite, returns, mayKnow, title } = getPart(compiled(), 'worry');
    expect({ cite, returns, mayKnow, title }).toStrictEqual({
      cite: ['DOC 1'],
      returns: [],
      mayKnow: [],
      title: 'A worry',
    });
    expect(steps.map(({ kind, id }) => `${kind} ${id}`)).toStrictEqual([
      'ask danger',
      'end call',
      'ask signs',
      'end refer',
      'end talk',
    ]);
    expect(steps[1]).toStrictEqual({
      kind: 'end',
      id: 'call',
      when: { kind: 'is', fact: 'danger', how: 'any', options: ['yes'] },
      action: 'Call now',
      within: 'at once',
      contacts: ['desk'],
      cite: ['DOC 1'],
      level: 3,
    });
    expect(steps[4]).not.toHaveProperty('when');
  });

  it('has what a called flow returns and may know, and where "I don’t know" leads', () => {
    const flow = compiled({
      'worry.yaml': (text) =>
        swap(
          '{ ask: desk, level: 2 }',
          '{ leads to: talk, level: 2 }',
        )(swap('  - ask: signs', '  - call: more\n\n  - ask: signs')(text)),
      'more.yaml': `flow: more
title: More
cite: DOC 1
returns: parents
may know: [signs]
steps:
  - say: hint
    text: A hint.
    cite: DOC 2
  - advise: hush
    text: Tell nobody.
    cite: [DOC 1, DOC 2]
    parents: ask first
    contact: desk
    then: return
`,
    });
    expect(getPart(flow, 'more')).toMatchObject({ returns: ['parents'], mayKnow: ['signs'] });
    expect(getPart(flow, 'more').steps).toStrictEqual([
      { kind: 'say', id: 'hint', text: 'A hint.', cite: ['DOC 2'] },
      {
        kind: 'advise',
        id: 'hush',
        text: 'Tell nobody.',
        cite: ['DOC 1', 'DOC 2'],
        contacts: ['desk'],
        returns: true,
        parents: 'ask first',
      },
    ]);
    expect(getPart(flow, 'worry').steps).toContainEqual({ kind: 'call', id: 'more', flow: 'more' });
    expect(getPart(flow, 'worry').steps).toContainEqual({
      kind: 'ask',
      id: 'signs',
      question: 'signs',
      leadsTo: 'talk',
    });
  });

  it('throws for a part or a question that it does not have', () => {
    expect(() => getPart(compiled(), 'nowhere')).toThrow('flow worry has no part nowhere');
    expect(() => getQuestion(compiled(), 'toString')).toThrow('flow worry has no question toString');
  });
});

describe('a law', () => {
  const law = (from: string): Changes => ({
    'worry.yaml': swap(
      '  - end: talk',
      '  - advise: duty\n    law: LAW\n    text: A duty.\n    record: reason\n    cite: LAW 1\n\n  - end: talk',
    ),
    'record.yaml': 'record:\n  reason:\n    write: Why\n    cite: DOC 1\n',
    'sources.yaml': (text) =>
      `${text}  LAW:\n    title: A law\n    publisher: P\n    published: undated\n    in force from: ${from}\n    paragraphs:\n      1: One\n`,
  });
  const has = (from: string) => getPart(compiled(law(from)), 'worry').steps.some(({ id }) => id === 'duty');

  it('applies from the day on which it is in force', () => {
    expect([has('not known'), has('2026-11-23'), has('2026-11-22'), has('2020-01-01')]).toStrictEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(compiled(law('2020-01-01')).sources.LAW).toMatchObject({ inForceFrom: '2020-01-01' });
    expect(getPart(compiled(law('2020-01-01')), 'worry').steps).toContainEqual(
      expect.objectContaining({ id: 'duty', law: 'LAW' }),
    );
  });

  it('needs a source with a day, or "not known"', () => {
    const without = {
      ...law('x'),
      'sources.yaml': (text: string) =>
        swap('    in force from: x\n', '')((law('x')['sources.yaml'] as (text: string) => string)(text)),
    };
    expect(messages(without)).toContainEqual(
      expect.stringMatching(/^the source "LAW" has no "in force from"\. Add a date, or "not known"\.$/),
    );
    expect(messages({ 'worry.yaml': swap('- end: refer\n', '- end: refer\n    law: LOW\n') })).toContainEqual(
      expect.stringMatching(/^no source is called "LOW"/),
    );
  });
});

describe('a question', () => {
  const more = (body: string): Question => getQuestion(compiled(withQuestion(body)), 'more');

  it('of yes or no has the two options, with the marks that are written', () => {
    const { options } = more(
      '    type: yes or no\n    each: { police: consider }\n    options:\n      yes: { text: Yes indeed, level: 3 }\n    unknown: { counts as: yes }',
    );
    expect(options).toStrictEqual([
      { id: 'yes', text: 'Yes indeed', cite: [], level: 3, police: 'consider' },
      { id: 'no', text: 'No', cite: [], police: 'consider' },
    ]);
  });

  it('gives options the marks of their group and of the question, unless they have their own', () => {
    const body = `    type: several of
    each: { level: 1, police: consider, cite: DOC 1 }
    groups:
      first:
        title: The first
        help: Some help.
        each: { level: 2 }
        options:
          one: One
          two: { text: Two, help: More, level: 3, police: report, cite: DOC 2 }
      second:
        title: The second
        options: { three: Three }
    none: None
    unknown: { ask: front_door, text: Not sure., who knows: The nurse, label: No idea, police: consider }`;
    const question = more(body);
    expect(question.groups).toStrictEqual([
      { id: 'first', title: 'The first', help: 'Some help.' },
      { id: 'second', title: 'The second' },
    ]);
    expect(question.options).toStrictEqual([
      { id: 'one', text: 'One', cite: ['DOC 1'], level: 2, police: 'consider', group: 'first' },
      { id: 'two', text: 'Two', help: 'More', cite: ['DOC 2'], level: 3, police: 'report', group: 'first' },
      { id: 'three', text: 'Three', cite: ['DOC 1'], level: 1, police: 'consider', group: 'second' },
    ]);
    expect(question.unknown).toStrictEqual({
      label: 'No idea',
      ask: 'desk',
      text: 'Not sure.',
      whoKnows: 'The nurse',
      police: 'consider',
    });
  });

  it('of a number or a date has its bounds', () => {
    expect(
      more(
        '    type: number\n    from: 0\n    to: 17\n    unit: years\n    for the record: yes\n    unknown: { counts as: 12 }',
      ),
    ).toMatchObject({
      from: 0,
      to: 17,
      unit: 'years',
      forRecord: true,
      rising: false,
      unknown: { label: 'I don’t know', countsAs: '12' },
    });
    expect(
      more(
        '    type: date\n    not before: 2020-01-01\n    not after: today\n    help: Some help.\n    unknown: { go on: It goes on. }',
      ),
    ).toMatchObject({
      notBefore: '2020-01-01',
      notAfter: 'today',
      help: 'Some help.',
      unknown: { goOn: 'It goes on.' },
    });
  });

  it('has its order and the exceptions to it, with their sources', () => {
    const body = `    type: one of
    order: rising
    order exceptions: [{ option: low, why: It is so., cite: DOC 2 }]
    options:
      low: { text: Low, level: 1 }
      high: { text: High, level: 3 }
    unknown: { counts as: high }`;
    expect(more(body)).toMatchObject({
      rising: true,
      exceptions: [{ option: 'low', why: 'It is so.', cite: ['DOC 2'] }],
    });
  });

  it('has its definitions, which the flow then holds', () => {
    const flow = compiled({
      ...withQuestion(
        '    type: yes or no\n    define: harm\n    for the record: yes\n    unknown: { counts as: yes }',
      ),
      'definitions.yaml':
        'definitions:\n  harm:\n    term: Harm\n    text: What hurts.\n    also: Hurt\n    cite: DOC 2\n  other:\n    term: Other\n    text: Not named.\n    cite: DOC 1\n',
    });
    expect(flow.definitions).toStrictEqual({
      harm: { id: 'harm', term: 'Harm', text: 'What hurts.', cite: ['DOC 2'], also: ['Hurt'] },
    });
  });
});

describe('what a flow refers to', () => {
  const changes: Changes = {
    'worry.yaml': swap('action: Refer\n', 'action: Refer\n    next: letter\n    record: [reason]\n'),
    'timetable.yaml':
      'next:\n  letter:\n    do: Write\n    who: You\n    whose: yours\n    with: mail\n    within: 3 days\n    from: referral\n    note: Soon.\n    cite: DOC 1\n  unnamed:\n    do: Nothing\n    who: You\n    whose: yours\n    cite: DOC 1\n',
    'record.yaml': 'record:\n  reason:\n    write: Why\n    cite: DOC 1\n',
    'contacts.yaml': (text) =>
      `${text}  mail:\n    name: Mail\n    email: a@b.c\n    web: https://b.c\n    hours: always\n    phones: [{ number: 111, label: One, cite: DOC 2 }, { number: 222 }]\n    conflict: They differ.\n    note: A note.\n    for: Letters\n    cite: DOC 1\n    checked on: 2026-11-01\n  unnamed:\n    name: Nobody\n    phone: 333\n    for: Nothing\n    cite: DOC 1\n    checked on: not checked\n`,
  };
  const named = () => compiled(changes);

  it('is all that it contains', () => {
    expect(Object.keys(named().next)).toStrictEqual(['letter']);
    expect(named().next.letter).toStrictEqual({
      id: 'letter',
      do: 'Write',
      who: 'You',
      whose: 'yours',
      with: 'mail',
      within: '3 days',
      from: 'referral',
      note: 'Soon.',
      cite: ['DOC 1'],
    });
    expect(named().record).toStrictEqual({ reason: { id: 'reason', write: 'Why', cite: ['DOC 1'] } });
    expect(Object.keys(named().contacts).sort()).toStrictEqual(['desk', 'mail']);
  });

  it('has every way to a contact, and when it was checked', () => {
    expect(named().contacts.mail).toStrictEqual({
      id: 'mail',
      name: 'Mail',
      phones: [
        { number: '111', label: 'One', cite: ['DOC 2'] },
        { number: '222', cite: ['DOC 1'] },
      ],
      email: 'a@b.c',
      web: 'https://b.c',
      hours: 'always',
      conflict: 'They differ.',
      note: 'A note.',
      for: 'Letters',
      cite: ['DOC 1'],
      checkedOn: '2026-11-01',
    });
    expect(named().contacts.desk).toStrictEqual({
      id: 'desk',
      name: 'The desk',
      phones: [{ number: '0161 496 0000', cite: ['DOC 1'] }],
      for: 'Every doubt',
      cite: ['DOC 1'],
    });
  });

  it('says how a number is printed if it is dialled with its area code', () => {
    const other = (phone: string) =>
      compiled({ 'contacts.yaml': swap('    phone: 0161 496 0000', `    phones: [{ ${phone}, cite: DOC 2 }]`) })
        .contacts.desk?.phones;
    expect(other('number: 0161 496 0000, printed as: 496 0000')).toStrictEqual([
      { number: '0161 496 0000', label: 'printed as 496 0000, without its area code', cite: ['DOC 2'] },
    ]);
    expect(other('number: 0161 496 0000, printed as: 496 0000, label: Days')).toStrictEqual([
      { number: '0161 496 0000', label: 'Days; printed as 496 0000, without its area code', cite: ['DOC 2'] },
    ]);
  });

  it('has each cited source completely', () => {
    const flow = compiled({
      'sources.yaml': (text) =>
        `${text.replace('publisher: Town\n', 'publisher: Town\n    review due: 2024-07\n    checked: Seen.\n    replaced by: NEW\n    note: A note.\n    web: https://b.c\n')}  NEW:\n    title: The new one\n    publisher: Town\n    published: 2026\n    paragraphs:\n      1: One\n`,
    });
    expect(flow.sources).toStrictEqual({
      DOC: {
        id: 'DOC',
        title: 'The document',
        publisher: 'Town',
        published: 'undated',
        reviewDue: '2024-07',
        checked: 'Seen.',
        replacedBy: 'NEW',
        note: 'A note.',
        web: 'https://b.c',
        paragraphs: { 1: 'The first', 2: 'The second' },
      },
    });
  });
});

describe('what the national content adds', () => {
  const NATIONAL: ContentFile[] = [
    [
      'area.yaml',
      'area: national\nname: Everywhere\nfront door: police_999\nfront door is called: the police\nreference letter: N\nscale: { 1: One }\ndoors:\n  shared:\n    title: A shared door\n    for: professional\n    help: Help.\n    words: [one, two]\n  open:\n    title: For everybody\n    for: public\n',
    ],
    [
      'sources.yaml',
      'sources:\n  NAT:\n    title: National\n    publisher: N\n    published: undated\n    paragraphs:\n      1: One\n',
    ],
    [
      'contacts.yaml',
      'contacts:\n  police_999:\n    name: Police\n    phone: 999\n    for: Danger\n    cite: NAT 1\n    checked on: not checked\n',
    ],
    ['holidays.yaml', 'until: 2030-12-31\nsource: The government\ndays: [2026-12-25, 2026-12-28]\n'],
    ...['shared', 'open'].map((id) => [
      `${id}.yaml`,
      `flow: ${id}\ntitle: One\ncite: NAT 1\nsteps:\n  - end: ring\n    action: Ring\n    within: today\n    contacts: [front_door]\n    cite: NAT 1\n`,
    ]),
  ].map(([name, text]) => ({ folder: 'national', name: name as string, text: text as string }));
  const load = () => loadLibrary([...town(), ...NATIONAL], TODAY);
  const area = () => load().library.areas.get('town');

  it('is the doors for professionals, with the area’s own front door', () => {
    expect(load().problems).toStrictEqual([]);
    expect(area()?.doors).toStrictEqual([
      { area: 'town', flow: 'worry', title: 'I am worried', reader: 'professional', words: [] },
      {
        area: 'town',
        flow: 'shared',
        title: 'A shared door',
        help: 'Help.',
        reader: 'professional',
        words: ['one', 'two'],
      },
    ]);
    expect(getPart(area()?.flows.get('shared') as Flow, 'shared').steps[0]).toMatchObject({ contacts: ['desk'] });
    expect(
      load()
        .library.areas.get('national')
        ?.doors.map(({ flow }) => flow),
    ).toStrictEqual(['shared', 'open']);
  });

  it('is the police number for every flow, and the holidays', () => {
    expect(Object.keys(area()?.flows.get('worry')?.contacts ?? {}).sort()).toStrictEqual(['desk', 'police_999']);
    expect(area()?.flows.get('worry')?.holidays).toStrictEqual(['2026-12-25', '2026-12-28']);
  });
});

describe('a condition, as it is written', () => {
  const when = (condition: string): Condition | undefined => {
    const changes = {
      'worry.yaml': (text: string) =>
        swap(
          '  - end: talk',
          `  - ask: age\n    question: Age?\n    why: Because.\n    type: number\n    from: 0\n    to: 17\n    unknown: { counts as: 3 }\n    cite: DOC 1\n\n  - ask: note\n    question: A note?\n    why: Because.\n    type: short text\n    unknown: { go on: So. }\n    cite: DOC 1\n\n  - say: tried\n    text: Tried.\n    cite: DOC 1\n    when: ${condition}\n\n  - say: read\n    text: Read.\n    cite: DOC 1\n    when: { age: 3 }\n\n  - end: talk`,
        )(text),
    };
    const { library, problems } = loadLibrary(town(changes), TODAY);
    expect(problems.filter(({ message }) => !message.includes('certainly asked'))).toStrictEqual([]);
    return library.areas
      .get('town')
      ?.flows.get('worry')
      ?.parts.worry?.steps.find(({ id }) => id === 'tried')?.when;
  };
  const signs = (how: 'any' | 'all' | 'none', ...options: string[]) => ({ kind: 'is', fact: 'signs', how, options });

  it.each<[string, object]>([
    ['{ danger: no }', { kind: 'is', fact: 'danger', how: 'any', options: ['no'] }],
    ['{ signs: unknown }', { kind: 'unknown', fact: 'signs' }],
    ['{ signs: none }', { kind: 'none ticked', fact: 'signs' }],
    ['{ note: unknown }', { kind: 'unknown', fact: 'note' }],
    ['{ signs: { any of: [bruise, late] } }', signs('any', 'bruise', 'late')],
    ['{ signs: { any of: late } }', signs('any', 'late')],
    ['{ signs: { all of: [bruise, late] } }', signs('all', 'bruise', 'late')],
    ['{ signs: { none of: [bruise] } }', signs('none', 'bruise')],
    [
      '{ signs: { any of: [late, unknown] } }',
      { kind: 'any', of: [signs('any', 'late'), { kind: 'unknown', fact: 'signs' }] },
    ],
    [
      '{ signs: { any of: [unknown, none] } }',
      {
        kind: 'any',
        of: [
          { kind: 'unknown', fact: 'signs' },
          { kind: 'none ticked', fact: 'signs' },
        ],
      },
    ],
    [
      '{ signs: { any of: [late], none of: [bruise] } }',
      { kind: 'all', of: [signs('any', 'late'), signs('none', 'bruise')] },
    ],
    ['{ signs: { at least: 2 } }', { kind: 'ticks', fact: 'signs', min: 2, of: ['bruise', 'late'] }],
    [
      '{ signs: { at least: 1, at most: 1, of: [late] } }',
      { kind: 'ticks', fact: 'signs', min: 1, max: 1, of: ['late'] },
    ],
    ['{ age: 3 }', { kind: 'range', fact: 'age', min: 3, max: 3 }],
    ['{ age: { at least: 0, at most: 12 } }', { kind: 'range', fact: 'age', min: 0, max: 12 }],
    ['{ age: unknown }', { kind: 'unknown', fact: 'age' }],
    ['{ level: 2 }', { kind: 'level', min: 2, max: 2 }],
    ['{ level: { at most: 0 } }', { kind: 'level', max: 0 }],
    ['{ parents: tell }', { kind: 'stands', topic: 'parents', values: ['tell'] }],
    ['{ police: { any of: [report, call 999] } }', { kind: 'stands', topic: 'police', values: ['report', 'call 999'] }],
    [
      '{ danger: no, level: 2 }',
      {
        kind: 'all',
        of: [
          { kind: 'is', fact: 'danger', how: 'any', options: ['no'] },
          { kind: 'level', min: 2, max: 2 },
        ],
      },
    ],
    [
      '{ any of: [{ signs: late }, { signs: bruise }] }',
      { kind: 'any', of: [signs('any', 'late'), signs('any', 'bruise')] },
    ],
    [
      '{ all of: [{ signs: late }, { none of: [{ danger: yes }] }] }',
      {
        kind: 'all',
        of: [signs('any', 'late'), { kind: 'no', of: [{ kind: 'is', fact: 'danger', how: 'any', options: ['yes'] }] }],
      },
    ],
    [
      '{ at least: 2, of: [{ signs: late }, { signs: bruise }] }',
      { kind: 'count', min: 2, of: [signs('any', 'late'), signs('any', 'bruise')] },
    ],
  ])('%s', (written, condition) => {
    expect(when(written)).toStrictEqual(condition);
  });

  it.each<[string, RegExp]>([
    ['{ any of: [late] }', /a condition is "fact: option", or a block of such lines/],
    [
      '{ signs: [late] }',
      /"signs" needs an option, or \{ any of: … \}|"signs" needs an option, or \{ any of: \[…\] \}/,
    ],
    ['{ signs: {} }', /"signs" needs an option/],
    [
      '{ signs: { any: [late] } }',
      /"any" is no key here\. Known are: any of, all of, none of, at least, at most, of\./,
    ],
    ['{ signs: { any of: [lat] } }', /"signs" has no option "lat"\. Did you mean "late"\? It has: bruise, late\./],
    ['{ signs: { at least: 1, of: [lat] } }', /"signs" has no option "lat"/],
    ['{ signs: { at least: two } }', /"at least" and "at most" take a whole number/],
    ['{ danger: { at least: 1 } }', /"at least" and "at most" take a whole number/],
    ['{ danger: none }', /"danger" has no option "none"/],
    ['{ level: { at least: 4 } }', /a level is a number from 1 to 3/],
    ['{ level: 4 }', /a level is a number from 1 to 3/],
    ['{ level: high }', /a level is a number from 1 to 3/],
    ['{ level: {} }', /a level is a number from 1 to 3/],
    ['{ police: ring }', /"ring" is not a word for police\. Use: consider, report, call 999\./],
    ['{ any of: { signs: late } }', /a list of conditions is wanted here/],
    ['{ of: [{ signs: late }] }', /a list under "of" needs "at least: number" beside it, and nothing else/],
    [
      '{ at least: 1, danger: no, of: [{ signs: late }] }',
      /a list under "of" needs "at least: number" beside it, and nothing else/,
    ],
    ['{ any of: [{ all of: [{ any of: [{ signs: late }] }] }] }', /conditions stand at most two deep/],
  ])('%s is reported', (written, message) => {
    expect(messages({ 'worry.yaml': swap('when: { level: { at least: 3 } }', `when: ${written}`) }).join('\n')).toMatch(
      message,
    );
  });

  it('about a text can only ask whether it is unknown', () => {
    const changes = withQuestion('    type: short text\n    unknown: { go on: So. }');
    const text = (changes['worry.yaml'] as (text: string) => string)(town()[3]?.text ?? '');
    const condition = swap('when: { level: { at least: 3 } }', 'when: { more: Anna }')(text);
    expect(messages({ 'worry.yaml': condition })).toContainEqual(
      '"more" is a short text: a condition can only ask whether it is unknown, or for a number its size.',
    );
  });
});
