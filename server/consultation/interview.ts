/**
 * The rules of an interview, for professionals and the public alike and independent of where answers are stored: which question may be
 * answered, what an answer does, and what is shown with a question. Pure.
 */
import type { Flow } from '../flow/flow.ts';
import { versionOf } from '../flow/language/version.ts';
import { type Answer, type Answers, isSameAnswer, readAnswer, valuesOf } from '../flow/walk/answer.ts';
import { type Position, walk } from '../flow/walk/walk.ts';
import { carryOver, type Versions } from './carry-over.ts';
import { readConsultation } from './consultation.ts';
import type { Entry, Happening, Refusal } from './entry.ts';
import { type OpenTurn, openTurn, type PastTurn, pastTurns, turnToChange } from './transcript.ts';

/** The answers so far, and the position in the flow that they lead to. */
export interface Interview {
  flow: Flow;
  answers: Answers;
  /** Question id → number of the entry with its answer. Empty if answers are not stored as entries. */
  answeredBy: Record<string, number>;
  position: Position;
}

export function readInterview(flow: Flow, answers: Answers, answeredBy: Record<string, number> = {}): Interview {
  return { flow, answers, answeredBy, position: walk(flow, answers) };
}

/** A submitted question form. */
export interface AnswerForm {
  question: string;
  /** The values sent for the question. */
  given: string[];
  /** Number of the entry whose answer the form showed; 0 if it showed none. */
  seen: number;
}

/** The question was answered differently after the form was opened: the person is shown both answers. */
export interface Clash {
  question: string;
  standing: Answer;
  sent: Answer;
  /** Number of the entry with the current answer. */
  number: number;
}

export type AnswerRefusal = Refusal & { clash?: Clash };

/** The entries that an answer adds: none if the answer is unchanged. `today` is a day such as 2026-11-22. */
export function answer(interview: Interview, form: AnswerForm, today: string): Happening[] | AnswerRefusal {
  const { flow, answers, answeredBy, position } = interview;
  const isUsed = isAnswered(position, form.question);
  const question = isUsed || isOpen(position, form.question) ? flow.questions[form.question] : undefined;
  if (question === undefined)
    return {
      refused: 'conflict',
      message: 'That question is not asked at this point. Your answers are kept. Go on with the question that is open',
    };
  const reading = readAnswer(question, form.given, today);
  if (!reading.ok) return { refused: 'invalid', message: reading.message, fields: { [question.id]: reading.message } };
  const standing = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
  const number = answeredBy[question.id] ?? 0;
  if (standing !== undefined && isSameAnswer(standing, reading.answer)) return [];
  if (standing !== undefined && form.seen !== number && isUsed) {
    const clash = { question: question.id, standing, sent: reading.answer, number };
    return { refused: 'conflict', message: 'You answered this question differently in the meantime', clash };
  }
  return [{ kind: 'answered', question: question.id, answer: reading.answer }];
}

export function isOpen({ at }: Position, question: string): boolean {
  return at.kind === 'question' && at.question.id === question;
}

/** Whether the question is among the turns so far, so that its answer counts. */
function isAnswered({ turns }: Position, question: string): boolean {
  return turns.some((turn) => turn.question === question);
}

/**
 * Continues in the version that replaced a withdrawn one and keeps the answers; those that were renamed are recorded
 * again under their new names. Adds nothing if this was done already.
 */
export function moveToVersion(entries: readonly Entry[], versions: Versions, why: string): Happening[] {
  const { version, answers } = readConsultation('', entries);
  const newer = versionOf(versions.after);
  if (version === newer) return [];
  const { answers: renamed, told } = carryOver(versions, answers);
  return [
    { kind: 'moved', version: newer, why, ...(told.length > 0 && { told }) },
    ...renamed.map((one) => ({ kind: 'answered' as const, ...one })),
  ];
}

/** What the page of a question needs: the turns before it, and its answer so far. */
export interface AskedQuestion {
  turns: PastTurn[];
  turn: OpenTurn;
  /** Number of the entry with the answer shown; 0 if there is none. */
  seen: number;
  /** Set if an earlier answer is being changed: the given values, as a form sends them. */
  given?: string[];
  /**
   * `last`: the end that was reached follows from this answer and no later one, for example if the person was told to
   * call 999 and came back.
   */
  changing?: 'earlier' | 'last';
}

/** The open question, or an answered one to change. Undefined for any other question, which may not be answered now. */
export function findAsked(interview: Interview, question: string): AskedQuestion | undefined {
  const { flow, answers, answeredBy, position } = interview;
  if (isOpen(position, question)) return findOpen(interview);
  const turn = turnToChange(flow, position, question);
  if (turn === undefined) return undefined;
  const index = position.turns.findIndex((past) => past.question === question);
  return {
    turns: pastTurns(flow, position).slice(0, index),
    turn,
    seen: answeredBy[question] ?? 0,
    given: valuesOf(answers[question]),
    changing: position.at.kind === 'end' && index === position.turns.length - 1 ? 'last' : 'earlier',
  };
}

/** Undefined at an end. */
export function findOpen({ flow, answeredBy, position }: Interview): AskedQuestion | undefined {
  const turn = openTurn(flow, position);
  if (turn === undefined) return undefined;
  return { turns: pastTurns(flow, position), turn, seen: answeredBy[turn.question.id] ?? 0 };
}

/** Whether an answer only added one turn at the end, so that the page can append it. */
export function isOneTurnMore(before: Interview, after: Interview): boolean {
  const [old, now] = [before.position.turns, after.position.turns];
  return now.length === old.length + 1 && old.every((turn, index) => turn.question === now[index]?.question);
}
