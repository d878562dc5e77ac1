/** References between the files of an area: doors, safety rules, questions, cases. Tests the place and full text of each problem. */
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import { AREA_IS_MISSING, swap, TODAY, town } from './small-content.ts';
import { deskTown } from './small-desk.ts';

type Changes = NonNullable<Parameters<typeof town>[0]>;

const told = (files: ContentFile[]) =>
  loadLibrary(files, TODAY).problems.map(
    ({ file, line, column, message }) => `${file.replace('flows/', '')}:${line}:${column}: ${message}`,
  );
const file = (folder: string, name: string, text: string): ContentFile => ({ folder, name, text });

it('a folder without area.yaml is reported once, and nothing else in it', () => {
  const { library, problems } = loadLibrary([file('town', 'retired.yaml', 'retired: {}\n')], TODAY);
  expect(library.areas.size).toBe(0);
  expect(problems).toStrictEqual([AREA_IS_MISSING]);
});

describe('a door', () => {
  it('leads to a flow that exists', () => {
    expect(told(town({ 'area.yaml': (text) => `${text}  wory: { title: W, for: public }\n` }))).toEqual([
      'town/area.yaml:14:3: no flow is called "wory". Did you mean "worry"? Write it in a file of its name, of the area or of national.',
    ]);
  });

  it('has a flow with its own title and reader; national ones are added for professionals', () => {
    const professional = { 'national/area.yaml': swap('    for: public', '    for: professional') };
    const flows = (changes = {}) => loadLibrary(deskTown(changes), TODAY).library.areas.get('town')?.flows ?? new Map();
    expect([...flows().keys()]).toEqual(['worry']);
    expect([...flows(professional)].map(([id, { title, reader }]) => [id, title, reader])).toEqual([
      ['worry', 'I am worried', 'professional'],
      ['ring', 'Ring', 'professional'],
    ]);
  });

  it('is still a door if something else is wrong', () => {
    const long = Array.from({ length: 21 }, (_, at) => `  - say: s${at}\n    text: S.\n    cite: DOC 1\n`).join('');
    const changes = {
      'worry.yaml': swap(
        '  - end: talk',
        `${long}  - say: early\n    when: { late: yes }\n    text: S.\n    cite: DOC 1\n  - end: talk`,
      ),
    };
    expect(told(town(changes))).toContainEqual(expect.stringMatching(/no question is called "late"/));
  });
});

describe('what no door reaches is checked, too', () => {
  it.each<[string, Changes, string[]]>([
    ['a contact', { 'contacts.yaml': swap('cite: DOC 1', 'cite: DOC 3') }, ['contacts.yaml:6:5']],
    [
      'a next step',
      { 'timetable.yaml': 'next:\n  a: { do: A, who: B, whose: yours, cite: DOC 3 }\n' },
      ['timetable.yaml:2:37'],
    ],
    ['a record line', { 'record.yaml': 'record:\n  a: { write: A, cite: DOC 3 }\n' }, ['record.yaml:2:18']],
    [
      'a definition',
      { 'definitions.yaml': 'definitions:\n  a: { term: A, text: B, cite: DOC 3 }\n' },
      ['definitions.yaml:2:26'],
    ],
  ])('%s', (_name, changes, places) => {
    expect(told(town(changes))).toEqual(
      places.map((place) => `town/${place}: there is no "DOC 3" in sources.yaml. DOC has: 1, 2.`),
    );
  });
});

