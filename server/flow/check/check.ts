/** Runs every check on one area together with the national content. All problems are reported at once. */

import type { Flow, Question, Reader } from '../flow.ts';
import { Compiler } from '../language/compile.ts';
import { DONT_KNOW } from '../language/compile-question.ts';
import type { Content, Located } from '../language/content.ts';
import { problemIn } from '../language/read.ts';
import { describeMissing, findIn, resolveContact, type Scope } from '../language/scope.ts';
import { NATIONAL } from '../national.ts';
import type { Message, Problem } from '../problem.ts';
import { checkAddressed } from './addressed.ts';
import { runCase } from './cases.ts';
import type { CompiledArea } from './compiled-area.ts';
import { compileDesk } from './desk.ts';
import { checkExamples } from './examples.ts';
import { checkKnown, type FactProblem, indistinctOptions, isUnused, NamedAnswers } from './facts.ts';
import { checkFloor, compileFloor } from './floor.ts';
import { compileHandoverSheet } from './handover-sheet.ts';
import { compileInstruments } from './instruments.ts';
import { checkLadders } from './ladder.ts';
import { checkMeanings } from './meanings.ts';
import { compileNextHours } from './next-hours.ts';
import { checkPlausible } from './plausible.ts';
import { checkReachable } from './reachable.ts';
import { checkRequirements } from './requirements.ts';
import type { Rule } from './safety.ts';
import { compileScript } from './script.ts';
import { checkQuestionShapes } from './shape.ts';
import { checkStricter } from './stricter.ts';
import { checkTables } from './tables.ts';

export interface CheckedArea extends CompiledArea {
  problems: Problem[];
}

/** `today` is an ISO date. It decides which laws are in force and which dates a case may enter. */
export function checkArea(scope: Scope, today: string): CheckedArea {
  const area = scope.own.area;
  if (area === undefined)
    return {
      flows: new Map(),
      rules: [],
      instruments: new Map(),
      handOffs: [],
      problems: [describeMissingArea(scope)],
    };
  const compiler = new Compiler(scope, today);
  const problems = [...checkQuestionShapes(scope.own), ...checkLadders(scope)];
  // Flows can be walked only if no calls are circular and every ladder ends. This includes the national flows, which are walked with this area's.
  const ofNation = scope.national === undefined ? [] : checkLadders({ own: scope.national });
  const walkable = [...problems, ...ofNation].every((problem) => problem.kind === 'warning');
  const flows = compileDoors(scope, compiler, area);
  const rules = compileRules(scope, compiler);
  const floor = compileFloor(scope, compiler);
  const desk = compileDesk(scope, compiler);
  const { handoverSheet, problems: ofHandoverSheet } = compileHandoverSheet(scope, today, flows);
  const { nextHours, problems: ofNextHours } = compileNextHours(scope, today);
  const { instruments, handOffs, pathway, problems: ofInstruments } = compileInstruments(scope, today);
  const { script, problems: ofScript } = compileScript(scope, today, flows);
  compileRest(scope, compiler);
  problems.push(...ofHandoverSheet, ...ofNextHours, ...ofScript, ...checkContent(scope, compiler, flows));
  if (walkable) for (const flow of flows.values()) problems.push(...locateProblems(scope, checkKnown(flow)));
  if (walkable && compiler.problems.length === 0) problems.push(...checkCases(scope, flows, today));
  return {
    flows,
    rules,
    ...(floor !== undefined && { floor }),
    ...(desk !== undefined && { desk }),
    ...(handoverSheet !== undefined && { handoverSheet }),
    ...(nextHours !== undefined && { nextHours }),
    instruments,
    handOffs,
    ...(pathway !== undefined && { pathway }),
    ...(script !== undefined && { script }),
    problems: [...compiler.problems, ...ofInstruments, ...problems],
  };
}

function describeMissingArea(scope: Scope): Problem {
  return {
    file: `flows/${scope.own.folder}/area.yaml`,
    line: 1,
    column: 1,
    message: 'the file is missing or broken. An area needs its area.yaml.',
    kind: 'error',
    cause: 'missing',
  };
}

