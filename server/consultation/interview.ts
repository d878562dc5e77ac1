/**
 * One interview, whoever is asked and wherever the answers are kept: which question may be answered, what an answer does, and what stands
 * beside the question. Pure.
 */
import type { Flow } from '../flow/flow.ts';
import { type Answer, type Answers, isSameAnswer, readAnswer } from '../flow/walk/answer.ts';
import { type Position, walk } from '../flow/walk/walk.ts';
import { readConsultation } from './consultation.ts';
import type { Entry, Happening, Refusal } from './entry.ts';
import { type OpenTurn, openTurn, type PastTurn, pastTurns, turnToChange } from './transcript.ts';

/** The answers so far, and where they lead in the flow. */
export interface Interview {
  flow: Flow;
  answers: Answers;
  /** Number of the entry that gave each answer; empty where answers are not kept as entries. */
  answeredBy: Record<string, number>;
  position: Position;
}

export function readInterview(flow: Flow, answers: Answers, answeredBy: Record<string, number> = {}): Interview {
  return { flow, answers, answeredBy, position: walk(flow, answers) };
}

/** A form of a question, as it was sent. */
export interface AnswerForm {
  question: string;
  /** The values that came under the name of the question. */
  given: string[];
  /** Number of the entry whose answer the form showed; 0 if it showed none. */
  seen: number;
}

/** The form is older than the answer that stands, and says something else: the person is shown both. */
export interface Clash {
  question: string;
  standing: Answer;
  sent: Answer;
  /** The entry that gave the standing answer. */
  number: number;
}

export type AnswerRefusal = Refusal & { clash?: Clash };

/** What an answer adds; nothing if the same answer stands already. `today` is a day such as 2026-11-22. */
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

/** It is one of the turns so far, and its answer counts. */
export function isAnswered({ turns }: Position, question: string): boolean {
  return turns.some((turn) => turn.question === question);
}

/** Goes on in the version that replaced a withdrawn one; the answers are kept. Sent twice: nothing more. */
export function move(entries: readonly Entry[], version: string, why: string): Happening[] {
  return readConsultation('', entries).version === version ? [] : [{ kind: 'moved', version, why }];
}

/** A question as its page shows it: below the turns before it, with the answer that it has so far. */
export interface AskedQuestion {
  turns: PastTurn[];
  turn: OpenTurn;
  /** Number of the entry that gave the answer shown; 0 if there is none. */
  seen: number;
  /** An earlier answer is being changed: what was given, as a form sends it. */
  given?: string[];
  changing?: true;
}

/** The question that is open, or one that was answered before, to be changed. Undefined for any other: it may not be answered now. */
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
    given: [answers[question] ?? []].flat().map(String),
    changing: true,
  };
}

/** Undefined at an end. */
export function findOpen({ flow, answeredBy, position }: Interview): AskedQuestion | undefined {
  const turn = openTurn(flow, position);
  if (turn === undefined) return undefined;
  return { turns: pastTurns(flow, position), turn, seen: answeredBy[turn.question.id] ?? 0 };
}

/** The turns after an answer are those before it and one more, so that a page need only append it. */
export function isOneTurnMore(before: Interview, after: Interview): boolean {
  const [old, now] = [before.position.turns, after.position.turns];
  return now.length === old.length + 1 && old.every((turn, index) => turn.question === now[index]?.question);
}
