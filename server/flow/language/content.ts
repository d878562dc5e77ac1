/** One folder of content, read and validated file by file. References between files are not checked yet. */
import type { z } from 'zod';
import { STEP_KINDS, type StepKind } from '../language-words.ts';
import { didYouMean, type Problem } from '../problem.ts';
import { type Document, type Path, problemIn, readYaml, validate } from './read.ts';
import * as schema from './schema.ts';
import type { RawDesk } from './schema-desk.ts';
import type { RawHandoverSheetField } from './schema-handover-sheet.ts';
import {
  instrument as instrumentFile,
  type RawHandOff,
  type RawInstrument,
  type RawPathway,
} from './schema-instrument.ts';
import type { RawNextHours } from './schema-next-hours.ts';
import type { RawScriptLine } from './schema-script.ts';

/** A value, and the place in the file where its author wrote it. */
export interface Located<T> {
  id: string;
  value: T;
  document: Document;
  path: Path;
}

export type RawArea = z.output<typeof schema.area>;
export type RawQuestion = z.output<typeof schema.question>;
export type RawFlow = z.output<typeof schema.flow>;
type StepContent = {
  [Kind in StepKind]: Located<z.output<(typeof schema.steps)[Kind]>> & { kind: Kind };
}[StepKind];

type Table<T> = Map<string, Located<T>>;

export interface Content {
  folder: string;
  area?: Located<RawArea>;
  sources: Table<z.output<typeof schema.source>>;
  contacts: Table<z.output<typeof schema.contact>>;
  next: Table<z.output<typeof schema.nextStep>>;
  record: Table<z.output<typeof schema.recordLine>>;
  definitions: Table<z.output<typeof schema.definition>>;
  /** From `questions.yaml` and from steps of flows. */
  questions: Table<RawQuestion>;
  rules: Table<schema.SafetyRule>;
  cases: Table<schema.WorkedCase>;
  retired: Table<schema.RetiredId>;
  /** Question id → retired options. */
  retiredOptions: Table<Record<string, schema.RetiredId>>;
  used: Table<string[] | string>;
  requirements: Table<{ says: string; 'decides nothing'?: string | undefined }>;
  examples: Table<schema.PrintedExample>;
  meanings: Table<schema.RawMeaning>;
  /** The fields of the hand-over sheet. */
  handoverSheet: Table<RawHandoverSheetField>;
  /** The words suggested for talking to the child and to a parent. */
  script: Table<RawScriptLine>;
  withdrawn: Located<{ version: string; on: string; why: string }>[];
  holidays: { until: string; days: string[] } | undefined;
  desk?: Located<RawDesk>;
  floor?: Located<schema.RawFloor>;
  nextHours?: Located<RawNextHours>;
  search?: Located<schema.Searching>;
  phrases?: Located<Record<string, string[]>>;
  floorExceptions: Located<schema.FloorException>[];
  /** National flow → the steps at which this area is stricter. */
  stricter: Table<Record<string, schema.RawStricter>>;
  pathway?: Located<RawPathway>;
  instruments: Table<RawInstrument>;
  handOffs: Table<RawHandOff>;
  flows: Map<string, FlowContent>;
  /** The files that were read without a mistake, except flows. */
  read: Set<schema.FileName>;
}

export interface FlowContent extends Located<Omit<RawFlow, 'steps'>> {
  steps: StepContent[];
}

type NamedText = Readonly<{ name: string; text: string }>;

interface ContentRead {
  readonly content: Content;
  readonly problems: readonly Problem[];
}

/** By the first file of the folder. Tests and the mutants change one file, and load the folders of all the others again and again. */
const remembered = new WeakMap<NamedText, ContentRead & { folder: string; files: readonly NamedText[] }>();

/** Files that are the same objects as before are the same content. */
export function readContent(folder: string, files: readonly NamedText[]): ContentRead {
  const [first] = files;
  const known = first && remembered.get(first);
  const isSame = known?.folder === folder && known.files.length === files.length;
  if (isSame && known.files.every((file, index) => file === files[index])) return known;
  const read = readAnew(folder, files);
  if (first !== undefined) remembered.set(first, { ...read, folder, files: [...files] });
  return read;
}

function readAnew(folder: string, files: readonly NamedText[]): ContentRead {
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
    retiredOptions: new Map(),
    used: new Map(),
    requirements: new Map(),
    examples: new Map(),
    meanings: new Map(),
    handoverSheet: new Map(),
    script: new Map(),
    withdrawn: [],
    floorExceptions: [],
    stricter: new Map(),
    instruments: new Map(),
    handOffs: new Map(),
    holidays: undefined,
    flows: new Map(),
    read: new Set(),
  };
  const problems = files.flatMap((file) => {
    const { document, problems } = parseOnce(folder, file);
    if (document === undefined || problems.length > 0) return problems;
    return readFile(content, file.name.replace(/\.yaml$/, ''), document);
  });
  return { content, problems };
}

