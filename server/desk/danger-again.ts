/**
 * Something new is known: whether anybody is in danger is asked again, since what was answered earlier says nothing of today. And an answer that
 * makes a decided consultation urgent opens it again. Pure.
 */
import { type Entry, type Happening, isRefusal, type Refusal } from '../consultation/entry.ts';
import type { Field } from '../consultation/form-field.ts';
import type { Form } from '../consultation/recording.ts';
import { type Flow, getPart, type Question } from '../flow/flow.ts';
import { readAnswer } from '../flow/walk/answer.ts';
import { walk } from '../flow/walk/walk.ts';
import { answerBy } from './claiming.ts';
import { isUndecided } from './countersigning.ts';
import { readDeskCase } from './desk-case.ts';
import { afterAdding, type Times } from './pace.ts';
import { readStandingUrgency } from './standing-urgency.ts';
import { describeUrgency, readUrgency, urgencyOfAnswers } from './urgency.ts';

/** Name of the field, and of the hidden input that says that the page asked it: of radio buttons none may be sent. */
const DANGER = 'danger';
const ASKS = 'asks';
export const ASKS_DANGER = { [ASKS]: DANGER };

/** The question that each flow of a professional begins with, and those that follow from its answer. */
function questionsOfDanger(flow: Flow): { first: Question; all: string[] } | undefined {
  const { at } = walk(flow, {});
  if (at.kind !== 'question') return undefined;
  const steps = getPart(flow, at.part).steps;
  return { first: at.question, all: steps.flatMap((step) => (step.kind === 'ask' ? [step.question] : [])) };
}

/** As the flow asks it; empty for a flow that asks nothing. */
export function dangerFields(flow: Flow): Field[] {
  const first = questionsOfDanger(flow)?.first;
  if (first === undefined) return [];
  const { text, options, unknown } = first;
  return [
    {
      name: DANGER,
      label: `${text} Answer for today`,
      hint: 'What was answered earlier does not count any more. If somebody is in danger, call 999 first',
      kind: 'choice',
      choices: [...options.map(({ id, text: words }) => [id, words] as const), ['unknown', unknown.label]],
    },
  ];
}

interface Again {
  form: Form;
  flow: Flow;
  /** The day, such as 2026-11-22. */
  today: string;
}

/** Empty where the page did not ask it. */
function answerDangerAgain(entries: readonly Entry[], { form, flow, today }: Again): Happening[] | Refusal {
  const questions = questionsOfDanger(flow);
  const given = form[DANGER] ?? '';
  if (questions === undefined || (given === '' && form[ASKS] !== DANGER)) return [];
  const reading = readAnswer(questions.first, given === '' ? [] : [given], today);
  if (!reading.ok) {
    const message = 'Choose whether anybody is in danger now. “I don’t know” is an answer, too';
    return { refused: 'invalid', message, fields: { [DANGER]: message } };
  }
  const deskCase = readDeskCase(entries);
  const isDone = deskCase !== undefined && readStandingUrgency(entries, deskCase, () => flow) === undefined;
  return [
    {
      kind: 'asked again',
      questions: questions.all,
      decided: isDone ? 'yes' : 'no',
    },
    { kind: 'answered', question: questions.first.id, answer: reading.answer },
  ];
}

/** What is asked or said anew, with today's answer: the times are set by it. */
export function withDangerAgain(
  entries: readonly Entry[],
  again: Again & { at: string },
  decide: (answered: readonly Entry[]) => Happening[] | Refusal,
): Happening[] | Refusal {
  const answered = answerDangerAgain(entries, again);
  const decided = decide(isRefusal(answered) ? entries : afterAdding(entries, answered, again.at));
  if (isRefusal(decided)) {
    if (!isRefusal(answered) || decided.refused !== 'invalid') return decided;
    return { ...decided, fields: { ...decided.fields, ...answered.fields } };
  }
  // Sent twice, it is said once, and so is the answer.
  if (decided.length === 0) return [];
  return isRefusal(answered) ? answered : [...decided, ...answered];
}

/** Nobody looks at what is decided: an answer of whoever asked that makes it more urgent than it was is news for the desk. */
export function reopenIfUrgent(times: Times, entries: readonly Entry[], added: readonly Happening[]): Happening[] {
  const { flow, desk, now } = times;
  const deskCase = readDeskCase(entries);
  if (deskCase === undefined || isUndecided(deskCase) || added.length === 0) return [];
  const after = afterAdding(entries, added, now.at);
  const [was, is] = [entries, after].map((all) => urgencyOfAnswers(flow, all));
  if (was === undefined || is === undefined || is <= was) return [];
  const words = describeUrgency(readUrgency(after, () => flow));
  return [
    {
      kind: 'reopened',
      news: `An answer to the questions was changed: ${words}`,
      deadlines: [answerBy({ desk, now, urgent: true })],
    },
  ];
}
