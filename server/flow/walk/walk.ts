/**
 * Walks a flow with the answers given so far, and returns where the interview is and everything it has found. Pure: the same flow and
 * answers always give the same Position.
 */

import {
  type AdviseStep,
  type EndStep,
  type Flow,
  getPart,
  getQuestion,
  type Line,
  type Marks,
  type Question,
  type Step,
} from '../flow.ts';
import { EXCLUSIVE_TOPICS, strength, TOPICS, type Topic } from '../marks.ts';
import { endForReader } from './acts-themselves.ts';
import { type Answer, type Answers, isUnknown } from './answer.ts';
import { type AnswerRead, readStored } from './answer-read.ts';
import { type Fact, holds, type Known } from './condition.ts';
import { leaveOut } from './leave-out.ts';

/** Where a finding comes from: a step and, for an answer, the question and the option (`unknown` for "I don't know"). */
export interface Origin {
  part: string;
  step: string;
  question?: string;
  option?: string;
}

export interface Finding {
  topic: 'level' | Topic | 'next' | 'record';
  /** A level, a word of the topic, or the id of a next step or record line. */
  value: number | string;
  origin: Origin;
  cite: string[];
}

export interface Remark {
  part: string;
  step: string;
  text: string;
  cite: string[];
}

export interface Advice extends Remark {
  contacts: string[];
  inSight?: true;
  marks: Marks & Line;
}

export interface Turn {
  part: string;
  step: string;
  question: string;
  answer: Answer;
  /** What was shown with the question. */
  remarks: Remark[];
  /** Questions asked again by a called flow, whose answers were already known. */
  alreadyAnswered: string[];
}

export interface Doubt {
  question: string;
  ask?: string;
  text?: string;
  whoKnows?: string;
}

export type Taken = 'taken' | 'skipped' | 'known' | 'jumped over' | 'here';
export interface PathStep {
  part: string;
  step: string;
  kind: Step['kind'];
  taken: Taken;
}

export interface StrongestMarks extends Partial<Record<Topic, string>> {
  /** 0 if no level has been set yet. */
  level: number;
}

export type Place =
  | { kind: 'question'; question: Question; part: string; step: string }
  | { kind: 'end'; end: EndStep; part: string };

export interface Position {
  at: Place;
  turns: Turn[];
  /** Shown with the open question: statements and notes about known answers since the last question. */
  remarks: Remark[];
  alreadyAnswered: string[];
  path: PathStep[];
  findings: Finding[];
  advice: Advice[];
  /** Advice contradicted by a stronger word, such as "tell the parents" after "do not tell". Still a finding, but not to be followed. */
  outranked: Advice[];
  doubts: Doubt[];
  standing: StrongestMarks;
  /** What the answers mean, without duplicates, in the order of the answers. */
  means: string[];
  /** Lines left out at the end because they make no sense there, such as `next referral_form`. */
  leftOut: string[];
  /** Those left out only because they would send the readers to themselves. */
  toReader: string[];
  /** Answered questions that no longer apply. */
  unused: string[];
}

/** Walks from the first step. Throws only if the flow is unsound, which the content check rules out. */
export function walk(flow: Flow, answers: Answers): Position {
  const walker = new Walker(flow, answers);
  const at = walker.walkPart(flow.id);
  if (at === undefined) throw new Error(`flow ${flow.id} runs off its end`);
  return walker.positionAt(at);
}

/** The level, and the end as its reader sees it; no end while a question is open. */
export interface WalkOutcome {
  level: number;
  end?: EndStep;
}

/** Like `walk`, but without a trace, for the many walks of which only the outcome is compared. */
export function walkToOutcome(flow: Flow, answers: Answers): WalkOutcome {
  const walker = new Walker(flow, answers, { traced: false });
  const at = walker.walkPart(flow.id);
  if (at === undefined) throw new Error(`flow ${flow.id} runs off its end`);
  return walker.outcomeAt(at);
}

