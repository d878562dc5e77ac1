/** Compiles content into the flows that the engine runs. Every reference is resolved; a missing one is reported where it is written. */

import type { AreaFacts, Flow, Line, Marks, Part, Question, Reader, Step } from '../flow.ts';
import type { MeaningKind } from '../language-words.ts';
import { pickTopics } from '../marks.ts';
import { didYouMean, type Message, type Problem } from '../problem.ts';
import { type ConditionContext, compileCondition } from './compile-condition.ts';
import { compileQuestion } from './compile-question.ts';
import {
  compileContact,
  compileDefinition,
  compileMeaningEntry,
  compileNext,
  compileRecordLine,
  compileSource,
} from './compile-tables.ts';
import type { Content, FlowContent, Located, RawArea } from './content.ts';
import { questionFacts } from './question-facts.ts';
import { type Path, problemIn } from './read.ts';
import type { RawLine, RawMarks } from './schema.ts';
import {
  calledFrom,
  describeMissing,
  findIn,
  floorOf,
  knownIn,
  resolveContact,
  type Scope,
  type Table,
} from './scope.ts';
import { tightened } from './stricter.ts';

/** The ids that a flow refers to, collected while it is compiled. */
interface Named {
  questions: Set<string>;
  contacts: Set<string>;
  cites: Set<string>;
  next: Set<string>;
  record: Set<string>;
  definitions: Set<string>;
  meanings: Set<string>;
}

export class Compiler {
  readonly problems: Problem[] = [];
  readonly named: Named = {
    questions: new Set(),
    contacts: new Set(),
    cites: new Set(),
    next: new Set(),
    record: new Set(),
    definitions: new Set(),
    meanings: new Set(),
  };
  readonly scope: Scope;
  readonly today: string;
  /** Whose door the flow is compiled for. */
  private door: Reader = 'professional';

  /** `today` (ISO date) decides which laws are in force. */
  constructor(scope: Scope, today: string) {
    this.scope = scope;
    this.today = today;
  }

  /**
   * Compiles a flow with everything it refers to. Returns undefined if the flow does not exist. If problems were reported, the result must
   * not be walked.
   */
  compileFlow(id: string, door: { title: string; for: Reader }): Flow | undefined {
    const content = findIn(this.scope, 'flows', id);
    const area = this.scope.own.area;
    if (content === undefined || area === undefined) return undefined;
    this.door = door.for;
    const parts: Record<string, Part> = {};
    for (const part of calledFrom(this.scope, content)) parts[part.id] = this.compilePart(part);
    this.nameAreaContacts(area);
    // In this order, because questions name next steps, and next steps name contacts.
    const questions = this.compileQuestions();
    const next = this.compileAll('next', (item) => compileNext(this, item));
    const record = this.compileAll('record', (item) => compileRecordLine(this, item));
    const definitions = this.compileAll('definitions', (item) => compileDefinition(this, item));
    const contacts = this.compileAll('contacts', (item) => compileContact(this, item));
    const meanings = this.compileAll('meanings', (item) => compileMeaningEntry(this, item));
    return {
      id,
      title: door.title,
      reader: door.for,
      area: factsOf(area.value),
      parts,
      questions,
      contacts,
      sources: this.citedSources(),
      next,
      record,
      definitions,
      ...(Object.keys(meanings).length > 0 && { meanings }),
      holidays: (this.scope.own.holidays ?? this.scope.national?.holidays)?.days ?? [],
    };
  }

  /** Contacts that every flow of the area has: the front door, its stand-in out of hours, and the police. */
  private nameAreaContacts(area: Located<RawArea>): void {
    this.name('contacts', area.value['front door'], area, ['front door']);
    const outOfHours = area.value['out of hours'];
    if (outOfHours !== undefined) this.name('contacts', outOfHours, area, ['out of hours']);
    for (const police of ['police_999', 'police_101'])
      if (findIn(this.scope, 'contacts', police) !== undefined) this.named.contacts.add(police);
  }

