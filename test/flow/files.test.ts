/**
 * Which files an area must have, and the order in which mistakes are reported: the cause first, with its place, and
 * then what follows from it.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import { describeProblem, hasErrors } from '../../server/flow/problem.ts';
import { deadSteps, proveAll, withCauses } from '../../server/flow/prove/all.ts';
import { describeProof } from '../../server/flow/prove/describe.ts';
import { findIdleExceptions } from '../../server/flow/prove/exceptions.ts';
import { swap, TODAY } from './small-content.ts';
import { deskTown } from './small-desk.ts';

type Changes = Record<string, string | ((text: string) => string)>;

const FLOOR = `floor:
  hurt_is_referred:
    says: Whoever speaks of a hurt child is sent on today
    whenever: { means: hurt }
    never: { within: [no set time] }
    cite: NAT 1
one of: {}
every main door hears: [hurt]
first asked: []
`;
const MEANINGS = `meanings:
  hurt: { says: The child is hurt, kind: [harm], cite: NAT 1 }
  late: { says: The child is late, kind: [circumstance], cite: NAT 1 }
`;
const QUIET = 'means nothing of its own: it is asked first';
const meaningful = (text: string) =>
  text
    .replace('type: yes or no', `type: yes or no\n    ${QUIET}`)
    .replace('bruise: { text: A bruise,', 'bruise: { text: A bruise, means: [hurt],')
    .replace('late: { text: Late,', 'late: { text: Late, means: [late],');
const SAFETY = (flow: string, source: string) => `rules:
  danger_first:
    says: It ends with a time
    flows: [${flow}]
    whenever: {}
    never: { end: [nowhere] }
    cite: ${source}
`;
const CASES = `cases:
  a_bruise:
    flow: worry
    story: A bruise.
    answers: { danger: no, signs: [bruise] }
    must: { end: refer, within: today }
`;
const RING = 'cases:\n  rings:\n    flow: ring\n    story: Rings.\n    answers: {}\n    must: { end: ring_now }\n';

const WHOLE: Changes = {
  'area.yaml': (text) => text.replace('for: professional', 'for: professional\n    main: yes'),
  'worry.yaml': meaningful,
  'safety.yaml': SAFETY('worry', 'DOC 1').replace('nowhere', 'talk').replace('{}', '{ danger: yes }'),
  'cases.yaml': CASES,
  'national/floor.yaml': FLOOR,
  'national/meanings.yaml': MEANINGS,
  'national/safety.yaml': SAFETY('ring', 'NAT 1').replace('end: [nowhere]', 'within: [no set time]'),
  'national/cases.yaml': RING,
  'national/questions.yaml': 'questions: {}\n',
  'national/requirements.yaml': 'requirements: {}\n',
  'national/holidays.yaml': 'until: 2028-12-31\nsource: gov.uk\ndays: [2026-12-25]\n',
};

/** A town below a floor, with everything that it then must have. */
function floorTown(changes: Changes = {}): ContentFile[] {
  const files = new Map(deskTown().map(({ folder, name, text }) => [`${folder}/${name}`, text]));
  for (const [path, change] of [...Object.entries(WHOLE), ...Object.entries(changes)]) {
    const name = path.includes('/') ? path : `town/${path}`;
    if (change === GONE) files.delete(name);
    else files.set(name, typeof change === 'string' ? change : change(files.get(name) ?? ''));
  }
  return [...files].map(([path, text]) => {
    const [folder = '', name = ''] = path.split('/');
    return { folder, name, text };
  });
}
const GONE = 'the file is gone';

const told = (changes: Changes = {}) =>
  loadLibrary(floorTown(changes), TODAY)
    .problems.filter(({ kind }) => kind === 'error')
    .map(describeProblem);

