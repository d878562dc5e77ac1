/**
 * What is shown beside a result: the hand-over sheet, the next hours, words to say, opening hours; and the report of
 * each mistake in them.
 */
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { checkNationalLines } from '../../server/flow/check/national-lines.ts';
import type { Condition } from '../../server/flow/flow.ts';
import { readContent } from '../../server/flow/language/content.ts';
import type { ScriptLine } from '../../server/flow/script.ts';
import { swap, TODAY, town } from './small-content.ts';

const HANDOVER_SHEET = `
sheet:
  name:
    label: Name
    part: child
    asked by: DOC 1
  danger:
    label: Danger
    part: facts
    type: long text
    filled by: [answer danger, topic concern, record parents]
`;
const SCRIPT = `
script:
  right:
    to: child
    say: You did the right thing.
    cite: DOC 1
`;

type Changes = Parameters<typeof town>[0];
const told = (changes: Changes) =>
  loadLibrary(town(changes), TODAY).problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);
const handoverSheet = (from = '', to = '') => ({ 'handover_sheet.yaml': HANDOVER_SHEET.replace(from, to) });
const script = (from = '', to = '') => ({ 'script.yaml': SCRIPT.replace(from, to) });

describe('the hand-over sheet', () => {
  it('is compiled in the order of its parts', () => {
    const { library, problems } = loadLibrary(town(handoverSheet()), TODAY);
    expect(problems).toEqual([]);
    expect(library.areas.get('town')?.handoverSheet?.fields.map(({ id, filledBy }) => [id, filledBy.length])).toEqual([
      ['name', 0],
      ['danger', 3],
    ]);
  });

  it.each([
    ['a field that no answer and no form fills', '    asked by: DOC 1\n', '', 'nothing fills "name"'],
    ['a question that is not there', 'answer danger', 'answer dangr', 'no question is called "dangr"'],
    [
      'a topic that nobody asks',
      'topic concern',
      'topic concer',
      'there is no topic "concer". Did you mean "concern"?',
    ],
    ['something that no record holds', 'record parents', 'record parrents', 'there is no record "parrents"'],
    ['a word that fills nothing', 'topic concern', 'subject concern', '"subject concern" fills nothing'],
    ['a form that is not there', 'asked by: DOC 1', 'asked by: DOC 9', 'there is no "DOC 9"'],
    ['a part that the hand-over sheet does not have', 'part: facts', 'part: fact', 'part'],
  ])('%s is told with its place', (_what, from, to, message) => {
    const problems = told(handoverSheet(from, to));
    expect(problems.join('\n')).toContain(message);
    expect(problems.every((problem) => problem.startsWith('flows/town/handover_sheet.yaml:'))).toBe(true);
  });
});

describe('words to say', () => {
  it('are compiled with their documents', () => {
    const { library, problems } = loadLibrary(town(script()), TODAY);
    expect(problems).toEqual([]);
    expect(library.areas.get('town')?.script).toMatchObject({
      lines: [{ kind: 'say', text: 'You did the right thing.' }],
      sources: { DOC: { title: 'The document' } },
    });
  });

  it.each([
    ['a line without a fact behind it', '    cite: DOC 1\n', '', 'cite'],
    ['a line whose document is not there', 'DOC 1', 'DOX 1', 'no source is called "DOX"'],
    [
      'a line with neither words nor how',
      '    say: You did the right thing.\n',
      '',
      'either "say", with the words, or "do"',
    ],
    ['a listener that is not there', 'to: child', 'to: childd', 'to'],
  ])('%s is told with its place', (_what, from, to, message) => {
    const problems = told(script(from, to));
    expect(problems.join('\n')).toContain(message);
    expect(problems.every((problem) => problem.startsWith('flows/town/script.yaml:'))).toBe(true);
  });
});

describe('a line of the national script', () => {
  const LINES = `
script:
  now:
    to: child
    say: I am here.
    only with: { means: { any of: [nobody_means_this] } }
    cite: DOC 1
`;
  const ask = (how: 'any' | 'none') => {
    const { content } = readContent('national', [{ name: 'script.yaml', text: LINES.trimStart() }]);
    const { flows = new Map() } = loadLibrary(town(), TODAY).library.areas.get('town') ?? {};
    const onlyWith: Condition = { kind: 'means', how, meanings: ['nobody_means_this'] };
    const lines: ScriptLine[] = [{ id: 'now', to: 'child', kind: 'say', text: 'I am here.', onlyWith, cite: [] }];
    const areas: Parameters<typeof checkNationalLines>[1] = new Map([
      ['national', { flows, script: { lines, sources: {} } }],
      ['town', { flows }],
      ['village', { flows }],
    ]);
    return checkNationalLines(content, areas).map(({ file, line, message }) => `${file}:${line}: ${message}`);
  };

  it('that no answer of any area leads to is reported with its place', () => {
    expect(ask('any')).toEqual([
      expect.stringMatching(/^flows\/national\/script\.yaml:5: no answer.*"nobody_means_this"/),
    ]);
    expect(ask('none')).toEqual([]);
  });
});

describe('opening hours of a contact', () => {
  const open = (hours: string) => ({
    'contacts.yaml': swap('    for: Every doubt\n', `    open: ${hours}\n    for: Every doubt\n`),
  });

  it.each(['day and night', 'nights and weekends', '[{ days: monday to friday, from: 08:30, to: 17:00 }]'])(
    '%s is read',
    (hours) => {
      expect(told(open(hours))).toEqual([]);
    },
  );

  it.each([
    ['sometimes', ''],
    ['[{ days: mon to fri, from: 08:30, to: 17:00 }]', 'days such as "monday"'],
    ['[{ days: monday, from: 8.30, to: 17:00 }]', 'a time such as 08:30'],
    ['[{ days: monday, from: 17:00, to: 08:30 }]', 'the time of closing is later'],
  ])('%s is told', (hours, message) => {
    const problems = told(open(hours));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(/^flows\/town\/contacts\.yaml:/);
    expect(problems.join('\n')).toContain(message);
  });
});

it('the question about the next hours is allowed in the national content only', () => {
  const hours =
    'question: When?\nwhy: It matters\ncite: DOC 1\noptions:\n  soon:\n    text: Soon\n    until then:\n      - { do: Ring, cite: DOC 1 }\n';
  expect(told({ 'next_hours.yaml': hours }).join()).toContain('Move it to national/next_hours.yaml');
});