  compileQuestions(): Record<string, Question> {
    return this.compileAll('questions', (question) => compileQuestion(this, question));
  }

  compilePart(flow: FlowContent): Part {
    return {
      id: flow.id,
      title: flow.value.title,
      cite: this.cite(flow.value.cite, flow, ['cite']),
      returns: flow.value.returns ?? [],
      mayKnow: flow.value['may know'] ?? [],
      steps: flow.steps
        .filter((step) => this.isInForce(step))
        .map((step) => this.compileStep(tightened(this.scope, flow, step))),
    };
  }

  /** A step is left out unless its law is known to be in force. */
  private isInForce(step: FlowContent['steps'][number]): boolean {
    const law = step.value.law;
    if (law === undefined) return true;
    const source = findIn(this.scope, 'sources', law);
    if (source === undefined) {
      this.report(step, ['law'], describeMissing(this.scope, 'sources', law));
      return false;
    }
    const from = source.value['in force from'];
    if (from === undefined)
      this.report(step, ['law'], `the source "${law}" has no "in force from". Add a date, or "not known".`);
    return from !== undefined && from !== 'not known' && from <= this.today;
  }

  private compileStep(step: FlowContent['steps'][number]): Step {
    const base = {
      id: step.id,
      ...this.compileWhen(step),
      ...(step.value.law !== undefined && { law: step.value.law }),
    };
    switch (step.kind) {
      case 'say':
        return { kind: 'say', ...base, text: step.value.text, cite: this.cite(step.value.cite, step, ['cite']) };
      case 'ask':
        this.name('questions', step.id, step, ['ask']);
        return { kind: 'ask', ...base, question: step.id, ...this.leadsTo(step) };
      case 'advise':
        return { kind: 'advise', ...base, ...this.compileAdvice(step) };
      case 'call':
        if (findIn(this.scope, 'flows', step.id) === undefined)
          this.report(step, ['call'], describeMissing(this.scope, 'flows', step.id));
        return { kind: 'call', ...base, flow: step.id };
      case 'end':
        return { kind: 'end', ...base, ...this.compileEnd(step) };
    }
  }

  private compileAdvice(step: Extract<FlowContent['steps'][number], { kind: 'advise' }>) {
    return {
      text: step.value.text,
      cite: this.cite(step.value.cite, step, ['cite']),
      contacts: this.nameAll('contacts', step.value.contact ?? [], step, ['contact']),
      returns: step.value.then === 'return',
      ...(step.value.shown === 'at once' && { inSight: true as const }),
      ...this.line(step),
      ...this.marks(step.value, step),
    };
  }

  private compileEnd(step: Extract<FlowContent['steps'][number], { kind: 'end' }>) {
    return {
      action: step.value.action,
      within: step.value.within,
      ...(step.value.text !== undefined && { text: step.value.text }),
      contacts: this.nameAll('contacts', step.value.contacts, step, ['contacts']),
      cite: this.cite(step.value.cite, step, ['cite']),
      ...this.compileOwnActions(step),
      ...this.line(step),
      ...this.marks(step.value, step),
    };
  }

  private compileOwnActions(step: Extract<FlowContent['steps'][number], { kind: 'end' }>) {
    const actsThemselves = step.value['acts themselves'];
    if (actsThemselves === undefined) return {};
    for (const reader of Object.keys(actsThemselves)) this.readers([reader], step, ['acts themselves', reader]);
    return { actsThemselves };
  }

  private leadsTo(step: Extract<FlowContent['steps'][number], { kind: 'ask' }>): { leadsTo?: string } {
    const target = step.value.unknown?.['leads to'];
    return target === undefined ? {} : { leadsTo: target };
  }

  private compileWhen(step: FlowContent['steps'][number]) {
    if (step.value.when === undefined) return {};
    return { when: this.condition(step.value.when, step, ['when']) };
  }

