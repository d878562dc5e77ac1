import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { swap, TODAY, town } from './small-content.ts';

type Changes = Parameters<typeof town>[0];

function problemsOf(changes: Changes) {
  return loadLibrary(town(changes), TODAY).problems;
}

function messages(changes: Changes): string[] {
  return problemsOf(changes).map((problem) => problem.message);
}

const QUESTION = (id: string, more: string) => `
  - ask: ${id}
    question: A question?
    why: Because.
    cite: DOC 1
${more}`;

const before = '  - ask: signs';

describe('sound content', () => {
  it('has no problem', () => {
    expect(problemsOf({})).toEqual([]);
  });
});

/** The source text at which each problem is reported. */
const PLACES: Record<string, string[]> = {
  'unknown contact': ['worry.yaml:17:5'],
  'unknown source': ['worry.yaml:29:5'],
  'unknown paragraph': ['worry.yaml:29:5'],
  'unknown question': ['worry.yaml:13:13'],
  'unknown option': ['worry.yaml:13:13'],
  'unknown flow': ['worry.yaml:20:5'],
  'unknown key': ['worry.yaml:22:5'],
  'unknown kind of step': ['worry.yaml:31:5'],
  'unknown word of a topic': ['worry.yaml:17:5'],
  'level off the scale': ['worry.yaml:25:33'],
  'no "I don’t know"': ['worry.yaml:20:5'],
  '"I don’t know" leads nowhere': ['worry.yaml:28:5'],
  '"I don’t know" leads to two places': ['worry.yaml:28:5'],
  '"I don’t know" leads upwards': ['worry.yaml:28:16'],
  '"I don’t know" leads somewhere where the question is written, and nowhere here': ['more.yaml:5:5'],
  '"I don’t know" counts where the question is written, and leads elsewhere here': ['more.yaml:6:16'],
  '"I don’t know" leads to a step that may be left out': ['worry.yaml:28:16'],
  'last step has a law': ['worry.yaml:39:5'],
  'at least nothing is ticked': ['worry.yaml:32:22'],
  '"counts as" is no option': ['worry.yaml:9:16'],
  'last step has a condition': ['worry.yaml:39:5'],
  'no end at the end': ['worry.yaml:32:5'],
  'end without action': ['worry.yaml:31:5'],
  'end without contact': ['worry.yaml:12:5'],
  'end without source': ['worry.yaml:31:5'],
  'contact without date': ['contacts.yaml:2:3'],
  'contact without source': ['contacts.yaml:2:3'],
  'contact without any way': ['contacts.yaml:2:3'],
  'never reached': ['worry.yaml:19:5'],
  'same step twice': ['worry.yaml:38:5'],
  'a call in a circle': ['worry.yaml:20:5'],
  'read before it is known': ['worry.yaml:13:5'],
  'a reserved id': ['worry.yaml:20:5'],
  'asked in vain': ['worry.yaml:21:5'],
  'two options alike': ['worry.yaml:21:5'],
  'number without bounds': ['worry.yaml:21:5'],
  'checklist without none': ['worry.yaml:20:5'],
  'doubtful "none of"': ['worry.yaml:32:25'],
  'a flow that nobody opens': ['lost.yaml:1:1'],
  'file and flow of two names': ['worry.yaml:1:1'],
  'a case with a wrong answer': ['cases.yaml:5:16'],
  'a case with an answer too many': ['cases.yaml:5:29'],
  'a case with an answer missing': ['cases.yaml:5:5'],
  'a case that comes out otherwise': ['cases.yaml:6:5'],
  'malformed YAML': ['worry.yaml:1:7'],
  'two keys alike': ['contacts.yaml:8:3'],
  'a prototype key': ['contacts.yaml:8:3'],
  'an alias': ['sources.yaml:2:3', 'sources.yaml:2:8'],
  'a tag': ['sources.yaml:1:24'],
  'a colon in the wording': ['contacts.yaml:5:10'],
  'a retired id': ['worry.yaml:20:5'],
};