/** A symbol, because a step can have any id. */
const LEAVE = Symbol('leave');

class Walker {
  private readonly facts = new Map<string, Fact>();
  private readonly strongest: StrongestMarks = { level: 0 };
  private readonly means = new Set<string>();
  /** One object for the whole walk, because a flow evaluates about a hundred conditions with it. */
  private readonly known: Known = new KnownSoFar(this.facts, this.strongest, this.means);
  private readonly turns: Turn[] = [];
  private readonly path: PathStep[] = [];
  private readonly findings: Finding[] = [];
  private readonly advice: Advice[] = [];
  private readonly doubts: Doubt[] = [];
  private remarks: Remark[] = [];
  private alreadyAnswered: string[] = [];
  private readonly flow: Flow;
  private readonly answers: Answers;
  /** Whether turns, path, findings, advice and doubts are kept. */
  private readonly traced: boolean;

  constructor(flow: Flow, answers: Answers, { traced } = { traced: true }) {
    this.flow = flow;
    this.answers = answers;
    this.traced = traced;
  }

  outcomeAt(at: Place): WalkOutcome {
    const { level } = this.strongest;
    return at.kind === 'end' ? { level, end: endForReader(this.flow, at.end, this.means) } : { level };
  }

  positionAt(at: Place): Position {
    const used = new Set(this.turns.map((turn) => turn.question));
    const { turns, remarks, alreadyAnswered, path, findings, doubts } = this;
    const outranked = this.advice.filter((advice) => isOutranked(advice.marks, this.strongest));
    const advice = this.advice.filter((one) => !outranked.includes(one));
    const unused = Object.keys(this.answers).filter((question) => !used.has(question));
    const standing = { standing: this.strongest, means: [...this.means], leftOut: [], toReader: [], unused };
    const position = { at, turns, remarks, alreadyAnswered, path, findings, advice, outranked, doubts, ...standing };
    return leaveOut(this.flow, position, {
      fits: (line) => holds(line?.onlyWith, this.known),
      isToReader: (line) => (line?.to ?? []).some((reader) => this.means.has(reader)),
    });
  }

  /** Returns the open question or the end reached; undefined if the part returns to its caller. */
  walkPart(id: string): Place | undefined {
    const part = getPart(this.flow, id);
    let target: string | undefined;
    for (const step of part.steps) {
      if (target !== undefined && step.id !== target) {
        this.mark(id, step, 'jumped over');
        continue;
      }
      const jumpedHere = target === step.id;
      target = undefined;
      if (!jumpedHere && !holds(step.when, this.known)) {
        this.mark(id, step, 'skipped');
        continue;
      }
      const outcome = this.take(id, step);
      if (outcome === LEAVE) return undefined;
      if (typeof outcome === 'object') return outcome;
      target = outcome;
    }
    return undefined;
  }

  /** Returns undefined to go on, an id to jump down to, LEAVE to leave the part, or a Place to stop at. */
  private take(part: string, step: Step): Place | string | typeof LEAVE | undefined {
    if (step.kind === 'ask') return this.ask(part, step);
    this.mark(part, step, 'taken');
    switch (step.kind) {
      case 'say':
        if (this.traced) this.remarks.push({ part, step: step.id, text: step.text, cite: step.cite });
        return undefined;
      case 'call':
        return this.walkPart(step.flow);
      case 'advise':
        this.advise(part, step);
        this.collect(step, { part, step: step.id }, step.cite);
        return step.returns ? LEAVE : undefined;
      case 'end':
        this.collect(step, { part, step: step.id }, step.cite);
        return { kind: 'end', end: step, part };
    }
  }

