/** Question types that are answered by typing. A new type is one entry here and one in `views/question/answer-inputs.tsx`. */
import { describeDay, readDay } from '../../base/days.ts';
import { cleanText, LONGEST_TEXT } from '../../base/text.ts';
import type { Question } from '../flow.ts';
import type { RawQuestion } from '../language/content.ts';
import { type Entered, type Reading, type Report, refuse, type SingleType } from './question-type.ts';

export const WRITTEN_TYPES = ['short text', 'long text', 'number', 'date'] as const;
export type WrittenType = (typeof WRITTEN_TYPES)[number];

/** In characters. */
const SHORT_TEXT = 300;
const LARGEST_NUMBER = 999_999_999;

const WRITTEN = {
  several: false,
  decides: false,
  numeric: false,
  optionsMustDiffer: false,
  ownKeys: [],
  checkShape: checkNoOptions,
  describe: (_, answer) => String(answer),
} satisfies Partial<SingleType>;

const TEXT = {
  ...WRITTEN,
  emptyMessage: (label) => `Write something, or choose “${label}”`,
  answersToProve: () => ['Text'],
} satisfies Partial<SingleType>;

export const WRITTEN_RULES: Record<WrittenType, SingleType> = {
  'short text': {
    ...TEXT,
    read: (_, { raw }) => readText(raw, SHORT_TEXT),
    howToAnswer: () => 'A line of text.',
  },

  'long text': {
    ...TEXT,
    read: (_, { raw }) => readText(raw, LONGEST_TEXT),
    howToAnswer: () => 'Text.',
  },

  number: {
    ...WRITTEN,
    decides: true,
    numeric: true,
    ownKeys: ['from', 'to'],
    checkShape: checkNumber,
    emptyMessage: (label) => `Enter a whole number, or choose “${label}”`,
    read: readNumber,
    describe: ({ unit }, answer) =>
      typeof answer === 'number' && unit !== undefined ? `${answer} ${unit}` : String(answer),
    howToAnswer: ({ from = 0, to = 'any', unit }) =>
      `A whole number from ${from} to ${to}${unit === undefined ? '' : ` ${unit}`}.`,
    answersToProve({ from = 0, to = LARGEST_NUMBER }, cuts) {
      return [from, ...[...cuts].filter((cut) => cut > from && cut <= to).sort((a, b) => a - b)];
    },
  },

  date: {
    ...WRITTEN,
    ownKeys: ['not before', 'not after'],
    emptyMessage: (label) => `Enter a date, such as 27 3 2026, or choose “${label}”`,
    read: readDate,
    staysAnswer: (answer) => typeof answer === 'string',
    describe: (_, answer) => describeDay(String(answer)),
    howToAnswer: () => 'A date.',
    // No condition reads dates, so any allowed date will do.
    answersToProve({ notBefore, notAfter }) {
      const day = [notBefore, notAfter].find((bound) => bound !== undefined && bound !== 'today');
      return [day ?? (notBefore === 'today' ? '2999-12-31' : '2000-01-01')];
    },
  },
};

function checkNoOptions({ type, options = {}, groups }: RawQuestion, report: Report): void {
  if (Object.keys(options).length > 0 || groups !== undefined)
    report([], `a ${type} has no options. Take them out, or change the type.`);
}

function checkNumber(question: RawQuestion, report: Report): void {
  const { from, to } = question;
  checkNoOptions(question, report);
  if (from === undefined || to === undefined) report([], 'a number needs "from" and "to".');
  else if (from >= to) report(['from'], `"from" (${from}) must be less than "to" (${to}).`);
}

function readText(raw: string, longest: number): Reading {
  const clean = cleanText(raw);
  if (clean.length <= longest) return { ok: true, answer: clean };
  return refuse(`You wrote ${clean.length} characters. Shorten it to ${longest} or fewer`);
}

function readNumber({ from = 0, to = LARGEST_NUMBER, unknown }: Question, { text }: Entered): Reading {
  const number = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number) || number < from || number > to)
    return refuse(`Enter a whole number from ${from} to ${to}, or choose “${unknown.label}”`);
  return { ok: true, answer: number };
}

function readDate({ unknown, ...question }: Question, { text, today }: Entered): Reading {
  const notBefore = question.notBefore === 'today' ? today : question.notBefore;
  const notAfter = question.notAfter === 'today' ? today : question.notAfter;
  const reading = readDay(text, { today, notBefore, notAfter });
  if (!reading.ok) return refuse(`${reading.problem}, or choose “${unknown.label}”`);
  const { day } = reading;
  if (notBefore !== undefined && day < notBefore)
    return refuse(`Enter a date that is not before ${describeDay(notBefore)}`);
  if (notAfter !== undefined && day > notAfter)
    return refuse(`Enter a date that is not after ${describeDay(notAfter)}`);
  return { ok: true, answer: day };
}
