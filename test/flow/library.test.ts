import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { type ContentFile, readFolder } from '../../server/flow/language/folder.ts';
import { canonical, versionOf } from '../../server/flow/language/version.ts';
import { AREA_IS_MISSING, swap, TODAY, town } from './small-content.ts';
import { deskTown } from './small-desk.ts';

const root = mkdtempSync(join(tmpdir(), 'library-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('the folder', () => {
  it('is read file by file, and only what is YAML in a folder', () => {
    for (const folder of ['b', 'a']) mkdirSync(join(root, folder));
    writeFileSync(join(root, 'README.md'), 'x');
    writeFileSync(join(root, 'stray.yaml'), 'x');
    for (const [name, text] of [
      ['a/z.yaml', 'z'],
      ['a/b.yaml', 'b'],
      ['a/b.outcomes.txt', 'x'],
      ['b/c.yaml', 'c'],
    ])
      writeFileSync(join(root, name as string), text as string);
    const found = readFolder(root).sort((a, b) => a.folder.localeCompare(b.folder));
    expect(found).toStrictEqual([
      { folder: 'a', name: 'b.yaml', text: 'b' },
      { folder: 'a', name: 'z.yaml', text: 'z' },
      { folder: 'b', name: 'c.yaml', text: 'c' },
    ]);
  });
});

function flowOf(files: ContentFile[]): Flow {
  const flow = loadLibrary(files, TODAY).library.areas.get('town')?.flows.get('worry');
  if (flow === undefined) throw new Error('the town has no flow');
  return flow;
}

describe('content that is loaded again', () => {
  const villageOf = (files: ContentFile[]) => files.map((file) => ({ ...file, folder: 'village' }));
  const both = () => [...town(), ...villageOf(town())];
  const areasOf = (files: ContentFile[], today = TODAY) => {
    const { areas } = loadLibrary(files, today).library;
    return [areas.get('town'), areas.get('village')].map((area) => area?.flows.get('worry'));
  };

  it('is not read and checked anew where none of its files is another one', () => {
    const files = both();
    const [inTown, inVillage] = areasOf(files);
    expect(inTown).toBeDefined();
    const changed = files.map((file) =>
      file.folder === 'town' && file.name === 'worry.yaml'
        ? { ...file, text: file.text.replace('Talk to the desk', 'Talk with the desk') }
        : file,
    );
    const [newInTown, sameInVillage] = areasOf(changed);
    expect(JSON.stringify(newInTown)).toContain('Talk with the desk');
    expect(sameInVillage).toBe(inVillage);
    expect(areasOf(files)).toEqual([inTown, inVillage]);
  });

  it('is read anew where a file came or went, and checked anew on another day', () => {
    const files = both();
    const [first] = areasOf(files);
    expect(areasOf(files, '2027-11-22')[0]).not.toBe(first);
    const without = loadLibrary(
      files.filter(({ folder, name }) => folder !== 'town' || name !== 'contacts.yaml'),
      TODAY,
    );
    expect(without.problems.map(({ message }) => message).join()).toContain('desk');
    const folders = files.map((file) => ({ ...file, folder: file.folder === 'town' ? 'national' : file.folder }));
    expect(loadLibrary(folders, TODAY).library.areas.get('village')?.flows.get('worry')).not.toBe(areasOf(files)[1]);
  });
});