/** The checks that need no walk. */
function checkContent(scope: Scope, compiler: Compiler, flows: ReadonlyMap<string, Flow>): Problem[] {
  return [
    ...checkTables(scope, compiler.today),
    ...checkReachable(scope),
    ...checkMeanings(scope),
    ...checkAddressed(scope),
    ...checkPlausible(scope.own, compiler.today),
    ...checkFloor(scope, flows),
    ...checkStricter(scope),
    ...checkRequirements(scope),
    ...checkExamples(scope.own),
    ...checkQuestions(scope, compiler),
  ];
}

function compileDoors(scope: Scope, compiler: Compiler, area: NonNullable<Content['area']>): Map<string, Flow> {
  const flows = new Map<string, Flow>();
  const national = scope.national?.area?.value.doors ?? {};
  const shared = Object.entries(national).filter(([, door]) => door.for === 'professional');
  for (const [id, door] of [...Object.entries(area.value.doors), ...shared]) {
    const content = findIn(scope, 'flows', id);
    if (content === undefined) compiler.report(area, ['doors', id], describeMissing(scope, 'flows', id));
    // A compiler for each flow, so that a flow contains only what it refers to itself.
    const own = new Compiler(scope, compiler.today);
    const flow =
      content === undefined ? undefined : own.compileFlow(id, { title: door.title, for: door.for as Reader });
    compiler.problems.push(...own.problems);
    if (flow !== undefined) flows.set(id, flow);
  }
  return flows;
}

/** Also compiles the flows and tables that no door of this area uses, so that mistakes in them are found. */
function compileRest(scope: Scope, compiler: Compiler): void {
  compileTools(scope, compiler);
  for (const flow of scope.own.flows.values()) compiler.compilePart(flow);
  for (const contact of scope.own.contacts.values()) compiler.cite(contact.value.cite, contact, ['cite']);
  for (const table of ['next', 'record', 'definitions', 'meanings', 'examples'] as const)
    for (const item of scope.own[table].values()) compiler.cite(item.value.cite, item, ['cite']);
}

/** Each tool must belong to a meaning, and a document must ask for it. */
function compileTools({ own: { area } }: Scope, compiler: Compiler): void {
  if (area === undefined) return;
  for (const [meaning, { cite }] of Object.entries(area.value.tools ?? {})) {
    if (compiler.kindsOf(meaning).length === 0)
      compiler.report(area, ['tools', meaning], describeMissing(compiler.scope, 'meanings', meaning));
    compiler.cite(cite, area, ['tools', meaning, 'cite']);
  }
}

function compileRules(scope: Scope, compiler: Compiler): Rule[] {
  return [...scope.own.rules.values()].map((located) => {
    const { value } = located;
    for (const flow of value.flows ?? [])
      if (findIn(scope, 'flows', flow) === undefined)
        compiler.report(located, ['flows'], describeMissing(scope, 'flows', flow));
    if (value.always === undefined && value.never === undefined)
      compiler.report(located, [], `the rule "${located.id}" needs "always" or "never".`);
    for (const part of ['always', 'never'] as const) checkExpected(scope, compiler, located, part);
    const position = problemIn(located.document, located.path, '');
    return {
      id: located.id,
      says: value.says,
      ...(value.flows !== undefined && { flows: value.flows }),
      whenever: compiler.condition(value.whenever, located, ['whenever']),
      ...(value.always !== undefined && { always: value.always }),
      ...(value.never !== undefined && { never: value.never }),
      cite: compiler.cite(value.cite, located, ['cite']),
      at: { file: position.file, line: position.line, column: position.column },
    };
  });
}

const EXPECTED_TABLES = {
  next: 'next',
  record: 'record',
  contact: 'contacts',
  'first contact': 'contacts',
  asked: 'questions',
} as const;

function checkExpected(
  scope: Scope,
  compiler: Compiler,
  located: Located<{ always?: object; never?: object }>,
  part: 'always' | 'never',
): void {
  const expected = (located.value[part] ?? {}) as Record<string, string[]>;
  for (const [key, table] of Object.entries(EXPECTED_TABLES))
    for (const named of expected[key] ?? []) {
      const id = table === 'contacts' ? resolveContact(scope, named) : named;
      if (findIn(scope, table, id) === undefined)
        compiler.report(located, [part, key], describeMissing(scope, table, id));
    }
  for (const kind of ['end', 'advice'] as const)
    for (const id of expected[kind] ?? [])
      if (!hasStep(scope, kind, id))
        compiler.report(located, [part, kind], {
          missing: `no ${kind === 'end' ? 'end' : 'advise'} step is called "${id}" in this area or in national.`,
        });
}

