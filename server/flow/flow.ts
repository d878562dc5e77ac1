/**
 * A compiled flow: everything that one interview can need, with all references resolved, as plain JSON. The version is a hash of it. The
 * database stores it, so that an old consultation can be shown as it was asked.
 */

import type { MeaningKind } from './language-words.ts';
import type { Topic, WordOf } from './marks.ts';
import type { OpeningHours } from './opening-hours.ts';
import type { QuestionType } from './question-types/question-types.ts';

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
  /** Empty if the question's own citation covers the option. */
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

/** A meaning, and the answers to a question that have it. */
export interface AnswerMeaning {
  meaning: string;
  /** Reads only this question's answer, exactly as it was given: "I don't know" does not count as another answer here. */
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
  /** Options that may lead to less help than "I don't know", with the reason. */
  weakerThanDoubt?: { option: string; why: string; cite: string[] }[];
  forRecord: boolean;
  /** The answer that a worked case has if it leaves the question out. */
  usual?: string;
  /** Undefined if no answer has a listed meaning, and in versions that are older than meanings. */
  means?: AnswerMeaning[];
}

/** When a line makes sense, and what it contradicts. All of this is checked at the end of the interview. */
export interface Line {
  /** If it does not hold, the line is left out. An end cannot be left out, so it must then be unreachable. */
  onlyWith?: Condition;
  /** Groups from which a result may use only one word, such as `channel: in writing`. */
  oneOf?: Record<string, string>;
  /** The line sends the reader to these people, so it is left out if the reader is one of them. Meanings of the kind `reader`. */
  to?: string[];
}

interface AnyStep {
  id: string;
  when?: Condition;
  /** Name of the law that the step depends on. Already resolved when compiled; kept only to be shown. */
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
  /** The step that "I don't know" jumps to, further down in the same part. */
  leadsTo?: string;
}
export interface AdviseStep extends AnyStep, Marks, Line {
  kind: 'advise';
  text: string;
  cite: string[];
  contacts: string[];
  returns: boolean;
  /** Advice about exactly what the reader ticked. The result for the public and for children shows it without unfolding anything. */
  inSight?: true;
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
  /** By kind of reader: the action for readers whom the usual one would send to themselves. */
  actsThemselves?: Record<string, string>;
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
  /** What the web page offers. */
  webIsFor?: string;
  hours?: string;
  /** Undefined if no source gives the opening hours. */
  open?: OpeningHours;
  for: string;
  cite: string[];
  /** ISO date; undefined if nobody has checked it. */
  checkedOn?: string;
  /** How we know it is right, for numbers that nobody rings to test, such as 999 and Childline. */
  checked?: string;
  conflict?: string;
  note?: string;
  /** For a contact that only the reader can know: where to ask who it is, or how to reach them. */
  reachedThrough?: string;
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
  /** Whose step it is: the reader's, somebody else's, or that of these readers (meanings). Undefined in versions that are older. */
  whose?: 'yours' | 'others' | string[];
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

/** Something that an answer can mean, whichever question it belongs to. The floor's rules are written in meanings. */
export interface Meaning {
  id: string;
  says: string;
  kind: MeaningKind[];
  cite: string[];
  /** For a kind of reader: what an end says instead of an action that would send them to themselves. */
  actsThemselves?: { action: string; text: string; contacts: string[]; cite: string[] };
  /**
   * What the advice about parents says instead of its general sentence, which means both parents. `{front door}` is the
   * name of the service to ask first.
   */
  toParents?: Partial<Record<WordOf<'parents'>, string>>;
}

export type Reader = 'professional' | 'public' | 'child';

export interface AreaFacts {
  id: string;
  name: string;
  council?: string;
  frontDoor: string;
  frontDoorName: string;
  /** Id of the contact to use when the front door is closed. */
  outOfHours?: string;
  referenceLetter: string;
  /** Names of the levels, lowest first: `scale[0]` is level 1. */
  scale: string[];
  scaleName: string;
  /** Meaning → the name of the instrument that the area's documents ask for if it is suspected. */
  tools?: Record<string, string>;
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
  /** Undefined in versions that are older than meanings. */
  meanings?: Record<string, Meaning>;
  /** Bank holidays as ISO dates, in ascending order. */
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
