import type { Question } from '../flow.ts';

/**
 * What a person answered: an option id (`yes`, `unknown`, …), the ticked ids of a checklist (which may hold `unknown` beside ticks, or
 * only `none`), text, a whole number, or a date as `2026-11-22`. "I don't know" is `unknown` everywhere.
 */
export type Answer = string | number | string[];
export type Answers = Readonly<Record<string, Answer>>;

export type Reading = { ok: true; answer: Answer } | { ok: false; message: string };

export const LONGEST_TEXT = 20_000;
const SHORT_TEXT = 300;

/** Raw input (of a form, a file, a case) → Answer, or what came, what was expected and what to do. `today` is a date as `2026-11-22`. */
export function readAnswer(question: Question, raw: unknown, today: string): Reading {
  const given = (Array.isArray(raw) ? raw : [raw]).filter((item) => item !== undefined && item !== null);
  const texts = given.map((item) => String(item).trim()).filter((text) => text !== '');
  if (question.type === 'several of') return readTicks(question, texts);
  // A box to write in has "I don't know" beside it, under the same name: what was written counts.
  const written = texts.filter((text) => text !== 'unknown');
  if (written.length === 0 && texts.length > 0) return { ok: true, answer: 'unknown' };
  const text = written[0];
  if (text === undefined) return { ok: false, message: emptyMessage(question) };
  switch (question.type) {
    case 'yes or no':
    case 'one of':
      return readChoice(question, written, texts);
    case 'number':
      return readNumber(question, text);
    case 'date':
      return readDate(question, text, today);
    default:
      return readText(question, String(given.find((item) => String(item).trim() === text)));
  }
}

function emptyMessage(question: Question): string {
  const label = question.unknown.label;
  if (question.type === 'number') return `Enter a whole number, or choose “${label}”`;
  if (question.type === 'date') return `Enter a date, such as 27 3 2026, or choose “${label}”`;
  if (question.type === 'short text' || question.type === 'long text') return `Write something, or choose “${label}”`;
  return `Choose an answer. If you are not sure, choose “${label}”`;
}

function readChoice(question: Question, written: string[], texts: string[]): Reading {
  const [choice] = written;
  if (new Set(texts).size > 1) return { ok: false, message: 'Choose one answer only' };
  if (choice === undefined || !question.options.some((option) => option.id === choice))
    return { ok: false, message: 'That answer is not one of those offered. Choose one of the answers below' };
  return { ok: true, answer: choice };
}

function readTicks(question: Question, texts: string[]): Reading {
  const ticks = [...new Set(texts)];
  if (ticks.length === 0)
    return { ok: false, message: emptyMessage(question).replace('Choose an answer', 'Tick all that apply') };
  const offered = question.options.map((option) => option.id);
  if (ticks.some((tick) => tick !== 'none' && tick !== 'unknown' && !offered.includes(tick)))
    return { ok: false, message: 'One of the ticks is not in the list below. Tick all that apply again' };
  if (ticks.includes('none') && ticks.length > 1)
    return { ok: false, message: `You ticked “${question.none}” and something else. Tick one or the other` };
  // In the order of the list, so that the same ticks are the same answer.
  const sorted = [...offered, 'unknown', 'none'].filter((tick) => ticks.includes(tick));
  return { ok: true, answer: sorted };
}

function readNumber(question: Question, text: string): Reading {
  const number = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  const from = question.from ?? 0;
  const to = question.to ?? 999_999_999;
  if (Number.isNaN(number) || number < from || number > to)
    return { ok: false, message: `Enter a whole number from ${from} to ${to}, or choose “${question.unknown.label}”` };
  return { ok: true, answer: number };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function readDate(question: Question, text: string, today: string): Reading {
  const date = parseDate(text);
  if (date === undefined)
    return { ok: false, message: `Enter a date, such as 27 3 2026, or choose “${question.unknown.label}”` };
  const earliest = question.notBefore === 'today' ? today : question.notBefore;
  const latest = question.notAfter === 'today' ? today : question.notAfter;
  if (earliest !== undefined && date < earliest)
    return { ok: false, message: `Enter a date that is not before ${earliest}` };
  if (latest !== undefined && date > latest) return { ok: false, message: `Enter a date that is not after ${latest}` };
  return { ok: true, answer: date };
}

/** `27 3 2026`, `27/03/2026`, `27 March 2026` or `2026-03-27` → `2026-03-27`; undefined if it is no day of the calendar. */
export function parseDate(text: string): string | undefined {
  const parts = text.split(/[\s/.,-]+/).filter((part) => part !== '');
  if (parts.length !== 3) return undefined;
  const iso = /^\d{4}$/.test(parts[0] ?? '');
  const [d, m, y] = iso ? [parts[2], parts[1], parts[0]] : parts;
  const named = MONTHS.indexOf((m ?? '').slice(0, 3).toLowerCase()) + 1;
  const month = named > 0 ? named : Number(m);
  const date = new Date(Date.UTC(Number(y), month - 1, Number(d)));
  const valid = Number(y) >= 1900 && date.getUTCDate() === Number(d) && date.getUTCMonth() === month - 1;
  return valid ? date.toISOString().slice(0, 10) : undefined;
}

function readText(question: Question, text: string): Reading {
  const longest = question.type === 'short text' ? SHORT_TEXT : LONGEST_TEXT;
  const clean = cleanText(text);
  if (clean.length > longest)
    return { ok: false, message: `You wrote ${clean.length} characters. Shorten it to ${longest} or fewer` };
  return { ok: true, answer: clean };
}

/** One kind of line end; control characters that no person typed become a visible mark, so that nothing is dropped unseen. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '\ufffd')
    .trim();
}

export function isSameAnswer(a: Answer, b: Answer): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether a kept answer still fits the question, which may have come from a newer version. */
export function isStillAnswer(question: Question, answer: Answer): boolean {
  return readAnswer(question, answer, '9999-12-31').ok || (question.type === 'date' && typeof answer === 'string');
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
  if (question.type === 'date') return [describeDay(String(answer))];
  if (typeof answer === 'number') return [question.unit === undefined ? String(answer) : `${answer} ${question.unit}`];
  return [question.options.find((option) => option.id === answer)?.text ?? answer];
}

function describeDay(date: string): string {
  const instant = new Date(`${date}T00:00:00Z`);
  return instant.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}