  condition(raw: unknown, located: Located<unknown>, path: Path) {
    return compileCondition(raw, this.conditionContext(located), path);
  }

  private conditionContext(located: Located<unknown>): ConditionContext {
    return {
      findQuestion: (id) => {
        const question = findIn(this.scope, 'questions', id);
        return question === undefined ? undefined : questionFacts(question.value);
      },
      questions: () => knownIn(this.scope, 'questions'),
      meanings: () => knownIn(this.scope, 'meanings'),
      kindsOf: (id) => this.kindsOf(id),
      nameMeaning: (id) => void this.named.meanings.add(id),
      levels: this.levels(),
      report: (path, message) => this.report(located, path, message),
    };
  }

  /** Empty if the meaning does not exist. */
  kindsOf(meaning: string): MeaningKind[] {
    return findIn(this.scope, 'meanings', meaning)?.value.kind ?? [];
  }

  levels(): number {
    return Object.keys(this.scope.own.area?.value.scale ?? {}).length;
  }

  line(item: Located<RawLine>): Line {
    const { 'only with': onlyWith, 'one of': oneOf, to } = item.value;
    for (const [group, word] of Object.entries(oneOf ?? {})) {
      const message = describeBadWord(this.scope, group, word);
      if (message !== undefined) this.report(item, ['one of', group], message);
    }
    this.readers(to ?? [], item, ['to']);
    return {
      ...(onlyWith !== undefined && { onlyWith: this.condition(onlyWith, item, ['only with']) }),
      ...(oneOf !== undefined && { oneOf }),
      ...(to !== undefined && { to }),
    };
  }

  /** Records references to kinds of reader, and reports those that do not exist. */
  readers(ids: string[], located: Located<unknown>, path: Path): string[] {
    for (const reader of ids)
      if (this.kindsOf(reader).includes('reader')) this.nameReader(reader);
      else this.report(located, path, describeBadReader(this.scope, reader));
    return ids;
  }

  /** Also records the contacts that readers of this kind get where a line would send them to themselves. */
  private nameReader(reader: string): void {
    // The public and children are not asked what kind of reader they are.
    if (this.door !== 'professional') return;
    this.named.meanings.add(reader);
    for (const contact of findIn(this.scope, 'meanings', reader)?.value['acts themselves']?.contacts ?? [])
      this.named.contacts.add(resolveContact(this.scope, contact));
  }

  marks(raw: RawMarks, located: Located<unknown>, path: Path = []): Marks {
    const level = raw.level === 'highest' ? this.levels() : raw.level;
    if (level !== undefined && (level < 1 || level > this.levels()))
      this.report(
        located,
        [...path, 'level'],
        `level ${level} is not on the scale of area.yaml, which goes from 1 to ${this.levels()}.`,
      );
    return {
      ...(level !== undefined && { level }),
      ...pickTopics(raw),
      ...(raw.next !== undefined && { next: this.nameAll('next', raw.next, located, [...path, 'next']) }),
      ...(raw.record !== undefined && { record: this.nameAll('record', raw.record, located, [...path, 'record']) }),
    };
  }

  /**
   * Records a reference, and reports it if nothing has that id. Returns the id that the compiled flow uses (an area's own contact can
   * replace a national one).
   */
  name(table: Exclude<Table, 'sources' | 'flows'>, named: string, located: Located<unknown>, path: Path): string {
    const id = table === 'contacts' ? resolveContact(this.scope, named) : named;
    if (findIn(this.scope, table, id) === undefined) this.report(located, path, describeMissing(this.scope, table, id));
    else this.named[table].add(id);
    return id;
  }

  nameAll(table: Exclude<Table, 'sources' | 'flows'>, ids: string[], located: Located<unknown>, path: Path): string[] {
    return ids.map((id) => this.name(table, id, located, path));
  }