describe('each mistake is reported with its place and remedy', () => {
  const mistakes: [string, Changes, RegExp][] = [
    [
      'unknown contact',
      { 'worry.yaml': swap('contacts: [desk]', 'contacts: [dask]') },
      /no contact is called "dask". Did you mean "desk"/,
    ],
    [
      'unknown source',
      { 'worry.yaml': swap('cite: DOC 2', 'cite: DOX 2') },
      /no source is called "DOX". Did you mean "DOC"/,
    ],
    ['unknown paragraph', { 'worry.yaml': swap('cite: DOC 2', 'cite: DOC 9') }, /there is no "DOC 9".* DOC has: 1, 2/],
    [
      'unknown question',
      { 'worry.yaml': swap('when: { danger: yes }', 'when: { dangr: yes }') },
      /no question is called "dangr". Did you mean "danger"/,
    ],
    [
      'unknown option',
      { 'worry.yaml': swap('when: { danger: yes }', 'when: { danger: yess }') },
      /"danger" has no option "yess". Did you mean "yes"/,
    ],
    ['unknown flow', { 'worry.yaml': swap(before, `  - call: nowhere\n${before}`) }, /no flow is called "nowhere"/],
    [
      'unknown key',
      { 'worry.yaml': swap('    why: They', '    wy: x\n    why: They') },
      /"wy" is no key here. Did you mean "why"/,
    ],
    ['unknown kind of step', { 'worry.yaml': swap('- end: refer', '- finish: refer') }, /"finish" is no kind of step/],
    [
      'unknown word of a topic',
      { 'worry.yaml': swap('level: 3\n', 'level: 3\n    parents: dont tell\n') },
      /"dont tell" does not fit "parents"/,
    ],
    ['level off the scale', { 'worry.yaml': swap('level: 3 }', 'level: 4 }') }, /level 4 is not on the scale/],
    [
      'no "I don’t know"',
      { 'worry.yaml': swap('    unknown: { ask: desk, level: 2 }\n', '') },
      /say where "I don’t know" leads: add "unknown:" with one of: counts as, leads to, ask, go on\./,
    ],
    [
      '"I don’t know" leads nowhere',
      { 'worry.yaml': swap('{ ask: desk, level: 2 }', '{ level: 2 }') },
      /say where "I don’t know" leads/,
    ],
    [
      '"I don’t know" leads to two places',
      { 'worry.yaml': swap('{ ask: desk, level: 2 }', '{ ask: desk, counts as: late }') },
      /leads to one place/,
    ],
    [
      '"I don’t know" leads upwards',
      { 'worry.yaml': swap('{ ask: desk, level: 2 }', '{ leads to: call }') },
      /leads to "call", which is not a step further down/,
    ],
    [
      '"I don’t know" leads somewhere where the question is written, and nowhere here',
      {
        'worry.yaml': (text) =>
          swap('{ ask: desk, level: 2 }', '{ leads to: talk }')(swap(before, `  - call: more\n${before}`)(text)),
        'more.yaml': 'flow: more\ntitle: More\ncite: DOC 1\nsteps:\n  - ask: signs\n',
      },
      /where "signs" is written, "I don’t know" leads to "talk". Say here where it leads/,
    ],
    [
      '"I don’t know" counts where the question is written, and leads elsewhere here',
      {
        'worry.yaml': swap(before, `  - call: more\n${before}`),
        'more.yaml':
          'flow: more\ntitle: More\ncite: DOC 1\nsteps:\n  - ask: danger\n    unknown: { leads to: hint }\n  - say: hint\n    text: A hint.\n    cite: DOC 1\n',
      },
      /leads to one place. Where "danger" is written, it counts as "yes"/,
    ],
    [
      '"I don’t know" leads to a step that may be left out',
      {
        'worry.yaml': (text) =>
          swap(
            '{ ask: desk, level: 2 }',
            '{ leads to: refer }',
          )(swap('- end: refer\n', '- end: refer\n    law: LAW\n')(text)),
        'sources.yaml': (text) =>
          `${text}  LAW:\n    title: A law\n    publisher: P\n    published: undated\n    in force from: not known\n    paragraphs:\n      1: One\n`,
      },
      /leads to "refer", which is left out while its law is not in force/,
    ],
    [
      'last step has a law',
      { 'worry.yaml': swap('- end: talk\n', '- end: talk\n    law: DOC\n') },
      /the last step is left out while its law is not in force/,
    ],
    [
      'at least nothing is ticked',
      { 'worry.yaml': swap('when: { level: { at least: 3 } }', 'when: { signs: { at least: 0 } }') },
      /"at least: 0" holds whatever is ticked/,
    ],
    [
      '"counts as" is no option',
      { 'worry.yaml': swap('{ counts as: yes }', '{ counts as: maybe }') },
      /"counts as: maybe" is no option/,
    ],
    [
      'last step has a condition',
      { 'worry.yaml': swap('- end: talk\n', '- end: talk\n    when: { danger: no }\n') },
      /the last step has a condition/,
    ],
    [
      'no end at the end',
      { 'worry.yaml': (text) => text.slice(0, text.indexOf('  - end: talk')) },
      /the last step has a condition|is an "end"/,
    ],
    ['end without action', { 'worry.yaml': swap('    action: Refer\n', '') }, /"action" is missing/],
    [
      'end without contact',
      { 'worry.yaml': swap('contacts: [desk]\n    cite: DOC 1', 'cite: DOC 1') },
      /"contacts" is missing/,
    ],
    [
      'end without source',
      { 'worry.yaml': (text) => text.replace(/cite: DOC 2\n\n {2}- end: talk/, '\n  - end: talk') },
      /"cite" is missing/,
    ],
    ['contact without date', { 'contacts.yaml': swap('    checked on: not checked\n', '') }, /"checked on" is missing/],
    ['contact without source', { 'contacts.yaml': swap('    cite: DOC 1\n', '') }, /"cite" is missing/],
    [
      'contact without any way',
      { 'contacts.yaml': swap('    phone: 0161 496 0000\n', '') },
      /has no telephone, mail or web address/,
    ],
    [
      'never reached',
      { 'worry.yaml': swap('    when: { danger: yes }\n', '') },
      /step "signs" can never be reached: "call" \(line \d+\) always ends before it/,
    ],
    ['same step twice', { 'worry.yaml': swap('- end: talk', '- end: refer') }, /the id "refer" stands twice/],
    [
      'a call in a circle',
      { 'worry.yaml': swap(before, `  - call: worry\n${before}`) },
      /the calls go in a circle: worry → worry/,
    ],
    [
      'read before it is known',
      { 'worry.yaml': swap('when: { danger: yes }', 'when: { signs: bruise }') },
      /"signs" cannot be known here/,
    ],
    [
      'a reserved id',
      { 'worry.yaml': (text) => text.replaceAll('signs', 'record') },
      /a word of the language and cannot be an id/,
    ],
    [
      'asked in vain',
      {
        'worry.yaml': swap(
          before,
          `${QUESTION('idle', '    type: yes or no\n    unknown: { go on: it decides nothing }')}\n${before}`,
        ),
      },
      /nothing depends on the answer to "idle"/,
    ],
    [
      'two options alike',
      {
        'worry.yaml': swap(
          before,
          `${QUESTION('alike', '    type: one of\n    options: { a: A, b: B, c: C }\n    unknown: { ask: desk }')}\n  - say: more\n    when: { alike: a }\n    text: More.\n    cite: DOC 1\n${before}`,
        ),
      },
      /no step tells "b" and "c" apart/,
    ],
    [
      'number without bounds',
      {
        'worry.yaml': swap(before, `${QUESTION('age', '    type: number\n    unknown: { counts as: 3 }')}\n${before}`),
      },
      /a number needs "from" and "to"/,
    ],
    [
      'checklist without none',
      { 'worry.yaml': swap('    none: None of these\n', '') },
      /say how "none of these" is worded/,
    ],
    [
      'doubtful "none of"',
      { 'worry.yaml': swap('when: { level: { at least: 3 } }', 'when: { none of: [{ later: yes }] }') },
      /no question is called "later"/,
    ],
    [
      'a flow that nobody opens',
      {
        'lost.yaml':
          'flow: lost\ntitle: Lost\ncite: DOC 1\nsteps:\n  - say: hello\n    text: Hello.\n    cite: DOC 1\n',
      },
      /no door and no call leads to "lost"/,
    ],
    [
      'file and flow of two names',
      { 'worry.yaml': swap('flow: worry', 'flow: worries') },
      /the flow is called "worries" and its file "worry.yaml"/,
    ],
    [
      'a case with a wrong answer',
      { 'cases.yaml': 'cases:\n  one:\n    flow: worry\n    story: A story.\n    answers: { danger: perhaps }\n' },
      /"perhaps" does not answer "danger".*Offered are: yes, no, unknown/,
    ],
    [
      'a case with an answer too many',
      {
        'cases.yaml':
          'cases:\n  one:\n    flow: worry\n    story: A story.\n    answers: { danger: yes, signs: none }\n',
      },
      /"signs" is answered, but never asked/,
    ],
    [
      'a case with an answer missing',
      { 'cases.yaml': 'cases:\n  one:\n    flow: worry\n    story: A story.\n    answers: { danger: no }\n' },
      /the answer to "signs" is missing/,
    ],
    [
      'a case that comes out otherwise',
      {
        'cases.yaml':
          'cases:\n  one:\n    flow: worry\n    story: A story.\n    answers: { danger: yes }\n    must: { level: 2, end: refer }\n',
      },
      /level is 3, and must be 2/,
    ],
    [
      'malformed YAML',
      { 'worry.yaml': 'flow: worry\n  title: [unclosed\n' },
      /a colon followed by a blank|not ended|belong/,
    ],
    [
      'two keys alike',
      { 'contacts.yaml': (text) => `${text}  desk:\n    name: Again\n` },
      /this key stands here twice/,
    ],
    [
      'a prototype key',
      { 'contacts.yaml': (text) => `${text}  __proto__:\n    name: Bad\n` },
      /"__proto__" cannot be used as a key/,
    ],
    ['an alias', { 'sources.yaml': 'sources: &a\n  DOC: *a\n' }, /alias|anchor/],
    ['a tag', { 'sources.yaml': 'sources: !!js/function "x"\n' }, /a tag/],
    [
      'a colon in the wording',
      { 'contacts.yaml': swap('for: Every doubt', 'for: Every doubt: and more') },
      /a colon followed by a blank/,
    ],
    [
      'a retired id',
      { 'retired.yaml': 'retired:\n  signs: { on: 2026-01-01, why: it meant something else }\n' },
      /this id was retired on 2026-01-01/,
    ],
  ];

  it.each(mistakes)('%s', (name, changes, expected) => {
    const found = problemsOf(changes).filter((problem) => expected.test(problem.message));
    expect(messages(changes).join('\n')).toMatch(expected);
    expect(found.map(({ file, line, column }) => `${file.replace('flows/town/', '')}:${line}:${column}`)).toEqual(
      PLACES[name],
    );
  });

  it('names the line and column of the word that is wrong', () => {
    const [problem] = problemsOf({ 'worry.yaml': swap('when: { danger: yes }', 'when: { danger: yess }') });
    expect(problem).toMatchObject({ file: 'flows/town/worry.yaml', line: 13, column: 13 });
  });

  it('reports all problems at once', () => {
    const changes = {
      'worry.yaml': (text: string) =>
        text.replace('cite: DOC 2', 'cite: DOC 9').replace('contacts: [desk]', 'contacts: [x]'),
    };
    expect(messages(changes)).toHaveLength(2);
  });
});
