/** All questions of a flow as one list, for a duty worker on the telephone. Pure. */

import { readConsultation } from '../consultation/consultation.ts';
import { type Entry, type Happening, isRefusal } from '../consultation/entry.ts';
import { type AnswerForm, type AnswerRefusal, answer, isAnswered, isOpen } from '../consultation/interview.ts';
import { type Flow, getPart, getQuestion, type Part, type Question } from '../flow/flow.ts';
import { type Answers, isSameAnswer, readAnswer } from '../flow/walk/answer.ts';
import { walk } from '../flow/walk/walk.ts';

/** The questions asked so far, then all that can still come; those ruled out by the answers are left out. */
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

/** Every question of the part from top to bottom, with those of the parts that it calls. */
function askedIn(flow: Flow, part: Part): Rung[] {
  return part.steps.flatMap((step) => {
    if (step.kind === 'ask') return [{ part: part.id, step: step.id, question: step.question }];
    return step.kind === 'call' ? askedIn(flow, getPart(flow, step.flow)) : [];
  });
}

/** The values sent for each question of the list; none means no answer. */
export type Given = (question: string) => { values: string[]; seen: number };

/**
 * The answers that changed, or all their errors. A form that is older than an answer does not overwrite it. What was heard and written down is
 * kept also where another answer of the same form rules its question out: it may be asked again.
 */
export function answerAll(
  flow: Flow,
  entries: readonly Entry[],
  given: Given,
  today: string,
): { happenings: Happening[]; wrong: Record<string, string> } {
  const wrong: Record<string, string> = {};
  const added: Entry[] = [];
  const take = (id: string, isListed: boolean): boolean => {
    const { values, seen } = given(id);
    if (values.every((value) => value.trim() === '')) return false;
    const all = [...entries, ...added];
    const result = answerOne(flow, all, { question: id, given: values, seen }, today);
    if (isRefusal(result)) {
      if (isListed) wrong[id] = result.message;
      return false;
    }
    added.push(...result.map((what) => ({ number: all.length + 1, at: '', by: 'duty worker' as const, what })));
    return result.length > 0;
  };
  const before = stepList(flow, readConsultation('', entries).answers);
  let list = before;
  for (let index = 0; index < list.length; index++)
    if (take((list[index] as Question).id, true))
      list = stepList(flow, readConsultation('', [...entries, ...added]).answers);
  for (const { id } of before) if (!list.some((one) => one.id === id)) take(id, false);
  return { happenings: added.map((entry) => entry.what), wrong };
}

/** A question may be answered before its turn: the walk uses the answer when it gets there. */
function answerOne(flow: Flow, entries: Entry[], form: AnswerForm, today: string): Happening[] | AnswerRefusal {
  const { answers, answeredBy } = readConsultation('', entries);
  const position = walk(flow, answers);
  if (isAnswered(position, form.question) || isOpen(position, form.question))
    return answer({ flow, answers, answeredBy, position }, form, today);
  const reading = readAnswer(getQuestion(flow, form.question), form.given, today);
  if (!reading.ok) return { refused: 'invalid', message: reading.message };
  const standing = Object.hasOwn(answers, form.question) ? answers[form.question] : undefined;
  if (standing !== undefined && isSameAnswer(standing, reading.answer)) return [];
  return [{ kind: 'answered', question: form.question, answer: reading.answer }];
}
