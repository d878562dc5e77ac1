/** One folder of content, read and validated file by file; nothing is looked up across files yet. */
import type { z } from 'zod';
import { didYouMean, type Problem } from '../problem.ts';
import { STEP_KINDS, type StepKind } from '../words.ts';
import { type Document, type Path, problemIn, readYaml, validate } from './read.ts';
import * as schema from './schema.ts';
import type { RawDesk } from './schema-desk.ts';

/** A value with the place where an author wrote it. */
export interface Located<T> {
  id: string;
  value: T;
  document: Document;
  path: Path;
}

export type RawQuestion = z.output<typeof schema.question>;
export type RawFlow = z.output<typeof schema.flow>;
export type RawStep = {
  [Kind in StepKind]: { kind: Kind; value: z.output<(typeof schema.steps)[Kind]> };
}[StepKind];

type Table<T> = Map<string, Located<T>>;

export interface Content {
  folder: string;
  area?: Located<z.output<typeof schema.area>>;
  sources: Table<z.output<typeof schema.source>>;
  contacts: Table<z.output<typeof schema.contact>>;
  next: Table<z.output<typeof schema.nextStep>>;
  record: Table<z.output<typeof schema.recordLine>>;
  definitions: Table<z.output<typeof schema.definition>>;
  /** From `questions.yaml` and from the flows. */
  questions: Table<RawQuestion>;
  rules: Table<schema.SafetyRule>;
  cases: Table<schema.WorkedCase>;
  retired: Table<{ on: string; why: string }>;
  requirements: Table<{ says: string; 'decides nothing'?: string | undefined }>;
  meanings: Table<schema.RawMeaning>;
  withdrawn: Located<{ version: string; on: string; why: string }>[];
  holidays: { until: string; days: string[] } | undefined;
  desk?: Located<RawDesk>;
  flows: Map<string, FlowContent>;
}

export interface FlowContent extends Located<Omit<RawFlow, 'steps'>> {
  steps: (Located<RawStep['value']> & RawStep)[];
}

export function readContent(
  folder: string,
  files: { name: string; text: string }[],
): { content: Content; problems: Problem[] } {
  const content: Content = {
    folder,
    sources: new Map(),
    contacts: new Map(),
    next: new Map(),
    record: new Map(),
    definitions: new Map(),
    questions: new Map(),
    rules: new Map(),
    cases: new Map(),
    retired: new Map(),
    requirements: new Map(),
    meanings: new Map(),
    withdrawn: [],
    holidays: undefined,
    flows: new Map(),
  };
  const problems = files.flatMap(({ name, text }) => {
    const { document, problems } = readYaml(`flows/${folder}/${name}`, text);
    if (document === undefined || problems.length > 0) return problems;
    return readFile(content, name.replace(/\.yaml$/, ''), document);
  });
  return { content, problems };
}

function readFile(content: Content, name: string, document: Document): Problem[] {
  if (Object.hasOwn(schema.FILES, name)) return readTableFile(content, name as schema.FileName, document);
  return readFlowFile(content, name, document);
}

function readTableFile(content: Content, name: schema.FileName, document: Document): Problem[] {
  const { value, problems } = validate(schema.FILES[name] as z.ZodType, document, [], document.value);
  if (value === undefined) return problems;
  const parsed = value as Record<string, Record<string, unknown>>;
  if (name === 'area') content.area = { id: 'area', value: value as z.output<typeof schema.area>, document, path: [] };
  else if (name === 'desk') content.desk = { id: 'desk', value: value as RawDesk, document, path: [] };
  else if (name === 'holidays') content.holidays = value as Content['holidays'];
  else if (name === 'withdrawn') {
    const list = parsed.withdrawn as unknown as { version: string; on: string; why: string }[];
    content.withdrawn = list.map((item, index) => ({
      id: item.version,
      value: item,
      document,
      path: ['withdrawn', index],
    }));
  } else fillTable(content, name, parsed, document);
  return [];
}

