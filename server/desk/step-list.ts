/** All questions of a step list at once, for somebody who listens on the telephone. Pure. */
import { type AnswerForm, type AnswerRefusal, answer } from '../consultation/answering.ts';
import { readConsultation } from '../consultation/consultation.ts';
import { type Entry, type Happening, isRefusal } from '../consultation/entry.ts';
import { type Answers, isSameAnswer, readAnswer } from '../flow/answer.ts';
import { type Flow, getQuestion, type Question } from '../flow/flow.ts';
import { walk } from '../flow/walk.ts';

/** The questions asked so far, then those that would follow if the rest stayed unknown: doubt asks more, never less. */
export function stepList(flow: Flow, answers: Answers): Question[] {
  const supposed: Record<string, Answers[string]> = { ...answers };
  const most = Object.keys(flow.questions).length;
  for (let tried = 0; tried <= most; tried++) {
    const { at, turns } = walk(flow, supposed);
    if (at.kind === 'end') return turns.map((turn) => getQuestion(flow, turn.question));
    supposed[at.question.id] = at.question.type === 'several of' ? ['unknown'] : 'unknown';
  }
  throw new Error(`the questions of ${flow.id} have no end`);
}

/** What the form gave for each question of the list; nothing given is no answer. */
export type Given = (question: string) => { values: string[]; seen: number };

/** All answers that changed, or all that is wrong with them. A form that is older than an answer does not overwrite it. */
export function answerAll(
  flow: Flow,
  entries: readonly Entry[],
  given: Given,
  today: string,
): { happenings: Happening[]; wrong: Record<string, string> } {
  const wrong: Record<string, string> = {};
  const added: Entry[] = [];
  let list = stepList(flow, readConsultation('', entries).answers);
  for (let index = 0; index < list.length; index++) {
    const { id } = list[index] as Question;
    const { values, seen } = given(id);
    if (values.every((value) => value.trim() === '')) continue;
    const all = [...entries, ...added];
    const result = answerOne(flow, all, { question: id, given: values, seen }, today);
    if (isRefusal(result)) wrong[id] = result.message;
    else if (result.length > 0) {
      added.push(...result.map((what) => ({ number: all.length + 1, at: '', by: 'duty worker' as const, what })));
      list = stepList(flow, readConsultation('', [...entries, ...added]).answers);
    }
  }
  return { happenings: added.map((entry) => entry.what), wrong };
}

/** Ahead of its turn an answer is taken too: the walk uses it when it gets there. */
function answerOne(flow: Flow, entries: Entry[], form: AnswerForm, today: string): Happening[] | AnswerRefusal {
  const { answers } = readConsultation('', entries);
  const { at, turns } = walk(flow, answers);
  const isTurn = turns.some((turn) => turn.question === form.question);
  if (isTurn || (at.kind === 'question' && at.question.id === form.question)) return answer(flow, entries, form, today);
  const reading = readAnswer(getQuestion(flow, form.question), form.given, today);
  if (!reading.ok) return { refused: 'invalid', message: reading.message };
  const standing = Object.hasOwn(answers, form.question) ? answers[form.question] : undefined;
  if (standing !== undefined && isSameAnswer(standing, reading.answer)) return [];
  return [{ kind: 'answered', question: form.question, answer: reading.answer }];
}
