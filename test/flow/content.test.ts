/** Reading one folder file by file, and the problems reported for unexpected files. */
import { describe, expect, it } from 'vitest';
import { readContent } from '../../server/flow/language/content.ts';

const read = (files: Record<string, string>) =>
  readContent(
    'town',
    Object.entries(files).map(([name, text]) => ({ name, text })),
  );
const told = (files: Record<string, string>) =>
  read(files).problems.map(
    ({ file, line, column, message }) => `${file.replace('flows/town/', '')}:${line}:${column}: ${message}`,
  );
const flow = (steps: string, name = 'worry') => ({
  [`${name}.yaml`]: `flow: ${name}\ntitle: W\ncite: DOC 1\nsteps:\n${steps}`,
});
const SAY = '  - say: hint\n    text: A hint.\n    cite: DOC 1\n';
const ASK = (id = 'danger') =>
  `  - ask: ${id}\n    question: Q?\n    why: So.\n    type: yes or no\n    unknown: { ask: desk }\n    cite: DOC 1\n`;
const KINDS = 'A step begins with one of: say, ask, advise, call, end.';

describe('a folder', () => {
  it('without files has nothing', () => {
    const { content, problems } = read({});
    expect(problems).toEqual([]);
    expect(content).toMatchObject({ folder: 'town', withdrawn: [], holidays: undefined });
    expect(content).not.toHaveProperty('area');
    expect(content).not.toHaveProperty('desk');
  });

  it('has each table under its name, with the place of each item', () => {
    const { content, problems } = read({
      'sources.yaml': 'sources:\n  DOC: { title: D, publisher: P, published: undated, paragraphs: { 1: One } }\n',
      'contacts.yaml': 'contacts:\n  desk: { name: D, for: x, cite: DOC 1, checked on: not checked }\n',
      'timetable.yaml': 'next:\n  write: { do: W, who: Y, whose: yours, cite: DOC 1 }\n',
      'record.yaml': 'record:\n  why: { write: W, cite: DOC 1 }\n',
      'definitions.yaml': 'definitions:\n  harm: { term: H, text: T, cite: DOC 1 }\n',
      'questions.yaml':
        'questions:\n  more: { question: Q?, why: So., type: yes or no, unknown: { ask: desk }, cite: DOC 1 }\n',
      'safety.yaml': 'rules:\n  soon: { says: S, whenever: {}, cite: DOC 1 }\n',
      'cases.yaml': 'cases:\n  one: { flow: worry, story: S, answers: {} }\n',
      'retired.yaml': 'retired:\n  old: { on: 2026-01-01, why: So }\n',
      'requirements.yaml': 'requirements:\n  BT1: { says: So }\n',
    });
    expect(problems).toEqual([]);
    const places = (['sources', 'contacts', 'next', 'record', 'definitions', 'questions', 'rules', 'cases'] as const)
      .flatMap((table) => [...content[table].values()])
      .concat([...content.retired.values()] as never[], [...content.requirements.values()] as never[])
      .map(({ id, path, document }) => `${document.file.slice('flows/town/'.length)} ${path.join('/')} ${id}`);
    expect(places).toEqual([
      'sources.yaml sources/DOC DOC',
      'contacts.yaml contacts/desk desk',
      'timetable.yaml next/write write',
      'record.yaml record/why why',
      'definitions.yaml definitions/harm harm',
      'questions.yaml questions/more more',
      'safety.yaml rules/soon soon',
      'cases.yaml cases/one one',
      'retired.yaml retired/old old',
      'requirements.yaml requirements/BT1 BT1',
    ]);
    expect(content.retired.get('old')?.value).toEqual({ on: '2026-01-01', why: 'So' });
  });

  it('has the withdrawn versions and the holidays', () => {
    const { content, problems } = read({
      'withdrawn.yaml':
        'withdrawn:\n  - { version: 0123456789abcdef, on: 2026-01-01, why: A }\n  - { version: 1123456789abcdef, on: 2026-01-02, why: B }\n',
      'holidays.yaml': 'until: 2030-12-31\nsource: S\ndays: [2026-12-25]\n',
    });
    expect(problems).toEqual([]);
    expect(content.withdrawn.map(({ id, value, path }) => [id, value.why, ...path])).toEqual([
      ['0123456789abcdef', 'A', 'withdrawn', 0],
      ['1123456789abcdef', 'B', 'withdrawn', 1],
    ]);
    expect(content.holidays).toMatchObject({ until: '2030-12-31', days: ['2026-12-25'] });
  });

  it('has its area and its desk from the top level of their files', () => {
    const { content, problems } = read({
      'area.yaml':
        'area: town\nname: T\nfront door: desk\nfront door is called: D\nreference letter: T\nscale: {}\ndoors: {}\n',
      'desk.yaml': 'fields: {}\n',
    });
    expect(problems).toEqual([]);
    expect(content.area).toMatchObject({ id: 'area', path: [], value: { name: 'T' } });
    expect(content.desk).toMatchObject({ id: 'desk', path: [], value: { fields: {} } });
    expect(content.area?.document.file).toBe('flows/town/area.yaml');
    expect(content.withdrawn).toEqual([]);
  });

  it('has nothing of a file that cannot be read, and everything of the others', () => {
    const { content, problems } = read({
      ...flow(SAY),
      ...flow(`${SAY}    more: x\n`, 'other'),
      'broken.yaml': 'a: [',
    });
    expect(problems.map(({ file }) => file)).toEqual(['flows/town/other.yaml', 'flows/town/broken.yaml']);
    expect([...content.flows.keys()]).toEqual(['worry', 'other']);
    expect(told({ 'retired.yaml': 'retired:\n  old: { on: never, why: So }\n' })).toEqual([
      'retired.yaml:2:10: "never" does not fit "on". Expected: a date such as 2026-11-22.',
    ]);
    expect(read({ ...flow(SAY), 'worse.yaml': 'flow: worse\nx: !!a b\n' }).content.flows.has('worse')).toBe(false);
  });
});

