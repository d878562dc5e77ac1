/** What the engine needs to know about one type of question. The types themselves are in `choice-types.ts` and `written-types.ts`. */
import type { Question } from '../flow.ts';
import type { RawQuestion } from '../language/content.ts';
import type { Path } from '../language/read.ts';
import type { Answer } from '../walk/answer.ts';

/** An answer, or a message that says what came, what was expected and what to do: a sentence without its full stop. */
export type Reading = { ok: true; answer: Answer } | { ok: false; message: string };

export type Report = (path: Path, message: string) => void;

/** Keys of a question in YAML that only some types take. */
export type OwnKey = 'none' | 'from' | 'to' | 'not before' | 'not after';

interface AnyType {
  /** Whether the outcome can depend on the answer. Questions of other types are only asked for the record. */
  decides: boolean;
  /** Whether the answer is a whole number: conditions may compare it, and "I don't know" may count as one. */
  numeric: boolean;
  /** Whether every option needs a mark or a condition that names it. One without is allowed. */
  optionsMustDiffer: boolean;
  /** Options that every question of the type has: ids with their usual text. Left out: those that the author wrote. */
  fixedOptions?: Readonly<Record<string, string>>;
  /** Of the keys that only some types take, those that this type takes. */
  ownKeys: readonly OwnKey[];
  /** Reports what is wrong with the options and bounds that an author wrote. */
  checkShape(question: RawQuestion, report: Report): void;
  /** What to do when nothing was entered. `label`: how the question words "I don't know". */
  emptyMessage(label: string): string;
  /** A known answer in the words that the reader saw. */
  describe(question: Question, answer: string | number): string;
  /** How it is answered, for somebody to whom the flow is read aloud. */
  howToAnswer(question: Question): string;
}

/** What was entered for a question with one answer. */
export interface Entered {
  /** The first value that is not "I don't know", trimmed. */
  text: string;
  /** The same as it was sent. */
  raw: string;
  /** Every value, "I don't know" included. */
  texts: readonly string[];
  /** Such as `2026-11-26`. */
  today: string;
}

/** A question with one answer, or "I don't know" instead of it. */
export interface SingleType extends AnyType {
  several: false;
  read(question: Question, entered: Entered): Reading;
  /** Whether a kept answer that `read` refuses is still one, since the limits may have moved with the day. Left out: it is not. */
  staysAnswer?(answer: Answer): boolean;
  /**
   * The answers that the proof tries, the plainest first, without "I don't know": one of each kind that a condition can tell apart.
   * `cuts`: the numbers at which a condition begins or ceases to hold.
   */
  answersToProve(question: Question, cuts: ReadonlySet<number>): Answer[];
}

/** A checklist: any number of ticks, "I don't know" beside them, or only "none of these". The proof has a variable for each tick. */
export interface SeveralType extends AnyType {
  several: true;
  /** `ticks`: at least one, trimmed. */
  readTicks(question: Question, ticks: readonly string[]): Reading;
}

export type QuestionTypeRules = SingleType | SeveralType;

export function refuse(message: string): Reading {
  return { ok: false, message };
}