  private ask(part: string, step: Extract<Step, { kind: 'ask' }>): Place | string | undefined {
    const question = getQuestion(this.flow, step.question);
    const known = this.facts.get(question.id);
    if (known !== undefined) {
      this.mark(part, step, 'known');
      this.alreadyAnswered.push(question.id);
      return this.jumpOf(step, known);
    }
    const answer = Object.hasOwn(this.answers, question.id) ? this.answers[question.id] : undefined;
    const read = answer === undefined ? undefined : readStored(question, answer);
    if (answer === undefined || read === undefined) {
      this.mark(part, step, 'here');
      return { kind: 'question', question, part, step: step.id };
    }
    this.mark(part, step, 'taken');
    this.keepTurn({ part, step: step.id, question: question.id, answer });
    this.facts.set(question.id, read.fact);
    for (const meaning of read.meanings) this.means.add(meaning);
    this.collectAnswer({ part, step: step.id, question: question.id }, answer, read);
    return this.jumpOf(step, read.fact);
  }

  private advise(part: string, step: AdviseStep): void {
    const { id, text, cite, contacts, inSight } = step;
    if (this.traced)
      this.advice.push({ part, step: id, text, cite, contacts, ...(inSight && { inSight }), marks: step });
  }

  private keepTurn({ part, step, question, answer }: Omit<Turn, 'remarks' | 'alreadyAnswered'>): void {
    if (!this.traced) return;
    const { remarks, alreadyAnswered } = this;
    this.turns.push({ part, step, question, answer, remarks, alreadyAnswered });
    [this.remarks, this.alreadyAnswered] = [[], []];
  }

  /** "I don't know" beside ticked options does not jump, because the ticked options still have to be followed up. */
  private jumpOf(step: Extract<Step, { kind: 'ask' }>, fact: Fact): string | undefined {
    const ticked = fact.open && fact.options.size > 0;
    return fact.unknown && !ticked ? step.leadsTo : undefined;
  }

  private collectAnswer(asked: Required<Omit<Origin, 'option'>>, answer: Answer, { options }: AnswerRead): void {
    const question = getQuestion(this.flow, asked.question);
    for (const option of options) {
      const cite = option.cite.length > 0 ? option.cite : question.cite;
      this.collect(option, { ...asked, option: option.id }, cite);
    }
    if (!isUnknown(answer)) return;
    if (this.traced) this.doubts.push(doubtOf(question));
    this.collect(question.unknown, { ...asked, option: 'unknown' }, question.cite);
  }

  private collect(marks: Marks, origin: Origin, cite: string[]): void {
    const add = (topic: Finding['topic'], value: number | string) => {
      if (this.traced) this.findings.push({ topic, value, origin, cite });
    };
    if (marks.level !== undefined) {
      add('level', marks.level);
      this.strongest.level = Math.max(this.strongest.level, marks.level);
    }
    for (const topic of TOPICS) {
      const word = marks[topic];
      if (word === undefined) continue;
      add(topic, word);
      if (strength(topic, word) > strength(topic, this.strongest[topic])) this.strongest[topic] = word;
    }
    for (const next of marks.next ?? []) add('next', next);
    for (const line of marks.record ?? []) add('record', line);
  }

  private mark(part: string, step: Step, taken: Taken): void {
    if (this.traced) this.path.push({ part, step: step.id, kind: step.kind, taken });
  }
}

function doubtOf({ id, unknown: { ask, text, whoKnows } }: Question): Doubt {
  return {
    question: id,
    ...(ask !== undefined && { ask }),
    ...(text !== undefined && { text }),
    ...(whoKnows !== undefined && { whoKnows }),
  };
}

class KnownSoFar implements Known {
  readonly facts: Known['facts'];
  readonly strongest: StrongestMarks;
  readonly means: ReadonlySet<string>;

  constructor(facts: Known['facts'], strongest: StrongestMarks, means: ReadonlySet<string>) {
    this.facts = facts;
    this.strongest = strongest;
    this.means = means;
  }

  get level(): number {
    return this.strongest.level;
  }
}

function isOutranked(marks: Marks, strongest: StrongestMarks): boolean {
  return EXCLUSIVE_TOPICS.some(
    (topic) => marks[topic] !== undefined && strength(topic, marks[topic]) < strength(topic, strongest[topic]),
  );
}
