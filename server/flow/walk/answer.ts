import type { Question } from '../flow.ts';
import { type Reading, refuse } from '../question-types/question-type.ts';
import { rulesOf } from '../question-types/question-types.ts';

/**
 * An answer: an option id (`yes`, `unknown`, …), the ticked ids of a checklist (`unknown` may accompany ticks; `none` is always alone), a
 * text, a whole number, or an ISO date. "I don't know" is always `unknown`.
 */
export type Answer = string | number | string[];
export type Answers = Readonly<Record<string, Answer>>;

/**
 * Reads raw input from a form, a file or a case. If it is refused, the message says what came, what was expected and what to do. `today`
 * is an ISO date.
 */
export function readAnswer(question: Question, raw: unknown, today: string): Reading {
  const given = (Array.isArray(raw) ? raw : [raw]).filter((item) => item !== undefined && item !== null).map(String);
  const texts = given.map((item) => item.trim()).filter((text) => text !== '');
  const rules = rulesOf(question);
  if (texts.length === 0) return refuse(rules.emptyMessage(question.unknown.label));
  if (rules.several) return rules.readTicks(question, texts);
  // A text box has an "I don't know" checkbox of the same name beside it. If both are filled in, the text counts.
  const text = texts.find((text) => text !== 'unknown');
  if (text === undefined) return { ok: true, answer: 'unknown' };
  const sent = given.find((item) => item.trim() === text) ?? text;
  return rules.read(question, { text, raw: sent, texts, today });
}

/** An answer as a form sends it: one value for each tick. */
export function valuesOf(answer: Answer | undefined): string[] {
  return answer === undefined ? [] : [answer].flat().map(String);
}

export function isSameAnswer(a: Answer, b: Answer): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether a stored answer still fits the question, whose version may be newer. */
export function isStillAnswer(question: Question, answer: Answer): boolean {
  const rules = rulesOf(question);
  const stays = !rules.several && rules.staysAnswer?.(answer) === true;
  return stays || readAnswer(question, answer, '9999-12-31').ok;
}

export function isUnknown(answer: Answer): boolean {
  return answer === 'unknown' || (Array.isArray(answer) && answer.includes('unknown'));
}

/** The answer in the words that the reader saw, one line per tick. */
export function describeAnswer(question: Question, answer: Answer): string[] {
  const unknown = question.unknown.label;
  if (answer === 'unknown') return [unknown];
  if (Array.isArray(answer)) {
    const alone = answer.length === 1;
    return answer.map((tick) => {
      if (tick === 'none') return question.none ?? 'None of these';
      if (tick === 'unknown') return alone ? unknown : 'I am not sure about others';
      return question.options.find((option) => option.id === tick)?.text ?? tick;
    });
  }
  return [rulesOf(question).describe(question, answer)];
}
