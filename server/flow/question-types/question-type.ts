/** What the engine needs to know about a question type. The types themselves are in `question-types.ts`. */
import type { Question } from '../flow.ts';
import type { RawQuestion } from '../language/content.ts';
import type { Path } from '../language/read.ts';
import type { Answer } from '../walk/answer.ts';

/** An answer, or a message that says what came, what was expected and what to do: a sentence without its full stop. */
export type Reading = { ok: true; answer: Answer } | { ok: false; message: string };

export type Report = (path: Path, message: string) => void;

/** Keys of a question in YAML that only some types allow. */
export type OwnKey = 'none' | 'from' | 'to' | 'not before' | 'not after';

interface AnyType {
  /** Whether the outcome can depend on the answer. Other types are asked only for the record. */
  decides: boolean;
  /** Whether the answer is a whole number. Conditions can compare it, and "I don't know" can count as one. */
  numeric: boolean;
  /** Whether every option but one needs a mark or a condition that names it. */
  optionsMustDiffer: boolean;
  /** Options that every question of the type has, by id, with their usual text. Omitted if the author writes the options. */
  fixedOptions?: Readonly<Record<string, string>>;
  /** The keys from `OwnKey` that this type allows. */
  ownKeys: readonly OwnKey[];
  /** Reports mistakes in the options and bounds that the author wrote. */
  checkShape(question: RawQuestion, report: Report): void;
  /** The message for an empty answer. `label` is how the question words "I don't know". */
  emptyMessage(label: string): string;
  /** A known answer in the words that the reader saw. */
  describe(question: Question, answer: string | number): string;
  /** How to answer the question, for the description of the flow in words. */
  howToAnswer(question: Question): string;
}

/** The input for a question with one answer. */
export interface Entered {
  /** The first value that is not "I don't know", trimmed. */
  text: string;
  /** The same value as it was sent. */
  raw: string;
  /** Every value, including "I don't know". */
  texts: readonly string[];
  /** ISO date. */
  today: string;
}

/** A question with one answer, or "I don't know" instead. */
export interface SingleType extends AnyType {
  several: false;
  read(question: Question, entered: Entered): Reading;
  /** Whether a stored answer that `read` now refuses is still valid, because its limits move with the date. If omitted, it is not. */
  staysAnswer?(answer: Answer): boolean;
  /**
   * The answers that the proof tries, without "I don't know": one for each kind of answer that a condition can distinguish, the plainest
   * first. `cuts` are the numbers at which some condition starts or stops holding.
   */
  answersToProve(question: Question, cuts: ReadonlySet<number>): Answer[];
}

/** A checklist: any number of ticks with or without "I don't know", or only "none of these". The proof has a variable for each tick. */
export interface SeveralType extends AnyType {
  several: true;
  /** `ticks` has at least one entry; all are trimmed. */
  readTicks(question: Question, ticks: readonly string[]): Reading;
}

export type QuestionTypeRules = SingleType | SeveralType;

export function refuse(message: string): Reading {
  return { ok: false, message };
}
