/** All questions of a flow as one list, for a duty worker on the telephone. Pure. */

import { readConsultation } from '../consultation/consultation.ts';
import type { Entry, Happening } from '../consultation/entry.ts';
import { type Flow, getPart, getQuestion, type Part, type Question } from '../flow/flow.ts';
import { type Answer, type Answers, isSameAnswer, readAnswer } from '../flow/walk/answer.ts';
import { walk } from '../flow/walk/walk.ts';

/** The questions asked so far, and then all that can still come. Questions that the answers rule out are left out. */
export function stepList(flow: Flow, answers: Answers): Question[] {
  const { at, turns } = walk(flow, answers);
  const asked = turns.map((turn) => turn.question);
  if (at.kind === 'end') return asked.map((id) => getQuestion(flow, id));
  const ladder = askedIn(flow, getPart(flow, flow.id));
  const here = ladder.findIndex((step) => step.part === at.part && step.step === at.step);
  const ahead = ladder.slice(here).map((step) => step.question);
  return [...new Set([...asked, ...ahead])].map((id) => getQuestion(flow, id));
}

interface Rung {
  part: string;
  step: string;
  question: string;
}

/** Every question of the part from top to bottom, including those of the parts that it calls. */
function askedIn(flow: Flow, part: Part): Rung[] {
  return part.steps.flatMap((step) => {
    if (step.kind === 'ask') return [{ part: part.id, step: step.id, question: step.question }];
    return step.kind === 'call' ? askedIn(flow, getPart(flow, step.flow)) : [];
  });
}

/**
 * What was sent for one question of the list. Empty `values` means no answer. `seen`: the number of the entry whose
 * answer the page showed; 0 for none. `keep`: what the person chose if a colleague answered differently in between; see
 * `keepTheirsValue` and `putMineValue`.
 */
export interface GivenAnswer {
  values: string[];
  seen: number;
  keep?: string;
}

export type Given = (question: string) => GivenAnswer;

/**
 * A question that somebody else answered differently after the page was made. Nothing is saved until the person
 * chooses.
 */
export interface AnswerClash {
  standing: Answer;
  /** Number of the entry with their answer. */
  number: number;
}

/**
 * The values of the choice between two answers. They contain the number of the entry that the person has read, so that
 * a third answer is asked about again.
 */
export const keepTheirsValue = (number: number) => `theirs ${number}`;
export const putMineValue = (number: number) => `mine ${number}`;

/** The result of a form: entries to add and, for each question, what was wrong or has to be chosen. */
export interface TakenAnswers {
  happenings: Happening[];
  wrong: Record<string, string>;
  clashes: Record<string, AnswerClash>;
}

/**
 * Saves only what differs between what the page showed and what was sent, question by question. Other people's answers
 * are kept; where both answered the same question differently, the person chooses. An answer is also kept if another
 * answer of the same form rules its question out: the question may come back.
 */
export function answerAll(flow: Flow, entries: readonly Entry[], given: Given, today: string): TakenAnswers {
  const wrong: Record<string, string> = {};
  const clashes: Record<string, AnswerClash> = {};
  const added: Entry[] = [];
  const take = (id: string, isListed: boolean): boolean => {
    const all = [...entries, ...added];
    const taken = takeOne(getQuestion(flow, id), all, given(id), today);
    if (taken.kind === 'clash') clashes[id] = taken.clash;
    if (taken.kind === 'wrong' && isListed) wrong[id] = taken.message;
    if (taken.kind !== 'answer') return false;
    const what = { kind: 'answered' as const, question: id, answer: taken.answer };
    added.push({ number: all.length + 1, at: '', by: 'duty worker', what });
    return true;
  };
  const before = stepList(flow, readConsultation('', entries).answers);
  let list = before;
  for (let index = 0; index < list.length; index++)
    if (take((list[index] as Question).id, true))
      list = stepList(flow, readConsultation('', [...entries, ...added]).answers);
  for (const { id } of before) if (!list.some((one) => one.id === id)) take(id, false);
  return { happenings: added.map((entry) => entry.what), wrong, clashes };
}

type Taken =
  | { kind: 'nothing new' }
  | { kind: 'answer'; answer: Answer }
  | { kind: 'wrong'; message: string }
  | { kind: 'clash'; clash: AnswerClash };

const NOTHING_NEW: Taken = { kind: 'nothing new' };

/** A question may be answered before its turn; the walk uses the answer when it gets there. */
function takeOne(
  question: Question,
  entries: readonly Entry[],
  { values, seen, keep }: GivenAnswer,
  today: string,
): Taken {
  if (values.every((value) => value.trim() === '')) return NOTHING_NEW;
  const reading = readAnswer(question, values, today);
  if (!reading.ok) return { kind: 'wrong', message: reading.message };
  const { answer } = reading;
  const shown = findAnswer(entries, question.id, seen);
  if (shown !== undefined && isSameAnswer(shown, answer)) return NOTHING_NEW;
  const { answers, answeredBy } = readConsultation('', entries);
  const standing = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
  if (standing === undefined) return { kind: 'answer', answer };
  const number = answeredBy[question.id] ?? 0;
  if (isSameAnswer(standing, answer) || keep === keepTheirsValue(number)) return NOTHING_NEW;
  if (number !== seen && keep !== putMineValue(number)) return { kind: 'clash', clash: { standing, number } };
  return { kind: 'answer', answer };
}

/** The answer that the page showed. */
function findAnswer(entries: readonly Entry[], question: string, seen: number): Answer | undefined {
  const what = entries.find(({ number }) => number === seen)?.what;
  return what?.kind === 'answered' && what.question === question ? what.answer : undefined;
}