/** Parsing takes most of the time: in a folder of which one file was changed, the others are not parsed again. */
const parsed = new WeakMap<NamedText, ReturnType<typeof readYaml>>();

function parseOnce(folder: string, file: NamedText): ReturnType<typeof readYaml> {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const read = readYaml(`flows/${folder}/${file.name}`, file.text);
  parsed.set(file, read);
  return read;
}

function readFile(content: Content, name: string, document: Document): Problem[] {
  if (Object.hasOwn(schema.FILES, name)) {
    const problems = FILE_READERS[name as schema.FileName](content, document);
    if (problems.length === 0) content.read.add(name as schema.FileName);
    return problems;
  }
  if (name.startsWith('instruments/')) return readInstrumentFile(content, name, document);
  return readFlowFile(content, name, document);
}

/** Stores the content of each kind of file. */
const FILE_READERS: Record<schema.FileName, (content: Content, document: Document) => Problem[]> = {
  area: fileReader(schema.FILES.area, (content, value, document) => {
    content.area = { id: 'area', value, document, path: [] };
  }),
  desk: fileReader(schema.FILES.desk, (content, value, document) => {
    content.desk = { id: 'desk', value, document, path: [] };
  }),
  holidays: fileReader(schema.FILES.holidays, (content, value) => {
    content.holidays = value;
  }),
  withdrawn: fileReader(schema.FILES.withdrawn, (content, { withdrawn }, document) => {
    content.withdrawn = withdrawn.map((value, index) => ({
      id: value.version,
      value,
      document,
      path: ['withdrawn', index],
    }));
  }),
  sources: fileReader(schema.FILES.sources, (content, { sources }, document) =>
    fillTable(content.sources, 'sources', sources, document),
  ),
  contacts: fileReader(schema.FILES.contacts, (content, { contacts }, document) =>
    fillTable(content.contacts, 'contacts', contacts, document),
  ),
  timetable: fileReader(schema.FILES.timetable, (content, { next }, document) =>
    fillTable(content.next, 'next', next, document),
  ),
  record: fileReader(schema.FILES.record, (content, { record }, document) =>
    fillTable(content.record, 'record', record, document),
  ),
  definitions: fileReader(schema.FILES.definitions, (content, { definitions }, document) =>
    fillTable(content.definitions, 'definitions', definitions, document),
  ),
  questions: fileReader(schema.FILES.questions, (content, { questions }, document) =>
    fillTable(content.questions, 'questions', questions, document),
  ),
  safety: fileReader(schema.FILES.safety, (content, { rules, 'floor exceptions': exceptions = [] }, document) => {
    fillTable(content.rules, 'rules', rules, document);
    content.floorExceptions = exceptions.map((value, index) => ({
      id: value.rule,
      value,
      document,
      path: ['floor exceptions', index],
    }));
  }),
  floor: fileReader(schema.FILES.floor, (content, value, document) => {
    content.floor = { id: 'floor', value, document, path: [] };
  }),
  stricter: fileReader(schema.FILES.stricter, (content, { stricter }, document) =>
    fillTable(content.stricter, 'stricter', stricter, document),
  ),
  search: fileReader(schema.FILES.search, (content, value, document) => {
    content.search = { id: 'search', value, document, path: [] };
  }),
  phrases: fileReader(schema.FILES.phrases, (content, { phrases }, document) => {
    content.phrases = { id: 'phrases', value: phrases, document, path: ['phrases'] };
  }),
  hand_offs: fileReader(schema.FILES.hand_offs, (content, value, document) =>
    fillTable(content.handOffs, 'hand offs', value['hand offs'], document),
  ),
  pathway: fileReader(schema.FILES.pathway, (content, value, document) => {
    content.pathway = { id: 'pathway', value, document, path: [] };
  }),
  cases: fileReader(schema.FILES.cases, (content, { cases }, document) =>
    fillTable(content.cases, 'cases', cases, document),
  ),
  retired: fileReader(schema.FILES.retired, (content, { retired, 'retired options': options = {} }, document) => {
    fillTable(content.retired, 'retired', retired, document);
    fillTable(content.retiredOptions, 'retired options', options, document);
  }),
  used: fileReader(schema.FILES.used, (content, { used }, document) => fillTable(content.used, 'used', used, document)),
  script: fileReader(schema.FILES.script, (content, { script }, document) =>
    fillTable(content.script, 'script', script, document),
  ),
  next_hours: fileReader(schema.FILES.next_hours, (content, value, document) => {
    content.nextHours = { id: 'next_hours', value, document, path: [] };
  }),
  handover_sheet: fileReader(schema.FILES.handover_sheet, (content, { sheet }, document) =>
    fillTable(content.handoverSheet, 'sheet', sheet, document),
  ),
  requirements: fileReader(schema.FILES.requirements, (content, { requirements }, document) =>
    fillTable(content.requirements, 'requirements', requirements, document),
  ),
  examples: fileReader(schema.FILES.examples, (content, { examples }, document) =>
    fillTable(content.examples, 'examples', examples, document),
  ),
  meanings: fileReader(schema.FILES.meanings, (content, { meanings }, document) =>
    fillTable(content.meanings, 'meanings', meanings, document),
  ),
};