describe('the files of an area', () => {
  it.each(['sources', 'contacts', 'safety', 'cases', 'desk'])(
    'are incomplete without %s.yaml, and the message says what to add',
    (name) => {
      for (const [folder, file] of [
        ['town', `${name}.yaml`],
        ['national', `national/${name}.yaml`],
      ] as const) {
        const [first, ...rest] = told({ [file]: GONE });
        expect(first).toMatch(
          new RegExp(`^flows/${folder}/${name}\\.yaml:1:1: the file is missing\\. Add it, with .+\\.$`),
        );
        // Nothing is reported that is only missing because its file is gone.
        expect(rest.filter((line) => /is called|missing\. Add it/.test(line))).toEqual([]);
      }
    },
  );

  it.each(['questions', 'meanings', 'holidays', 'requirements'])(
    'are incomplete nationally without %s.yaml',
    (name) => {
      expect(told({ [`national/${name}.yaml`]: GONE })[0]).toMatch(
        new RegExp(`^flows/national/${name}\\.yaml:1:1: the file is missing`),
      );
    },
  );

  it('give no problem if they are all there', () => {
    expect(told()).toEqual([]);
  });

  it('must contain a rule, and a case for each door', () => {
    expect(told({ 'safety.yaml': 'rules: {}\n' })).toEqual([
      'flows/town/safety.yaml:1:1: there is no safety rule in it. Add one: what must always, or must never, come out.',
    ]);
    expect(told({ 'cases.yaml': 'cases: {}\n' })).toEqual([
      'flows/town/cases.yaml:1:1: no case comes through the door "worry". Write at least one: a story, its answers, and what must come out.',
    ]);
  });

  it('that cannot be read are reported as such, and not as empty', () => {
    expect(told({ 'safety.yaml': 'rules: [' })).toEqual([expect.stringMatching(/^flows\/town\/safety\.yaml:1:/)]);
    expect(told({ 'cases.yaml': CASES.replace('story:', 'storey:') }).join()).not.toContain('no case comes through');
  });
});

describe('causes come before what follows from them', () => {
  it('a case that fails comes after everything else, whatever its file is called', () => {
    const lines = told({
      'worry.yaml': (text) =>
        text
          .replace('  - end: refer\n', '  - end: refer\n    police: consider\n')
          .replace('within: today', 'within: at once'),
      'contacts.yaml': (text) => text.replace('0161 496 0000', '0161 496 OOOO'),
    });
    expect(lines.map((line) => line.split(':')[0])).toEqual(['flows/town/contacts.yaml', 'flows/town/cases.yaml']);
  });

  it('a "when" that can never hold is reported with its line, before the case that fails because of it', () => {
    const files = floorTown({
      'worry.yaml': (text) =>
        text.replace('when: { level: { at least: 3 } }', 'when: { level: { at least: 3 }, danger: no, signs: none }'),
    });
    const { library, problems } = loadLibrary(files, TODAY);
    const [first, second] = withCauses(library, problems, TODAY).map(describeProblem);
    expect(first).toMatch(
      /^flows\/town\/worry\.yaml:\d+:\d+: step "refer" can never be reached: its "when" never holds\.$/,
    );
    expect(second).toMatch(/^flows\/town\/cases\.yaml:\d+:\d+: case "a_bruise"/);
  });

  it('and with its line if no case fails', () => {
    const dead = '  - advise: never_given\n    when: { danger: [yes] }\n';
    const files = floorTown({
      'worry.yaml': (text) =>
        text.replace(
          '  - end: refer\n',
          `${dead.replace('[yes]', 'yes')}    text: A word\n    police: consider\n    cite: DOC 1\n\n  - end: refer\n`,
        ),
    });
    const { library, problems } = loadLibrary(files, TODAY);
    expect(problems.filter(({ kind }) => kind === 'error')).toEqual([]);
    expect(deadSteps(library, proveAll(library, TODAY)).map(describeProblem)).toEqual([
      expect.stringMatching(
        /^flows\/town\/worry\.yaml:\d+:\d+: step "never_given" can never be reached: "call" always ends before it\.$/,
      ),
    ]);
  });

  it('other problems are shown in their own order', () => {
    const { library, problems } = loadLibrary(floorTown({ 'contacts.yaml': GONE }), TODAY);
    expect(hasErrors(problems)).toBe(true);
    expect(withCauses(library, problems, TODAY)).toEqual(problems);
  });

  it('a fault of the proof has its place', () => {
    const { library } = loadLibrary(floorTown(), TODAY);
    const [proof] = proveAll(library, TODAY);
    if (proof === undefined) throw new Error('nothing was proved');
    const faults = [{ part: 'worry', step: 'refer', message: 'So.', kind: 'error' as const }];
    expect(describeProof({ ...proof, faults }, undefined, () => 'flows/town/worry.yaml:9:5')).toContain(
      '  flows/town/worry.yaml:9:5: error in worry, step refer: So.',
    );
  });
});

