import { describe, expect, it } from 'vitest';
import { type ContentFile, readFolder } from '../../server/flow/folder.ts';
import { loadLibrary } from '../../server/flow/library.ts';
import { carriedRules, isCarried } from '../../server/flow/rules.ts';
import { swap, TODAY, town } from './small-content.ts';

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

/** The small town, whose list of rules stands in national. */
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
  it('are each carried by a flow and a case, or decide nothing and say why', () => {
    const rules = carriedRules(loadLibrary(readFolder('flows'), TODAY).library);
    expect(rules).toHaveLength(64);
    expect(rules.filter((rule) => !isCarried(rule)).map(({ id }) => id)).toEqual([]);
  });

  it('are found wherever they may be cited', () => {
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
    expect(carriedRules(library)).toEqual([
      { id: 'BT1', says: 'Danger first', flows: ['town/worry'], safetyRules: [], cases: ['town/danger_now'] },
      { id: 'BT2', says: 'Signs', flows: ['town/worry'], safetyRules: [], cases: [] },
      { id: 'BT3', says: 'A count', decidesNothing: 'It is a count.', flows: [], safetyRules: [], cases: [] },
    ]);
  });

  it('decide something without a case: not carried', () => {
    const rules = carriedRules(loadLibrary(withRules({ 'cases.yaml': CASES }), TODAY).library);
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

  it('are not looked for where there is no list of them', () => {
    expect(problemsAbout(town({ 'cases.yaml': CASES }))).toEqual([]);
  });
});