describe('a flow', () => {
  it('has its steps and its head, each with its place', () => {
    const { content, problems } = read(flow(`${SAY}${ASK()}  - call: more\n`));
    expect(problems).toEqual([]);
    const worry = content.flows.get('worry');
    expect(worry?.value).toEqual({ flow: 'worry', title: 'W', cite: ['DOC 1'] });
    expect(worry?.steps.map(({ id, kind, path }) => [kind, id, ...path])).toEqual([
      ['say', 'hint', 'steps', 0],
      ['ask', 'danger', 'steps', 1],
      ['call', 'more', 'steps', 2],
    ]);
    expect(content.questions.get('danger')).toMatchObject({ id: 'danger', path: ['steps', 1], value: { why: 'So.' } });
  });

  it('has questions without what belongs to the step', () => {
    const { content } = read(flow(ASK().replace('    why', '    when: { a: b }\n    law: LAW\n    why')));
    expect(Object.keys(content.questions.get('danger')?.value ?? {}).sort()).toEqual([
      ...['cite', 'question', 'type', 'unknown', 'why'],
    ]);
  });

  it.each<[string, string, string[]]>([
    ['of another kind', '  - finish: now\n', [`5:5: "finish" is no kind of step. ${KINDS}`]],
    ['of a kind misspelt', '  - advice: now\n', [`5:5: "advice" is no kind of step. Did you mean "advise"? ${KINDS}`]],
    [
      'that is text',
      `  - ${'word '.repeat(8)}\n`,
      [`5:5: "word word word word word word " is no kind of step. ${KINDS}`],
    ],
    ['that is empty', '  - {}\n', [`5:5: "" is no kind of step. ${KINDS}`]],
    ['that lacks something', '  - say: hint\n    cite: DOC 1\n', ['5:5: "text" is missing. Add it.']],
    ['whose question lacks something', ASK().replace('    why: So.\n', ''), ['5:5: "why" is missing. Add it.']],
    [
      'with a question that is asked before',
      `${ASK()}${ASK()}`,
      ['11:5: "danger" is written here and at flows/town/worry.yaml. Write it once; here put only "- ask: danger".'],
    ],
    ['that asks what is written elsewhere', '  - ask: danger\n', []],
  ])('with a step %s is reported', (_name, steps, expected) => {
    expect(told(flow(steps))).toEqual(expected.map((line) => `worry.yaml:${line}`));
  });

  it('keeps the steps that can be read', () => {
    const { content } = read(flow(`  - finish: now\n${SAY}`));
    expect(content.flows.get('worry')?.steps.map(({ id }) => id)).toEqual(['hint']);
  });

  it('has to be named like its file', () => {
    expect(told({ 'other.yaml': flow(SAY)['worry.yaml'] ?? '' })).toEqual([
      'other.yaml:1:1: the flow is called "worry" and its file "other.yaml". Give both one name.',
    ]);
  });

  it('has to be complete', () => {
    expect(told({ 'worry.yaml': 'flow: worry\n' })).toEqual([
      'worry.yaml:1:1: "title" is missing. Add it.',
      'worry.yaml:1:1: "cite" is missing. Add it.',
      'worry.yaml:1:1: "steps" is missing. Add it.',
    ]);
  });
});