const TABLE_OF = {
  sources: ['sources', 'sources'],
  contacts: ['contacts', 'contacts'],
  timetable: ['next', 'next'],
  record: ['record', 'record'],
  definitions: ['definitions', 'definitions'],
  questions: ['questions', 'questions'],
  safety: ['rules', 'rules'],
  cases: ['cases', 'cases'],
  retired: ['retired', 'retired'],
  requirements: ['requirements', 'requirements'],
  meanings: ['meanings', 'meanings'],
} as const;

function fillTable(
  content: Content,
  name: keyof typeof TABLE_OF,
  parsed: Record<string, Record<string, unknown>>,
  document: Document,
) {
  const [key, table] = TABLE_OF[name];
  for (const [id, value] of Object.entries(parsed[key] ?? {}))
    (content[table] as Table<unknown>).set(id, { id, value, document, path: [key, id] });
}

function readFlowFile(content: Content, name: string, document: Document): Problem[] {
  const { value, problems } = validate(schema.flow, document, [], document.value);
  if (value === undefined) return problems;
  const found: Problem[] = [];
  if (value.flow !== name)
    found.push(
      problemIn(
        document,
        ['flow'],
        `the flow is called "${value.flow}" and its file "${name}.yaml". Give both one name.`,
      ),
    );
  const { steps, ...head } = value;
  const flow: FlowContent = { id: value.flow, value: head, document, path: [], steps: [] };
  for (const [index, raw] of steps.entries()) {
    const step = readStep(document, index, raw);
    found.push(...step.problems);
    if (step.step !== undefined) flow.steps.push(step.step);
  }
  content.flows.set(flow.id, flow);
  return [...found, ...collectQuestions(content, flow)];
}

function readStep(
  document: Document,
  index: number,
  raw: unknown,
): { step?: FlowContent['steps'][number]; problems: Problem[] } {
  const path = ['steps', index];
  const keys = raw !== null && typeof raw === 'object' ? Object.keys(raw) : [];
  const kind = STEP_KINDS.find((word) => keys.includes(word));
  if (kind === undefined) {
    const first = keys[0] ?? (typeof raw === 'string' ? raw.slice(0, 30) : '');
    const message = `"${first}" is no kind of step.${didYouMean(first, STEP_KINDS)} A step begins with one of: ${STEP_KINDS.join(', ')}.`;
    return { problems: [problemIn(document, path, message)] };
  }
  const { value, problems } = validate(schema.steps[kind], document, path, raw);
  if (value === undefined) return { problems };
  const id = (value as unknown as Record<string, string>)[kind] as string;
  return { step: { id, kind, value, document, path } as unknown as FlowContent['steps'][number], problems: [] };
}

/** A question that is written at its step goes to the questions of the area, as if it stood in `questions.yaml`. */
function collectQuestions(content: Content, flow: FlowContent): Problem[] {
  const problems: Problem[] = [];
  for (const step of flow.steps) {
    if (step.kind !== 'ask' || step.value.question === undefined) continue;
    const { ask: _ask, when: _when, law: _law, ...body } = step.value;
    const checked = validate(schema.question, step.document, step.path, withoutStepKeys(step));
    problems.push(...checked.problems);
    if (checked.value === undefined) continue;
    const known = content.questions.get(step.id);
    if (known !== undefined) {
      const message = `"${step.id}" is written here and at ${known.document.file}. Write it once; here put only "- ask: ${step.id}".`;
      problems.push(problemIn(step.document, step.path, message));
    } else
      content.questions.set(step.id, {
        id: step.id,
        value: body as RawQuestion,
        document: step.document,
        path: step.path,
      });
  }
  return problems;
}

/** The raw text again: the parsed step has been transformed, and the schema wants what the author wrote. */
function withoutStepKeys(step: Located<unknown>): unknown {
  const raw = (step.document.value as { steps: Record<string, unknown>[] }).steps[step.path[1] as number] ?? {};
  const { ask: _ask, when: _when, law: _law, ...body } = raw;
  return body;
}
