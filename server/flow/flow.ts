/**
 * A flow as the engine runs it: everything that one interview can need, resolved, as plain JSON. It is what a version is a hash of, and
 * what the database keeps, so that an old consultation reads as it was asked.
 */

import type { Topic, WordOf } from './marks.ts';
import type { QuestionType } from './question-types/question-types.ts';
import type { MeaningKind } from './words.ts';

export type TopicMarks = { [T in Topic]?: WordOf<T> };

export interface Marks extends TopicMarks {
  level?: number;
  next?: string[];
  record?: string[];
}

export type Condition =
  | { kind: 'is'; fact: string; how: 'any' | 'all' | 'none'; options: string[] }
  | { kind: 'unknown'; fact: string }
  | { kind: 'none ticked'; fact: string }
  | { kind: 'ticks'; fact: string; min?: number; max?: number; of: string[] }
  | { kind: 'range'; fact: string; min?: number; max?: number }
  | { kind: 'level'; min?: number; max?: number }
  | { kind: 'means'; how: 'any' | 'all' | 'none'; meanings: string[] }
  | { kind: 'stands'; topic: Topic; values: string[] }
  | { kind: 'all'; of: Condition[] }
  | { kind: 'any'; of: Condition[] }
  | { kind: 'no'; of: Condition[] }
  | { kind: 'count'; min: number; of: Condition[] };

/** A condition on the answer to one question. */
export type OfFact = Extract<Condition, { fact: string }>;

export interface Option extends Marks {
  id: string;
  text: string;
  help?: string;
  /** Empty: the question's own cite holds. */
  cite: string[];
  group?: string;
}

export interface Unknown extends Marks {
  countsAs?: string;
  ask?: string;
  goOn?: string;
  text?: string;
  whoKnows?: string;
  label: string;
}

/** Some answers to a question, and what they mean. */
export interface AnswerMeaning {
  meaning: string;
  /** On the answer to this question alone, as it was given: what "I don't know" counts as is not said. */
  when: Condition;
}

export interface Question {
  id: string;
  text: string;
  why: string;
  type: QuestionType;
  help?: string;
  define: string[];
  cite: string[];
  unknown: Unknown;
  options: Option[];
  groups: { id: string; title: string; help?: string }[];
  none?: string;
  from?: number;
  to?: number;
  unit?: string;
  notBefore?: string;
  notAfter?: string;
  rising: boolean;
  exceptions: { option: string; why: string; cite: string[] }[];
  forRecord: boolean;
  /** Undefined when no answer means anything that is listed, and in versions from before meanings. */
  means?: AnswerMeaning[];
}

/** When a line makes sense, and what it must not come out beside. All of it is weighed at the end, by what then is known. */
export interface Line {
  /** Otherwise the line is left out; an end, which cannot be left out, must then not be reached. */
  onlyWith?: Condition;
  /** Groups of which a result holds one word only, such as `channel: in writing`. */
  oneOf?: Record<string, string>;
  /** What the reader must not be, since the line sends them there: meanings of the kind `reader`. */
  to?: string[];
}

interface AnyStep {
  id: string;
  when?: Condition;
  /** Left out while the named law is not in force. Already resolved: only kept for the reader. */
  law?: string;
}
export interface SayStep extends AnyStep {
  kind: 'say';
  text: string;
  cite: string[];
}
export interface AskStep extends AnyStep {
  kind: 'ask';
  question: string;
  /** Where "I don't know" jumps to, further down in the same part. */
  leadsTo?: string;
}
export interface AdviseStep extends AnyStep, Marks, Line {
  kind: 'advise';
  text: string;
  cite: string[];
  contacts: string[];
  returns: boolean;
}
export interface CallStep extends AnyStep {
  kind: 'call';
  flow: string;
}
export interface EndStep extends AnyStep, Marks, Line {
  kind: 'end';
  action: string;
  within: string;
  text?: string;
  contacts: string[];
  cite: string[];
}
export type Step = SayStep | AskStep | AdviseStep | CallStep | EndStep;

export interface Part {
  id: string;
  title: string;
  cite: string[];
  returns: string[];
  mayKnow: string[];
  steps: Step[];
}

export interface Contact extends Line {
  id: string;
  name: string;
  phones: { number: string; label?: string; cite: string[] }[];
  email?: string;
  web?: string;
  hours?: string;
  for: string;
  cite: string[];
  /** A date, or undefined when nobody has checked it. */
  checkedOn?: string;
  /** How it is known, in words, where nobody rings a number to see whether it is right: 999, Childline. */
  checked?: string;
  conflict?: string;
  note?: string;
}

export interface Source {
  id: string;
  title: string;
  publisher: string;
  published: string;
  reviewDue?: string;
  checked?: string;
  inForceFrom?: string;
  replacedBy?: string;
  note?: string;
  web?: string;
  paragraphs: Record<string, string>;
}

export interface NextStep extends Line {
  id: string;
  do: string;
  who: string;
  with?: string;
  within?: string;
  from?: string;
  note?: string;
  cite: string[];
}

export interface RecordLine extends Line {
  id: string;
  write: string;
  cite: string[];
}

export interface Definition {
  id: string;
  term: string;
  text: string;
  cite: string[];
  also: string[];
}

/** Something that an answer can mean, whatever the question: what the floor's rules speak of. */
export interface Meaning {
  id: string;
  says: string;
  kind: MeaningKind[];
  cite: string[];
}

export type Reader = 'professional' | 'public' | 'child';

export interface AreaFacts {
  id: string;
  name: string;
  council?: string;
  frontDoor: string;
  frontDoorName: string;
  /** Id of the contact that answers when the front door does not. */
  outOfHours?: string;
  referenceLetter: string;
  /** From the lowest level; `scale[0]` is level 1. */
  scale: string[];
  scaleName: string;
}

export interface Flow {
  id: string;
  title: string;
  reader: Reader;
  area: AreaFacts;
  /** The flow itself and every flow that it calls, by id. */
  parts: Record<string, Part>;
  questions: Record<string, Question>;
  contacts: Record<string, Contact>;
  sources: Record<string, Source>;
  next: Record<string, NextStep>;
  record: Record<string, RecordLine>;
  definitions: Record<string, Definition>;
  /** Undefined in versions from before meanings. */
  meanings?: Record<string, Meaning>;
  /** Dates that are no working days, rising. */
  holidays: string[];
}

export function getPart(flow: Flow, id: string): Part {
  const part = flow.parts[id];
  if (part === undefined) throw new Error(`flow ${flow.id} has no part ${id}`);
  return part;
}

export function getQuestion(flow: Flow, id: string): Question {
  const question = Object.hasOwn(flow.questions, id) ? flow.questions[id] : undefined;
  if (question === undefined) throw new Error(`flow ${flow.id} has no question ${id}`);
  return question;
}