describe('the version of a flow', () => {
  it('is sixteen hex digits, and the same for the same content', () => {
    expect(versionOf(flowOf(town()))).toMatch(/^[0-9a-f]{16}$/);
    expect(versionOf(flowOf(town()))).toBe(versionOf(flowOf(town())));
    const flow = flowOf(town());
    expect(versionOf(flow)).toBe(versionOf(flow));
  });

  const shown: [string, Parameters<typeof town>[0]][] = [
    ['a word', { 'worry.yaml': swap('Talk to the desk', 'Talk with the desk') }],
    ['a number', { 'contacts.yaml': swap('0161 496 0000', '0161 496 0001') }],
    ['a mark', { 'worry.yaml': swap('level: 2 }\n    none', 'level: 1 }\n    none') }],
    ['a condition', { 'worry.yaml': swap('{ at least: 3 }', '{ at least: 2 }') }],
    [
      'the order of two options',
      {
        'worry.yaml': swap(
          '      bruise: { text: A bruise, level: 3 }\n      late: { text: Late, level: 2 }',
          '      late: { text: Late, level: 2 }\n      bruise: { text: A bruise, level: 3 }',
        ),
      },
    ],
    ['the title of a source', { 'sources.yaml': swap('title: The document', 'title: A document') }],
  ];
  it.each(shown)('changes when %s changes', (_name, changes) => {
    expect(versionOf(flowOf(town(changes)))).not.toBe(versionOf(flowOf(town())));
  });

  it('stays the same when something changes that the flow does not show', () => {
    const more = swap(
      'contacts:\n',
      'contacts:\n  other:\n    name: Other\n    phone: 1\n    for: x\n    cite: DOC 1\n    checked on: not checked\n',
    );
    expect(versionOf(flowOf(town({ 'contacts.yaml': more })))).toBe(versionOf(flowOf(town())));
  });

  it('does not depend on the order of keys', () => {
    expect(canonical({ b: 1, a: [2, { d: undefined, c: 'x' }] })).toBe('{"a":[2,{"c":"x"}],"b":1}');
    expect(canonical({ a: null, c: undefined })).toBe('{"a":null}');
    expect(canonical(undefined)).toBe('null');
    expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
    expect(canonical({ a: 1, b: 2, c: 3 })).toBe('{"a":1,"b":2,"c":3}');
    expect(canonical({ c: 3, a: 1, b: 2 })).toBe('{"a":1,"b":2,"c":3}');
  });
});