describe('words that send readers to themselves', () => {
  const advice = (text: string, to = '') =>
    `  - advise: a_call\n${to}    text: ${text}\n    police: consider\n    cite: DOC 1\n\n  - end: refer\n`;
  const misdirected = (text: string, to?: string) =>
    told({
      'national/meanings.yaml': `${MEANINGS}  reader_is_desk: { says: The reader answers there, kind: [reader], cite: NAT 1 }\n`,
      'contacts.yaml': (contacts) =>
        contacts.replace('    name: The desk', '    to: [reader_is_desk]\n    name: The front desk (DESK)'),
      'worry.yaml': (flow) => flow.replace('  - end: refer\n', advice(text, to)),
    }).filter((line) => line.includes('the words send the reader to'));

  it.each(['Ask DESK first', 'Then ring the front desk', 'Talk to the desk about it'])('are refused: %s', (text) => {
    expect(misdirected(text)).toEqual([
      expect.stringMatching(/^flows\/town\/worry\.yaml:\d+:\d+: .+Add "to: \[reader_is_desk\]"/),
    ]);
  });

  it('are accepted if the line says whom it is to, or names nobody', () => {
    expect(misdirected('Ask DESK first', '    to: [reader_is_desk]\n')).toEqual([]);
    expect(misdirected('DESK hears of it')).toEqual([]);
  });
});

describe('what an area changes in a national flow', () => {
  const over = (words: string, step = 'ring_now', flow = 'ring') =>
    told({
      'stricter.yaml': `stricter:\n  ${flow}:\n    ${step}: { ${words}, why: Ours is stricter., cite: DOC 1 }\n`,
      'national/ring.yaml': (text) => text.replace(/within: .+/, 'within: today\n    police: report'),
    }).filter((line) => line.includes('stricter.yaml'));

  it.each(['within: at once', 'police: call 999', 'level: highest', 'parents: do not tell'])(
    'may be stricter: %s',
    (words) => expect(over(words)).toEqual([]),
  );

  it.each([
    ['within: no set time', 'is weaker than the nation\'s "today"'],
    ['within: 2 working days', 'is weaker than the nation\'s "today"'],
    ['within: today', 'says the same as the nation'],
    ['police: consider', 'is weaker than the nation\'s "report"'],
  ])('is refused if it is not stricter: %s', (words, why) => {
    expect(over(words)).toEqual([expect.stringContaining(`"${words}" ${why}`)]);
  });

  it('must name a step of a national flow that ends or advises', () => {
    expect(over('within: at once', 'nowhere')).toEqual([expect.stringContaining('has no end and no advice "nowhere"')]);
    expect(over('within: at once', 'refer', 'worry')).toEqual([expect.stringContaining('is a flow of this area')]);
    expect(over('within: at once', 'refer', 'nothing')).toEqual([expect.stringContaining('no national flow')]);
  });
});

describe('an exception to the floor', () => {
  const exception = (door: string) =>
    `floor exceptions:\n  - rule: hurt_is_referred\n    doors: [${door}]\n    why: The document says so.\n    cite: DOC 1\n    signed by: A lead\n`;
  const idle = (changes: Changes) => {
    const { library } = loadLibrary(floorTown(changes), TODAY);
    return findIdleExceptions([...library.areas.values()]).map(describeProblem);
  };

  it('that is no longer needed is reported with its place', () => {
    expect(idle({ 'safety.yaml': (text) => `${text}${exception('worry')}` })).toEqual([
      'flows/town/safety.yaml:9:5: the exception from "hurt_is_referred" is no longer needed at: worry. The rule holds there. Take the exception out, or that door out of it.',
    ]);
  });

  it('that is needed is not reported', () => {
    const slow = swap('action: Refer\n    within: today', 'action: Refer\n    within: no set time');
    expect(idle({ 'worry.yaml': slow, 'safety.yaml': (text) => `${text}${exception('worry')}` })).toEqual([]);
  });
});

describe('the folder that a command reads', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const commands = [...new Set(Object.values(scripts).flatMap((line) => line.match(/[\w./-]+\.ts\b/g) ?? []))]
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
    .filter(({ text }) => text.includes('readFolder('));

  it('is that of FLOWS_DIR in each command', () => {
    expect(commands.length).toBeGreaterThanOrEqual(8);
    for (const { file, text } of commands) expect(text, file).toMatch(/readFolder\(root\)|flowsFolder\(|flowsDir/);
    for (const { file, text } of commands.filter(({ text }) => text.includes('readFolder(root)')))
      expect(text, file).toMatch(/const root = flowsFolder\(|function findFlow\(root/);
  });
});