function fileReader<T extends z.ZodType>(
  file: T,
  fill: (content: Content, value: z.output<T>, document: Document) => void,
) {
  return (content: Content, document: Document): Problem[] => {
    const read = validate(file, document, [], document.value);
    if (read.ok) fill(content, read.value, document);
    return read.problems;
  };
}

/** `key` is the top-level key of the table in the file. */
function fillTable<T>(table: Table<T>, key: string, values: Record<string, T>, document: Document): void {
  for (const [id, value] of Object.entries(values)) table.set(id, { id, value, document, path: [key, id] });
}

function readInstrumentFile(content: Content, name: string, document: Document): Problem[] {
  const { value, problems } = validate(instrumentFile, document, [], document.value);
  if (value === undefined) return problems;
  content.instruments.set(value.instrument, { id: value.instrument, value, document, path: [] });
  if (name === `instruments/${value.instrument}`) return [];
  const message = `the instrument is called "${value.instrument}" and its file "${name}.yaml". Give both one name.`;
  return [problemIn(document, ['instrument'], message)];
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

function readStep(document: Document, index: number, raw: unknown): { step?: StepContent; problems: Problem[] } {
  const path = ['steps', index];
  const keys = raw !== null && typeof raw === 'object' ? Object.keys(raw) : [];
  const kind = STEP_KINDS.find((word) => keys.includes(word));
  if (kind === undefined) {
    const first = keys[0] ?? (typeof raw === 'string' ? raw.slice(0, 30) : '');
    const message = `"${first}" is no kind of step.${didYouMean(first, STEP_KINDS)} A step begins with one of: ${STEP_KINDS.join(', ')}.`;
    return { problems: [problemIn(document, path, message)] };
  }
  return STEP_READERS[kind]({ document, path, raw });
}

interface RawStep {
  document: Document;
  path: Path;
  raw: unknown;
}

const STEP_READERS = {
  say: stepReader('say', schema.steps.say, ({ say }) => say),
  ask: stepReader('ask', schema.steps.ask, ({ ask }) => ask),
  advise: stepReader('advise', schema.steps.advise, ({ advise }) => advise),
  call: stepReader('call', schema.steps.call, ({ call }) => call),
  end: stepReader('end', schema.steps.end, ({ end }) => end),
} satisfies Record<StepKind, unknown>;

function stepReader<Kind extends StepKind, T extends z.ZodType>(
  kind: Kind,
  step: T,
  idOf: (value: z.output<T>) => string,
) {
  return ({ document, path, raw }: RawStep) => {
    const read = validate(step, document, path, raw);
    if (!read.ok) return { problems: read.problems };
    return { step: { id: idOf(read.value), kind, value: read.value, document, path }, problems: [] };
  };
}

/** A question written at its step joins the area's questions, as if it were in `questions.yaml`. */
function collectQuestions(content: Content, flow: FlowContent): Problem[] {
  const problems: Problem[] = [];
  for (const step of flow.steps) {
    if (step.kind !== 'ask' || step.value.question === undefined) continue;
    const checked = validate(schema.question, step.document, step.path, withoutStepKeys(step));
    problems.push(...checked.problems);
    if (!checked.ok) continue;
    const known = content.questions.get(step.id);
    if (known !== undefined) {
      const message = `"${step.id}" is written here and at ${known.document.file}. Write it once; here put only "- ask: ${step.id}".`;
      problems.push(problemIn(step.document, step.path, message));
    } else
      content.questions.set(step.id, {
        id: step.id,
        value: checked.value,
        document: step.document,
        path: step.path,
      });
  }
  return problems;
}

/** Takes the raw text again, because the parsed step has already been transformed and the schema expects what the author wrote. */
function withoutStepKeys(step: Located<unknown>): unknown {
  const raw = (step.document.value as { steps: Record<string, unknown>[] }).steps[step.path[1] as number] ?? {};
  const { ask: _ask, when: _when, law: _law, ...body } = raw;
  return body;
}