describe('the library', () => {
  it('has the doors, rules, cases and withdrawn versions of each area', () => {
    const { library, problems } = loadLibrary(
      town({
        'area.yaml': swap('    for: professional', '    for: professional\n    help: Some help.\n    words: worried'),
        'withdrawn.yaml': 'withdrawn:\n  - version: 0123456789abcdef\n    on: 2026-01-01\n    why: It was wrong.\n',
        'safety.yaml':
          'rules:\n  soon:\n    says: Soon\n    whenever: {}\n    flows: worry\n    always: { contact: desk }\n    cite: DOC 1\n',
        'cases.yaml':
          'cases:\n  one:\n    flow: worry\n    story: A story.\n    answers: { danger: yes }\n    must: { end: call }\n',
      }),
      TODAY,
    );
    expect(problems).toStrictEqual([]);
    const area = library.areas.get('town');
    expect(area?.facts).toMatchObject({ id: 'town', name: 'Town' });
    expect(area?.doors).toStrictEqual([
      {
        area: 'town',
        flow: 'worry',
        title: 'I am worried',
        help: 'Some help.',
        reader: 'professional',
        words: ['worried'],
      },
    ]);
    expect(area?.rules).toStrictEqual([
      {
        id: 'soon',
        says: 'Soon',
        flows: ['worry'],
        whenever: { kind: 'all', of: [] },
        always: { contact: ['desk'] },
        cite: ['DOC 1'],
        at: { file: 'flows/town/safety.yaml', line: 2, column: 3 },
      },
    ]);
    expect([...(area?.cases.keys() ?? [])]).toStrictEqual(['one']);
    expect(library.withdrawn).toStrictEqual(
      new Map([['0123456789abcdef', { version: '0123456789abcdef', on: '2026-01-01', why: 'It was wrong.' }]]),
    );
  });

  it('has nothing of a folder without area.yaml, and says so', () => {
    const files = town().filter(({ name }) => name !== 'area.yaml');
    const { library, problems } = loadLibrary(files, TODAY);
    expect([...library.areas.keys()]).toStrictEqual([]);
    expect(problems).toStrictEqual([AREA_IS_MISSING]);
  });

  it('reports problems in the order of files and lines', () => {
    const { problems } = loadLibrary(
      town({
        'worry.yaml': (text) =>
          text.replaceAll('contacts: [desk]', 'contacts: [dask]').replace('cite: DOC 1\nsteps', 'cite: DOC 8\nsteps'),
        'contacts.yaml': swap('cite: DOC 1', 'cite: DOC 9'),
      }),
      TODAY,
    );
    const places = problems.map(({ file, line }) => `${file}:${String(line).padStart(3, '0')}`);
    expect(places.length).toBeGreaterThan(3);
    expect(places).toStrictEqual([...places].sort());
  });

  it('leaves out problems that only follow from a file that cannot be read', () => {
    const { problems } = loadLibrary(town({ 'contacts.yaml': swap('    phone: ', '   phone: ') }), TODAY);
    expect(problems.map(({ file }) => file)).toStrictEqual(['flows/town/contacts.yaml']);
  });

  it.each(deskTown().map(({ folder, name }) => [folder, name]))(
    'reports nothing but %s/%s if that is broken',
    (folder, name) => {
      const files = deskTown().map((file) =>
        file.folder === folder && file.name === name ? { ...file, text: 'a: [' } : file,
      );
      const { problems } = loadLibrary(files, TODAY);
      expect([...new Set(problems.map(({ file }) => file))]).toStrictEqual([`flows/${folder}/${name}`]);
    },
  );

  it('has the national content first, and then the areas in their order', () => {
    const files = deskTown();
    const away = town().map((file) => ({
      ...file,
      folder: 'away',
      text: file.text.replace('area: town', 'area: away').replace('reference letter: T', 'reference letter: W'),
    }));
    const { library, problems } = loadLibrary([...files, ...away], TODAY);
    expect(problems).toEqual([]);
    expect([...library.areas.keys()]).toEqual(['national', 'town', 'away']);
    const reversed = loadLibrary([...away, ...files].reverse(), TODAY);
    expect([...reversed.library.areas.keys()]).toEqual(['national', 'town', 'away']);
    expect(library.areas.get('town')?.facts).toMatchObject({ id: 'town' });
    expect(library.areas.get('national')?.doors).toHaveLength(1);
  });

  describe('if a file cannot be read', () => {
    const broken = (changes: Record<string, string | ((text: string) => string)>) =>
      loadLibrary(town({ 'timetable.yaml': 'a: [', ...changes }), TODAY).problems.map(
        ({ file, message }) => `${file.replace('flows/town/', '')} ${message.slice(0, 40)}`,
      );
    const retired = (why: string) => ({ 'retired.yaml': `retired:\n  signs: { on: 2026-01-01, why: '${why}' }\n` });

    it.each<[string, Record<string, string | ((text: string) => string)>]>([
      ['a name', { 'worry.yaml': swap('[desk]', '[dask]') }],
      ['a paragraph', { 'worry.yaml': swap('cite: DOC 1', 'cite: DOC 9') }],
      [
        'a question that is asked nowhere',
        {
          'questions.yaml':
            'questions:\n  more: { question: Q, why: So, type: yes or no, unknown: { ask: desk }, cite: DOC 1 }\n',
        },
      ],
      [
        'a door',
        { 'more.yaml': 'flow: more\ntitle: M\ncite: DOC 1\nsteps:\n  - say: hint\n    text: H.\n    cite: DOC 1\n' },
      ],
      [
        'what cannot be known',
        { 'worry.yaml': swap('when: { danger: yes }', 'when: { all of: [{ danger: yes }, { signs: late }] }') },
      ],
    ])('%s that only seems wrong is not reported', (_name, changes) => {
      expect(broken(changes).map((line) => line.split(' ')[0])).toEqual(['timetable.yaml']);
      const sound = loadLibrary(town(changes), TODAY).problems;
      expect(sound.length).toBeGreaterThan(0);
    });

    it.each(['a b is called', 'there is no "x"', 'no door'])(
      'what is really wrong is reported, “%s” or not',
      (words) => {
        expect(broken(retired(`So: no ${words}`))).toEqual([
          'timetable.yaml this line begins at the wrong place. Giv',
          'worry.yaml "signs": this id was retired on 2026-01-',
        ]);
      },
    );
  });

  it('the problems of one line are reported from left to right', () => {
    const { problems } = loadLibrary(
      town({
        'safety.yaml':
          'rules:\n  soon:\n    says: S\n    whenever: {}\n    always: { contact: x, record: y }\n    cite: DOC 1\n',
      }),
      TODAY,
    );
    expect(problems.map(({ line, column }) => `${line}:${column}`)).toEqual(['5:15', '5:27']);
  });

  it('a problem that several areas share is reported once', () => {
    const away = town().map((file) => ({
      ...file,
      folder: 'away',
      text: file.text.replace('area: town', 'area: away').replace('reference letter: T', 'reference letter: W'),
    }));
    const files = deskTown({ 'national/desk.yaml': swap('    reason: needed\n', '') });
    expect(loadLibrary([...files, ...away], TODAY).problems).toHaveLength(1);
  });
});
