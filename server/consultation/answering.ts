/** Answering, and going on in a newer version. Pure: entries and flow → what happens, or why not. */

import type { Flow } from '../flow/flow.ts';
import { type Answer, isSameAnswer, readAnswer } from '../flow/walk/answer.ts';
import type { Position } from '../flow/walk/walk.ts';
import { type Consultation, readConsultation } from './consultation.ts';
import type { Entry, Happening, Refusal } from './entry.ts';

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

/** A consultation, and where its answers lead in the flow. */
export interface Interview {
  flow: Flow;
  consultation: Pick<Consultation, 'answers' | 'answeredBy'>;
  position: Position;
}

export function answer(
  { flow, consultation: { answers, answeredBy }, position }: Interview,
  form: AnswerForm,
  today: string,
): Happening[] | AnswerRefusal {
  const isUsed = position.turns.some((turn) => turn.question === form.question);
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

/** Goes on in the version that replaced a withdrawn one; the answers are kept. Sent twice: nothing more. */
export function move(entries: readonly Entry[], version: string, why: string): Happening[] {
  return readConsultation('', entries).version === version ? [] : [{ kind: 'moved', version, why }];
}
