import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { carriedRequirements, isCarried } from '../../server/flow/check/requirement-coverage.ts';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import { swap, TODAY, town } from './small-content.ts';
import { deskTown } from './small-desk.ts';

const REQUIREMENTS: ContentFile[] = [
  {
    folder: 'national',
    name: 'requirements.yaml',
    text: `requirements:
  BT1:
    says: Danger first
  BT2:
    says: Signs
  BT3:
    says: A count
    decides nothing: It is a count.
`,
  },
  {
    folder: 'national',
    name: 'area.yaml',
    text: `area: national
name: Everywhere
front door: desk
front door is called: the desk
reference letter: N
scale: {}
doors: {}
`,
  },
];

/** The small area, with its list of rules in the national content. */
function withRules(changes: Parameters<typeof town>[0]): ContentFile[] {
  return [...town(changes), ...REQUIREMENTS];
}

const CASES = `cases:
  danger_now:
    flow: worry
    story: A story.
    answers: { danger: yes }
    must: { end: call }
    rules: BT1
`;

function problemsAbout(files: ContentFile[]) {
  return loadLibrary(files, TODAY).problems.filter(({ message }) => message.startsWith('no rule is called'));
}

describe('the numbered rules of the documents', () => {
  it('are found wherever they can be cited', () => {
    const { library } = loadLibrary(
      withRules({
        'worry.yaml': (text) =>
          swap(
            '{ text: Late, level: 2 }',
            '{ text: Late, level: 2, rules: BT2 }',
          )(swap('- end: call\n', '- end: call\n    rules: BT1\n')(text)),
        'cases.yaml': CASES,
      }),
      TODAY,
    );
    expect(carriedRequirements(library)).toEqual([
      {
        id: 'BT1',
        says: 'Danger first',
        flows: ['town/worry'],
        instruments: [],
        safetyRules: [],
        cases: ['town/danger_now'],
      },
      { id: 'BT2', says: 'Signs', flows: ['town/worry'], instruments: [], safetyRules: [], cases: [] },
      {
        id: 'BT3',
        says: 'A count',
        decidesNothing: 'It is a count.',
        flows: [],
        instruments: [],
        safetyRules: [],
        cases: [],
      },
    ]);
  });

  it('count as not covered if they decide something and have no case', () => {
    const rules = carriedRequirements(loadLibrary(withRules({ 'cases.yaml': CASES }), TODAY).library);
    expect(rules.filter((rule) => !isCarried(rule)).map(({ id }) => id)).toEqual(['BT1', 'BT2']);
  });

  const places: [string, Parameters<typeof town>[0], string, number][] = [
    ['a flow', { 'worry.yaml': swap('cite: DOC 1\nsteps', 'cite: DOC 1\nrules: BT11\nsteps') }, 'worry.yaml', 4],
    ['a step', { 'worry.yaml': swap('- end: refer\n', '- end: refer\n    rules: [BT1, BT11]\n') }, 'worry.yaml', 32],
    ['a question', { 'worry.yaml': swap('    why: They', '    rules: BT11\n    why: They') }, 'worry.yaml', 22],
    [
      'an option',
      { 'worry.yaml': swap('level: 2 }\n    none', 'level: 2, rules: BT11 }\n    none') },
      'worry.yaml',
      26,
    ],
    ['a case', { 'cases.yaml': CASES.replace('rules: BT1', 'rules: BT11') }, 'cases.yaml', 7],
  ];
  it.each(places)('unknown, cited by %s: told with its place', (_name, changes, file, line) => {
    const [problem, ...others] = problemsAbout(withRules(changes));
    expect(problem).toMatchObject({ file: `flows/town/${file}`, line, kind: 'error' });
    expect(problem?.message).toMatch(/^no rule is called "BT11"\. Did you mean "BT1"\? The rules stand in /);
    expect(others).toEqual([]);
  });

  it.each<[string, Parameters<typeof town>[0], string]>([
    [
      'a next step',
      { 'timetable.yaml': 'next:\n  a: { do: A, who: B, whose: yours, cite: DOC 1, rules: BT11 }\n' },
      'timetable.yaml:2:50',
    ],
    ['a record line', { 'record.yaml': 'record:\n  a: { write: A, cite: DOC 1, rules: BT11 }\n' }, 'record.yaml:2:31'],
    [
      'a definition',
      { 'definitions.yaml': 'definitions:\n  a: { term: A, text: B, cite: DOC 1, rules: BT11 }\n' },
      'definitions.yaml:2:39',
    ],
    [
      'a safety rule',
      { 'safety.yaml': 'rules:\n  a: { says: A, whenever: {}, always: { level: 1 }, cite: DOC 1, rules: BT11 }\n' },
      'safety.yaml:2:66',
    ],
    [
      'a question that stands apart',
      {
        'questions.yaml':
          'questions:\n  a:\n    question: A?\n    why: So.\n    type: yes or no\n    unknown: { ask: desk }\n    cite: DOC 1\n    for the record: yes\n    rules: BT11\n',
        'worry.yaml': swap('  - ask: signs', '  - ask: a\n  - ask: signs'),
      },
      'questions.yaml:9:5',
    ],
    [
      'an option of a group',
      {
        'worry.yaml': swap(
          '    none: None',
          '    groups:\n      g: { title: G, options: { x: { text: X, level: 1, rules: BT11 } } }\n    none: None',
        ),
      },
      'worry.yaml:28:57',
    ],
  ])('unknown, cited by %s: told at the word', (_name, changes, place) => {
    const told = problemsAbout(withRules(changes)).map(({ file, line, column }) => `${file}:${line}:${column}`);
    expect(told).toEqual([`flows/town/${place}`]);
  });

  it('are covered by a flow and a case, or decide nothing', () => {
    const carried = (flows: string[], cases: string[], decidesNothing?: string) =>
      isCarried({
        id: 'BT1',
        says: '',
        flows,
        cases,
        instruments: [],

        safetyRules: [],
        ...(decidesNothing && { decidesNothing }),
      });
    expect([carried(['a'], ['b']), carried([], ['b']), carried(['a'], []), carried([], [])]).toEqual([
      ...[true, false, false, false],
    ]);
    expect(carried([], [], 'So.')).toBe(true);
  });

  it('are covered by nothing if there is no list of them', () => {
    expect(carriedRequirements(loadLibrary(town(), TODAY).library)).toEqual([]);
  });

  it('have what is written, and no more', () => {
    const [first] = carriedRequirements(loadLibrary(withRules({}), TODAY).library);
    expect(first).toStrictEqual({
      id: 'BT1',
      says: 'Danger first',
      flows: [],
      instruments: [],

      safetyRules: [],
      cases: [],
    });
  });

  it('are not looked for if there is no list of them', () => {
    expect(problemsAbout(town({ 'cases.yaml': CASES }))).toEqual([]);
  });

  it('are listed once, with everything that a flow uses in any folder', () => {
    const files = deskTown({
      'town/worry.yaml': (text) =>
        swap(
          '  - ask: signs',
          '  - call: more\n  - ask: signs',
        )(swap('action: Refer\n', 'action: Refer\n    next: visit\n    record: why\n')(text))
          .replace('why: Danger comes', 'define: harm\n    rules: BT4\n    why: Danger comes')
          .replace(
            'type: several of',
            'type: several of\n    groups:\n      g: { title: G, options: { x: { text: X, rules: [BT2, BT5] } } }',
          ),
      'national/area.yaml': swap('    for: public', '    for: professional'),
      'national/timetable.yaml': swap('who: The desk\n    whose', 'rules: NX1\n    who: The desk\n    whose'),
      'national/ring.yaml': swap('- end: ring_now\n', '- end: ring_now\n    rules: BT3\n'),
    });
    const table = (name: string, text: string) => ({ folder: 'town', name, text });
    const { library, problems } = loadLibrary(
      [
        ...files,
        {
          folder: 'national',
          name: 'requirements.yaml',
          text: `requirements:\n  NX1: { says: So }\n${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((id) => `  BT${id}: { says: So }\n`).join('')}`,
        },
        table('record.yaml', 'record:\n  why: { write: Why, cite: DOC 1, rules: BT6 }\n'),
        table('definitions.yaml', 'definitions:\n  harm: { term: Harm, text: Hurt., cite: DOC 1, rules: BT7 }\n'),
        table(
          'questions.yaml',
          'questions:\n  apart: { question: A?, why: So., type: yes or no, unknown: { ask: desk }, cite: DOC 1, for the record: yes, rules: BT8 }\n',
        ),
        table('more.yaml', 'flow: more\ntitle: More\ncite: DOC 1\nrules: BT1\nsteps:\n  - ask: apart\n'),
        table(
          'safety.yaml',
          'rules:\n  soon: { says: So, whenever: {}, always: { contact: desk }, cite: DOC 1, rules: [BT9, BT1] }\n',
        ),
      ],
      TODAY,
    );
    expect(problems).toEqual([]);
    const carried = carriedRequirements(library).map(({ id, flows, safetyRules }) =>
      [id, ...flows, ...safetyRules].join(' '),
    );
    expect(carried).toEqual([
      'NX1 town/worry',
      'BT1 town/worry town/soon',
      'BT2 town/worry',
      'BT3 national/ring',
      'BT4 town/worry',
      'BT5 town/worry',
      'BT6 town/worry',
      'BT7 town/worry',
      'BT8 town/worry',
      'BT9 town/soon',
    ]);
  });

  it('can be in the area’s own list, too', () => {
    const own = (list: string) => problemsAbout(town({ 'cases.yaml': CASES, 'requirements.yaml': list }));
    expect(own('requirements:\n  BT1: { says: So }\n')).toEqual([]);
    expect(own('requirements:\n  AX9: { says: So }\n')).toEqual([
      {
        file: 'flows/town/cases.yaml',
        line: 7,
        column: 5,
        message: 'no rule is called "BT1". The rules stand in national/requirements.yaml.',
        kind: 'error',
        cause: 'missing',
      },
    ]);
  });
});
