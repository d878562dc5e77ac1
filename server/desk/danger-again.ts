/**
 * Asks again about immediate danger when something new is known, because an earlier answer says nothing about today. An
 * answer that makes a decided consultation more urgent reopens it. Pure.
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

/**
 * Name of the field, and of a hidden input that tells that the page asked it: when no radio button is chosen, a browser
 * sends nothing.
 */
const DANGER = 'danger';
const ASKS = 'asks';
export const ASKS_DANGER = { [ASKS]: DANGER };

/** The question that every flow for professionals begins with, and the questions that only follow from its answer. */
function questionsOfDanger(flow: Flow): { first: Question; all: string[] } | undefined {
  const { at } = walk(flow, {});
  if (at.kind !== 'question') return undefined;
  const steps = getPart(flow, at.part).steps;
  return { first: at.question, all: steps.flatMap((step) => (step.kind === 'ask' ? [step.question] : [])) };
}

/** The danger questions as the flow asks them; empty if the flow asks none. */
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
  /** A day, such as 2026-11-22. */
  today: string;
}

/** Empty if the page did not ask it. */
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

/** Adds today's answer to what is asked or reported: the deadlines are set by today's answer. */
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
  // A form that is sent twice is recorded once, and so is its answer.
  if (decided.length === 0) return [];
  return isRefusal(answered) ? answered : [...decided, ...answered];
}

/**
 * Nobody looks at a decided consultation any more. So when its asker changes an answer and that makes it more urgent,
 * the consultation is reopened as news for the desk.
 */
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