  cite(cites: string[], located: Located<unknown>, path: Path): string[] {
    for (const cite of cites) {
      const message = describeBadCite(this.scope, cite);
      if (message === undefined) this.named.cites.add(cite);
      else this.report(located, path, message);
    }
    return cites;
  }

  report(located: Located<unknown>, path: Path, message: Message): void {
    this.problems.push(problemIn(located.document, [...located.path, ...path], message));
  }

  /** Compiles every entry of the table that is referred to. Compiling an entry can add more, so the set grows during the loop. */
  private compileAll<T extends keyof Omit<Named, 'cites'>, R>(
    table: T,
    compile: (item: NonNullable<ReturnType<Content[T]['get']>>) => R,
  ): Record<string, R> {
    const compiled: Record<string, R> = {};
    for (const id of this.named[table]) {
      const item = findIn(this.scope, table, id);
      if (item !== undefined) compiled[id] = compile(item);
    }
    return compiled;
  }

  /** What has been named so far, for content that is not a flow. */
  stepsAndSources() {
    const steps = this.compileAll('next', (item) => compileNext(this, item));
    return { steps, sources: this.citedSources() };
  }

  citedSources() {
    const ids = new Set([...this.named.cites].map((cite) => cite.split(' ')[0] ?? ''));
    const sources = [...ids].map((id) => findIn(this.scope, 'sources', id)).filter((source) => source !== undefined);
    return Object.fromEntries(sources.map((source) => [source.id, compileSource(source)]));
  }
}

/** The area's facts, from its `area.yaml`. */
export function factsOf(area: RawArea): AreaFacts {
  return {
    id: area.area,
    name: area.name,
    ...(area.council !== undefined && { council: area.council }),
    frontDoor: area['front door'],
    frontDoorName: area['front door is called'],
    ...(area['out of hours'] !== undefined && { outOfHours: area['out of hours'] }),
    referenceLetter: area['reference letter'],
    scale: Object.keys(area.scale)
      .sort()
      .map((level) => area.scale[level] ?? ''),
    scaleName: area['scale is'] ?? 'Level',
    ...(area.tools !== undefined && { tools: namesOf(area.tools) }),
  };
}

function namesOf(tools: NonNullable<RawArea['tools']>): Record<string, string> {
  return Object.fromEntries(Object.entries(tools).map(([meaning, { name }]) => [meaning, name]));
}

/** An error message, or undefined if the floor defines the group and the word. */
function describeBadWord(scope: Scope, group: string, word: string): Message | undefined {
  const groups = floorOf(scope)['one of'];
  const known = groups[group]?.words;
  if (known === undefined)
    return {
      missing: `no group is called "${group}".${didYouMean(group, Object.keys(groups))} The groups stand in national/floor.yaml, under "one of".`,
    };
  if (known.includes(word)) return undefined;
  return {
    missing: `"${word}" is no word of the group "${group}".${didYouMean(word, known)} It has: ${known.join(', ')}.`,
  };
}

function describeBadReader(scope: Scope, reader: string): Message {
  const readers = knownIn(scope, 'meanings').filter((id) =>
    findIn(scope, 'meanings', id)?.value.kind.includes('reader'),
  );
  return {
    missing: `"${reader}" is no meaning of the kind "reader".${didYouMean(reader, readers)} They are: ${readers.join(', ')}.`,
  };
}

/** An error message, or undefined if the source and the paragraph exist. */
function describeBadCite(scope: Scope, cite: string): Message | undefined {
  const [id = '', ...rest] = cite.split(' ');
  const source = findIn(scope, 'sources', id);
  if (source === undefined) return describeMissing(scope, 'sources', id);
  const paragraph = rest.join(' ');
  const known = Object.keys(source.value.paragraphs);
  if (known.includes(paragraph)) return undefined;
  return { missing: `there is no "${cite}" in sources.yaml. ${id} has: ${known.join(', ')}.` };
}
