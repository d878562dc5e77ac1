/** Answering, and going on in a newer version. Pure: entries and flow → what happens, or why not. */
import { type Answer, type Answers, isSameAnswer, readAnswer } from '../flow/answer.ts';
import type { Flow, Question } from '../flow/flow.ts';
import { walk } from '../flow/walk.ts';
import { readConsultation } from './consultation.ts';
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

export function answer(
  flow: Flow,
  entries: readonly Entry[],
  form: AnswerForm,
  today: string,
): Happening[] | AnswerRefusal {
  const { answers, answeredBy } = readConsultation('', entries);
  const question = findAskable(flow, answers, form.question);
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
  if (standing !== undefined && form.seen !== number && isUsed(flow, answers, question.id)) {
    const clash = { question: question.id, standing, sent: reading.answer, number };
    return { refused: 'conflict', message: 'You answered this question differently in the meantime', clash };
  }
  return [{ kind: 'answered', question: question.id, answer: reading.answer }];
}

/** The question, if it is open now or was asked on the way here. */
function findAskable(flow: Flow, answers: Answers, id: string): Question | undefined {
  const { at, turns } = walk(flow, answers);
  const asked = turns.some((turn) => turn.question === id) || (at.kind === 'question' && at.question.id === id);
  return asked ? flow.questions[id] : undefined;
}

function isUsed(flow: Flow, answers: Answers, id: string): boolean {
  return walk(flow, answers).turns.some((turn) => turn.question === id);
}

/** Goes on in the version that replaced a withdrawn one; the answers are kept. Sent twice: nothing more. */
export function move(entries: readonly Entry[], version: string, why: string): Happening[] {
  return readConsultation('', entries).version === version ? [] : [{ kind: 'moved', version, why }];
}