describe('a safety rule', () => {
  const rule = (more: string) => ({
    'safety.yaml': `rules:\n  soon:\n    says: Soon\n    whenever: { danger: yes }\n    cite: DOC 1\n${more}`,
  });
  it.each<[string, string, string[]]>([
    ['always', '    always: { level: 3 }\n', []],
    ['never', '    never: { level: 1 }\n', []],
    ['of nothing', '', ['2:3: the rule "soon" needs "always" or "never".']],
    [
      'of a flow that is not there',
      '    flows: [worry, wory]\n    always: { level: 3 }\n',
      [
        '6:5: no flow is called "wory". Did you mean "worry"? Write it in a file of its name, of the area or of national.',
      ],
    ],
    [
      'of a question that is not there',
      '    always: { asked: [danger, dangr] }\n',
      [
        '6:15: no question is called "dangr". Did you mean "danger"? Write it in questions.yaml, of the area or of national.',
      ],
    ],
    [
      'of a contact that is not there',
      '    never: { contact: dask, first contact: [desk] }\n',
      [
        '6:14: no contact is called "dask". Did you mean "desk"? Write it in contacts.yaml, of the area or of national.',
      ],
    ],
    [
      'of a first contact that is not there',
      '    always: { first contact: [dusk] }\n',
      [
        '6:15: no contact is called "dusk". Did you mean "desk"? Write it in contacts.yaml, of the area or of national.',
      ],
    ],
    [
      'of a next step that is not there',
      '    always: { next: write }\n',
      ['6:15: no next step is called "write". Write it in timetable.yaml, of the area or of national.'],
    ],
    [
      'of a record line that is not there',
      '    always: { record: write }\n',
      ['6:15: no record line is called "write". Write it in record.yaml, of the area or of national.'],
    ],
    ['of an end', '    always: { end: [call, refer] }\n', []],
    [
      'of an end that is none',
      '    always: { end: signs }\n',
      ['6:15: no end step is called "signs" in this area or in national.'],
    ],
    [
      'of advice that is none',
      '    never: { advice: call }\n',
      ['6:14: no advise step is called "call" in this area or in national.'],
    ],
  ])('%s', (_name, more, expected) => {
    expect(told(town(rule(more)))).toEqual(expected.map((line) => `town/safety.yaml:${line}`));
  });

  it('can name steps of the area and national ones', () => {
    const advice = '  - advise: hush\n    text: Hush.\n    cite: DOC 1\n  - end: talk';
    const files = deskTown({ 'town/worry.yaml': swap('  - end: talk', advice) });
    const safety = rule('    always: { end: ring_now, advice: hush }\n')['safety.yaml'];
    expect(told([...files, file('town', 'safety.yaml', safety)])).toEqual([]);
    expect(told([...files, file('town', 'safety.yaml', safety.replace('ring_now', 'ring_later'))])).toEqual([
      'town/safety.yaml:6:15: no end step is called "ring_later" in this area or in national.',
    ]);
  });

  it('has what is written, with its place, and a condition that is checked', () => {
    const rules = (more: string) => loadLibrary(town(rule(more)), TODAY).library.areas.get('town')?.rules;
    expect(rules('    never: { level: 1 }\n    flows: worry\n')).toStrictEqual([
      {
        id: 'soon',
        says: 'Soon',
        flows: ['worry'],
        whenever: { kind: 'is', fact: 'danger', how: 'any', options: ['yes'] },
        never: { level: 1 },
        cite: ['DOC 1'],
        at: { file: 'flows/town/safety.yaml', line: 2, column: 3 },
      },
    ]);
    const [always] = rules('    always: { level: 1 }\n') ?? [];
    expect(always).toMatchObject({ always: { level: 1 } });
    for (const key of ['flows', 'never']) expect(always).not.toHaveProperty(key);
    const wrong = rule('    always: { level: 1 }\n')
      ['safety.yaml'].replace('danger', 'dangr')
      .replace('DOC 1', 'DOC 3');
    expect(told(town({ 'safety.yaml': wrong }))).toEqual([
      'town/safety.yaml:4:17: no question is called "dangr". Did you mean "danger"?',
      'town/safety.yaml:5:5: there is no "DOC 3" in sources.yaml. DOC has: 1, 2.',
    ]);
  });
});