function hasStep(scope: Scope, kind: 'end' | 'advice', id: string): boolean {
  const flows = [...scope.own.flows.values(), ...(scope.national?.flows.values() ?? [])];
  return flows.some((flow) =>
    flow.steps.some((step) => step.id === id && step.kind === (kind === 'end' ? 'end' : 'advise')),
  );
}

function locateProblems(scope: Scope, found: FactProblem[]): Problem[] {
  return found.flatMap((problem) => {
    const flow = findIn(scope, 'flows', problem.part);
    const step = flow?.steps.find((item) => item.id === problem.step);
    if (flow === undefined) return [];
    return [problemIn(flow.document, step === undefined ? [] : [...step.path, 'when'], problem.message)];
  });
}

/** Compares the area's questions with every condition of the area and of the national content. */
function checkQuestions(scope: Scope, compiler: Compiler): Problem[] {
  // A national question may be asked by the areas only, and its answers may matter to them only.
  if (scope.own.folder === NATIONAL) return [];
  const { named, asked } = readConditions(scope, compiler.today);
  const askedOnly = new Compiler(scope, compiler.today);
  for (const id of asked) askedOnly.named.questions.add(id);
  const questions = askedOnly.compileQuestions();
  return [...scope.own.questions.values()].flatMap((located) => {
    const message = describeUseless(located.id, questions[located.id], named);
    return message === undefined ? [] : [problemIn(located.document, located.path, message)];
  });
}

/** What the conditions name, and the ids of the questions that are asked. */
function readConditions(scope: Scope, today: string): { named: NamedAnswers; asked: Set<string> } {
  const named = new NamedAnswers();
  const asked = new Set<string>();
  const reader = new Compiler(scope, today);
  const flows = [...scope.own.flows.values(), ...(scope.national?.flows.values() ?? [])];
  for (const step of flows.flatMap((flow) => flow.steps)) {
    if (step.value.when !== undefined) named.read(reader.condition(step.value.when, step, ['when']));
    if (step.kind !== 'ask') continue;
    asked.add(step.id);
    if (step.value.unknown?.['leads to'] !== undefined) named.facts.add(step.id);
  }
  for (const { located, raw } of linesOf(scope)) named.read(reader.condition(raw, located, ['only with']));
  return { named, asked };
}

/** An error message, or undefined if the question is asked and all its answers make a difference. */
function describeUseless(id: string, question: Question | undefined, named: NamedAnswers): Message | undefined {
  if (question === undefined) return { missing: `"${id}" is asked nowhere. Ask it in a flow, or take it out.` };
  if (isUnused(question, named))
    return `nothing depends on the answer to "${id}". Name it in a condition, give its options a mark, or say "for the record: yes".`;
  const indistinct = indistinctOptions(question, named);
  if (indistinct.length === 0) return undefined;
  return `no step tells "${indistinct.join('" and "')}" apart. Name one of them in a condition; perhaps one was forgotten. (“${DONT_KNOW}” is not meant.)`;
}

/** The `only with` conditions on lines, which read answers just as the conditions on steps do. */
function linesOf({ own, national }: Scope): { located: Located<unknown>; raw: unknown }[] {
  return [own, national].flatMap((content) => {
    const steps = [...(content?.flows.values() ?? [])].flatMap((flow) => flow.steps);
    const tables = (['next', 'record', 'contacts'] as const).flatMap((table) => [...(content?.[table].values() ?? [])]);
    return [...steps, ...tables].flatMap((located) =>
      'only with' in located.value && located.value['only with'] !== undefined
        ? [{ located, raw: located.value['only with'] }]
        : [],
    );
  });
}

function checkCases(scope: Scope, flows: Map<string, Flow>, today: string): Problem[] {
  return [...scope.own.cases.values()].flatMap((located) => {
    const flow = flows.get(located.value.flow);
    if (flow !== undefined) return runCase(flow, located, today).problems;
    return [
      problemIn(located.document, [...located.path, 'flow'], {
        missing: `no door is called "${located.value.flow}". A case names a flow that readers open: ${[...flows.keys()].join(', ')}.`,
      }),
    ];
  });
}
