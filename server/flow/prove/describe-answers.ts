/** Describes answers briefly: those that matter, and how many do not. */

import { type Flow, getQuestion } from '../flow.ts';
import { type Answer, type Answers, describeAnswer } from '../walk/answer.ts';

const LONGEST_TEXT = 70;
const MOST_NAMES = 4;

interface Shown {
  answers: Answers;
  matters: string[];
}

/**
 * With ids instead of wording, so that only a change of meaning shows as a change: `concerns = sexual_abuse + unknown; no to
 * neglect_suspected; …`.
 */
export function describeExample({ answers, matters }: Shown): string {
  const mattering = matters.map((id) => [id, answers[id] as Answer] as const);
  const notPlain = mattering
    .filter(([, answer]) => !isPlain(answer))
    .map(([id, answer]) => `${id} = ${[answer].flat().join(' + ')}`);
  const plain = mattering.filter(([, answer]) => isPlain(answer)).map(([id]) => id);
  const others = Object.keys(answers).length - matters.length;
  const no =
    plain.length === 0
      ? []
      : [plain.length <= MOST_NAMES ? `no to ${plain.join(', ')}` : `no to ${plain.length} others that matter`];
  const rest = others === 0 ? [] : [`any answer to ${others} more`];
  return [...notPlain, ...no, ...rest].join('; ') || 'any answers';
}

/** In the words that the reader saw, one line for each answer that matters. */
export function describeInWords(flow: Flow, { answers, matters }: Shown): string[] {
  const notPlain = matters.filter((id) => !isPlain(answers[id] as Answer));
  const plain = matters.filter((id) => isPlain(answers[id] as Answer));
  const others = Object.keys(answers).length - matters.length;
  return [
    ...notPlain.map((id) => describeOne(flow, id, answers[id] as Answer)),
    ...(plain.length > MOST_NAMES
      ? [`no to all of: ${plain.join(', ')}`]
      : plain.map((id) => describeOne(flow, id, answers[id] as Answer))),
    ...(others > 0 ? [`any answer to ${others} more`] : []),
  ];
}

export function describeOne(flow: Flow, id: string, answer: Answer): string {
  const question = getQuestion(flow, id);
  return `${id} “${shorten(question.text)}”: ${describeAnswer(question, answer).map(shorten).join(' + ')}`;
}

/** "No", or nothing ticked. */
function isPlain(answer: Answer): boolean {
  return answer === 'no' || (Array.isArray(answer) && answer.length === 1 && answer[0] === 'none');
}

function shorten(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 1).trimEnd()}…`;
}