describe('a question', () => {
  const choice = (more = '') =>
    `  apart:\n    question: A?\n    why: So.\n    type: one of\n    options: { a: A, b: B, c: C }\n    unknown: { go on: So. }\n    cite: DOC 1\n${more}`;
  const questions = (text: string) => ({ 'questions.yaml': `questions:\n${text}` });
  const asking = (more = '') => ({ 'worry.yaml': swap('  - ask: signs', `  - ask: apart\n${more}  - ask: signs`) });

  it('has to be asked somewhere', () => {
    expect(told(town(questions(choice())))).toEqual([
      'town/questions.yaml:2:3: "apart" is asked nowhere. Ask it in a flow, or take it out.',
    ]);
  });

  it('has to make a difference', () => {
    const vain =
      'nothing depends on the answer to "apart". Name it in a condition, give its options a mark, or say "for the record: yes".';
    expect(told(town({ ...questions(choice()), ...asking() }))).toEqual([`town/questions.yaml:2:3: ${vain}`]);
    expect(told(town({ ...questions(choice('    for the record: yes\n')), ...asking() }))).toEqual([]);
  });

  it('needs answers that something distinguishes', () => {
    const said = (when: string) => `  - say: hint\n    when: ${when}\n    text: H.\n    cite: DOC 1\n`;
    const alike = (names: string) =>
      `town/questions.yaml:2:3: no step tells ${names} apart. Name one of them in a condition; perhaps one was forgotten. (“I don’t know” is not meant.)`;
    expect(told(town({ ...questions(choice()), ...asking(said('{ apart: a }')) }))).toEqual([alike('"b" and "c"')]);
    expect(told(town({ ...questions(choice()), ...asking(said('{ apart: unknown }')) }))).toEqual([
      alike('"a" and "b" and "c"'),
    ]);
    expect(told(town({ ...questions(choice()), ...asking(said('{ apart: { any of: [a, b] } }')) }))).toEqual([]);
  });

  it('makes a difference if “I don’t know” jumps', () => {
    const yesNo = choice()
      .replace('one of\n    options: { a: A, b: B, c: C }', 'yes or no')
      .replace('go on: So.', 'leads to: talk');
    const jump = asking('    unknown: { leads to: talk }\n');
    expect(told(town({ ...questions(yesNo), ...jump }))).toEqual([]);
  });

  it('that is national may be used by the areas only', () => {
    const national = [
      ...deskTown(),
      file('national', 'questions.yaml', `questions:\n${choice()}`.replaceAll('DOC', 'NAT')),
    ];
    expect(told(national)).toEqual([]);
    const asked = national.map((one) =>
      one.name === 'ring.yaml' ? { ...one, text: one.text.replace('steps:\n', 'steps:\n  - ask: apart\n') } : one,
    );
    expect(told(asked)).toEqual([]);
  });

  it('is compared with the conditions of national flows, too', () => {
    const ring =
      'flow: ring\ntitle: R\ncite: NAT 1\nsteps:\n  - say: hint\n    when: { apart: { any of: [a, b] } }\n    text: H.\n    cite: NAT 1\n  - end: ring_now\n    action: R\n    within: today\n    contacts: [police]\n    cite: NAT 1\n';
    const files = deskTown({ 'town/worry.yaml': asking()['worry.yaml'] }).filter(({ name }) => name !== 'ring.yaml');
    const all = [
      ...files,
      file('town', 'questions.yaml', `questions:\n${choice()}`),
      file('national', 'ring.yaml', ring),
    ];
    expect(told(all).filter((line) => line.startsWith('town/questions'))).toEqual([]);
  });
});

describe('a worked case', () => {
  const cases = (flow: string) =>
    `cases:\n  one:\n    flow: ${flow}\n    story: A story.\n    answers: { danger: yes }\n`;

  it('has to be of a flow that readers can open', () => {
    const more = 'flow: more\ntitle: M\ncite: DOC 1\nsteps:\n  - say: hint\n    text: H.\n    cite: DOC 1\n';
    const calling = swap('  - ask: signs', '  - call: more\n  - ask: signs');
    expect(told(town({ 'cases.yaml': cases('more'), 'more.yaml': more, 'worry.yaml': calling }))).toEqual([
      'town/cases.yaml:3:5: no door is called "more". A case names a flow that readers open: worry.',
    ]);
  });

  it('is walked only if nothing else is wrong', () => {
    const wrong = { 'cases.yaml': cases('worry').replace('danger: yes', 'danger: no') };
    expect(told(town(wrong))).toHaveLength(1);
    expect(told(town({ ...wrong, 'contacts.yaml': swap('cite: DOC 1', 'cite: DOC 3') }))).toEqual([
      'town/contacts.yaml:6:5: there is no "DOC 3" in sources.yaml. DOC has: 1, 2.',
    ]);
    expect(told(town({ ...wrong, 'worry.yaml': swap('- end: talk', '- end: refer') }))).toHaveLength(1);
    const long = Array.from({ length: 21 }, (_, at) => `  - say: s${at}\n    text: S.\n    cite: DOC 1\n`).join('');
    expect(told(town({ ...wrong, 'worry.yaml': swap('  - end: talk', `${long}  - end: talk`) }))).toHaveLength(2);
  });

  it('for two possible doors has both named', () => {
    const area = (text: string) => `${text}  talk: { title: T, for: public }\n`;
    const talk =
      'flow: talk\ntitle: T\ncite: DOC 1\nsteps:\n  - end: talk\n    action: T\n    within: today\n    contacts: [desk]\n    cite: DOC 1\n';
    expect(told(town({ 'area.yaml': area, 'talk.yaml': talk, 'cases.yaml': cases('tolk') }))).toEqual([
      'town/cases.yaml:3:5: no door is called "tolk". A case names a flow that readers open: worry, talk.',
    ]);
  });
});
