/**
 * All question types. A new type is its name and its rules here, and its input in `views/question/answer-inputs.tsx`. Any difference between
 * types belongs in their rules.
 */
import { describeDay, readDay, readWholeYears } from '../../base/days.ts';
import { cleanText, LONGEST_TEXT } from '../../base/text.ts';
import type { Option, Question } from '../flow.ts';
import type { RawQuestion } from '../language/content.ts';
import {
  type Entered,
  type QuestionTypeRules,
  type Reading,
  type Report,
  refuse,
  type SingleType,
} from './question-type.ts';

export const QUESTION_TYPES = [
  'yes or no',
  'one of',
  'several of',
  'short text',
  'long text',
  'number',
  'date',
] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];

/** Maximum length in characters. */
const SHORT_TEXT = 300;
const LARGEST_NUMBER = 999_999_999;

/** Questions that are answered by choosing. */
const CHOICE = {
  several: false,
  decides: true,
  numeric: false,
  ownKeys: [],
  emptyMessage: (label) => `Choose an answer. If you are not sure, choose “${label}”`,
  read: readChoice,
  describe: describeOption,
} satisfies Partial<SingleType>;

/** Questions that are answered by typing. */
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

const RULES: Record<QuestionType, QuestionTypeRules> = {
  'yes or no': {
    ...CHOICE,
    optionsMustDiffer: false,
    fixedOptions: { yes: 'Yes', no: 'No' },
    checkShape({ options = {} }, report) {
      for (const id of Object.keys(options))
        if (id !== 'yes' && id !== 'no')
          report(['options', id], 'a question of yes or no has only the options "yes" and "no".');
    },
    howToAnswer: () => 'Yes or no.',
    answersToProve: () => ['no', 'yes'],
  },

  'one of': {
    ...CHOICE,
    optionsMustDiffer: true,
    checkShape(question, report) {
      if (writtenOptions(question).length < 2) report([], 'a choice needs at least two options.');
      if (question.groups !== undefined) report(['groups'], 'only a checklist ("several of") has groups.');
    },
    howToAnswer: () => 'Choose one.',
    answersToProve: ({ options }) => options.map(({ id }) => id),
  },

  'several of': {
    several: true,
    decides: true,
    numeric: false,
    optionsMustDiffer: false,
    ownKeys: ['none'],
    checkShape(question, report) {
      if (writtenOptions(question).length === 0) report([], 'a checklist needs options, or groups with options.');
      if (question.none === undefined) report([], 'say how "none of these" is worded: add "none".');
    },
    emptyMessage: (label) => `Tick all that apply. If you are not sure, choose “${label}”`,
    readTicks,
    describe: describeOption,
    howToAnswer: () => 'Tick all that apply.',
  },

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

export function rulesOf({ type }: { type: QuestionType }): QuestionTypeRules {
  return RULES[type];
}

/** Ids of the options that the author wrote, whether in groups or not. */
export function writtenOptions({ options = {}, groups = {} }: Pick<RawQuestion, 'options' | 'groups'>): string[] {
  return [...Object.keys(options), ...Object.values(groups).flatMap((group) => Object.keys(group.options))];
}

function readChoice({ options }: Question, { text, texts }: Entered): Reading {
  if (new Set(texts).size > 1) return refuse('Choose one answer only');
  if (!options.some((option) => option.id === text))
    return refuse('That answer is not one of those offered. Choose one of the answers below');
  return { ok: true, answer: text };
}

function readTicks({ options, none }: Question, ticks: readonly string[]): Reading {
  const offered = [...options.map((option) => option.id), 'unknown', 'none'];
  if (ticks.some((tick) => !offered.includes(tick)))
    return refuse('One of the ticks is not in the list below. Tick all that apply again');
  if (ticks.includes('none') && new Set(ticks).size > 1)
    return refuse(`You ticked “${none}” and something else. Tick one or the other`);
  // In the order of the list, so that the same ticks always give the same answer.
  return { ok: true, answer: offered.filter((tick) => ticks.includes(tick)) };
}

function describeOption(
  { options }: { options: readonly Pick<Option, 'id' | 'text'>[] },
  answer: string | number,
): string {
  return options.find((option) => option.id === answer)?.text ?? String(answer);
}

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

function readNumber({ from = 0, to = LARGEST_NUMBER, unit, unknown }: Question, { text }: Entered): Reading {
  const years = unit === 'years' ? readWholeYears(text) : undefined;
  const number = years ?? (/^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN);
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
