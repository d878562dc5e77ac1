/** The inputs of an instrument's field on a form, what is missing in them, and what is wrong. Pure. */
import { askWhetherMeant, type Day, readDay } from '../../base/days.ts';
import { LONGEST_TEXT, saysSomething } from '../../base/text.ts';
import {
  fieldsOfInstrument,
  type Instrument,
  type InstrumentAnswers,
  type InstrumentField,
  type InstrumentSection,
} from './instrument.ts';

export const YES = 'yes';
const NO = 'no';
const SHORT = 300;

/** A `tick` is either sent or not; a `choice` is one of the values. */
export interface Input {
  name: string;
  label: string;
  kind: 'tick' | 'choice' | 'line' | 'text' | 'day';
  choices: readonly (readonly [value: string, words: string])[];
}

export const noteName = (name: string) => `${name}.note`;
const YES_NO = [
  [YES, 'Yes'],
  [NO, 'No'],
] as const;

export function inputsOf(field: InstrumentField): Input[] {
  const { id, label, options } = field;
  const reason = field.reasonFor.length === 0 ? [] : [input(noteName(id), 'text', `Reason: ${label}`)];
  switch (field.type) {
    case 'ticks':
      return options.map((option) => input(`${id}.${option.id}`, 'tick', option.text, [[YES, option.text]]));
    case 'scale': {
      const scores = field.steps.map(({ score, text }) => [String(score), text] as const);
      return [input(id, 'choice', label, scores), input(noteName(id), 'text', `Assessor’s reflections: ${label}`)];
    }
    case 'yes or no':
      return [input(id, 'choice', label, YES_NO), ...reason];
    case 'one of': {
      const choices = options.map((option) => [option.id, option.text] as const);
      return [input(id, 'choice', label, choices), ...reason];
    }
    case 'people':
      return options.flatMap((option) => inputsOfPerson(id, option));
    case 'table':
      return inputsOfTable(field);
    case 'date':
      return [input(id, 'day', label)];
    case 'long text':
      return [input(id, 'text', label)];
    case 'number':
    case 'text':
      return [input(id, 'line', label)];
  }
}

function input(name: string, kind: Input['kind'], label: string, choices: Input['choices'] = []): Input {
  return { name, label, kind, choices };
}

function inputsOfPerson(field: string, { id, text }: InstrumentField['options'][number]): Input[] {
  const name = `${field}.${id}`;
  return [
    input(name, 'choice', text, YES_NO),
    input(noteName(name), 'text', `${text}: contact details and comments, or why not consulted`),
  ];
}

function inputsOfTable({ id, rows, columns }: InstrumentField): Input[] {
  return Array.from({ length: rows }, (_, row) => row + 1).flatMap((row) =>
    columns.map((column) => input(`${id}.${row}.${column.id}`, 'line', `${column.text} (line ${row})`)),
  );
}

export function inputsOfSection({ fields }: InstrumentSection): Input[] {
  return fields.flatMap(inputsOf);
}

const answerTo = (answers: InstrumentAnswers, name: string) => answers[name] ?? '';

/** An answer in words; empty for a box that is not ticked. */
export function describeInput({ kind, choices }: Input, value: string): string {
  if (kind === 'tick') return value === YES ? 'Yes' : '';
  return choices.find(([id]) => id === value)?.[1] ?? value;
}

/** What a section still lacks before the instrument can be completed. */
export interface Missing {
  section: string;
  /** Name of the input. */
  input: string;
  message: string;
}

export function missingIn(instrument: Instrument, answers: InstrumentAnswers): Missing[] {
  return instrument.sections.flatMap((section) =>
    section.fields.flatMap((field) =>
      missingOf(field, answers).map(([input, message]) => ({ section: section.id, input, message })),
    ),
  );
}

function missingOf(field: InstrumentField, answers: InstrumentAnswers): [string, string][] {
  const { id, label } = field;
  if (field.type === 'people') return missingPeople(field, answers);
  const value = answerTo(answers, id);
  const needsReason = field.reasonFor.includes(value) && !saysSomething(answerTo(answers, noteName(id)));
  const reason: [string, string][] = needsReason ? [[noteName(id), `Write the reason: ${label}`]] : [];
  if (!field.needed) return reason;
  const names = inputsOf(field).map(({ name }) => name);
  const isGiven =
    field.type === 'ticks' || field.type === 'table'
      ? names.some((name) => answerTo(answers, name) !== '')
      : value !== '';
  return isGiven ? reason : [[field.type === 'scale' ? id : (names[0] ?? id), `${WANTED[field.type]}: ${label}`]];
}

const WANTED: Record<InstrumentField['type'], string> = {
  ticks: 'Tick at least one',
  scale: 'Choose a score',
  'yes or no': 'Answer yes or no',
  'one of': 'Choose an answer',
  people: 'Say of everybody whether they contributed',
  text: 'Fill in',
  'long text': 'Write',
  number: 'Write a number',
  date: 'Write a date',
  table: 'Fill in at least one line',
};

/** For each person in the list, the form has to say whether they contributed and, if not, why not. */
function missingPeople(
  { id, label, options, needed }: InstrumentField,
  answers: InstrumentAnswers,
): [string, string][] {
  return options.flatMap((person): [string, string][] => {
    const name = `${id}.${person.id}`;
    const contributed = answerTo(answers, name);
    if (contributed === '') return needed ? [[name, `Say whether they contributed: ${person.text}`]] : [];
    if (contributed === YES || saysSomething(answerTo(answers, noteName(name)))) return [];
    return [[noteName(name), `Write why they were not consulted: ${person.text} (${label})`]];
  });
}

/** The days with which dates are compared. */
export interface FillingDays {
  today: Day;
  /** The day of the referral. */
  referral?: Day | undefined;
}

/** Input → what is wrong with what was typed in it. An empty input is missing, not wrong. */
export function wrongIn(
  fields: readonly InstrumentField[],
  answers: InstrumentAnswers,
  days: FillingDays,
): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const field of fields)
    for (const input of inputsOf(field)) {
      const value = answerTo(answers, input.name);
      const message = value === '' ? undefined : describeWrong(field, input, value, days);
      if (message !== undefined) wrong[input.name] = message;
    }
  return wrong;
}

function describeWrong(field: InstrumentField, input: Input, value: string, days: FillingDays): string | undefined {
  const longest = input.kind === 'text' ? LONGEST_TEXT : SHORT;
  if (value.length > longest) return `At most ${longest} characters can be kept here, and there are ${value.length}`;
  if (input.kind === 'tick' || input.kind === 'choice') {
    if (input.choices.some(([id]) => id === value)) return undefined;
    const known = input.choices.map(([id]) => id).join(', ');
    return `“${value.slice(0, 40)}” is not one of the answers. Choose one of: ${known}`;
  }
  if (field.type === 'number') return describeWrongNumber(field, value);
  return input.kind === 'day' ? describeWrongDay(field, value, days) : undefined;
}

function describeWrongNumber({ from = 0, to = 9999 }: InstrumentField, value: string): string | undefined {
  const isInside = /^\d{1,4}$/.test(value) && Number(value) >= from && Number(value) <= to;
  return isInside
    ? undefined
    : `“${value.slice(0, 40)}” does not count here. Write a whole number from ${from} to ${to}`;
}

function describeWrongDay(field: InstrumentField, value: string, { today, referral }: FillingDays): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const read = readDay(value, { today });
    return read.ok ? undefined : read.problem;
  }
  if (field.notAfter === 'today' && value > today)
    return 'This day has not come yet. Write the day on which it was done';
  const slip = askWhetherMeant(value, today);
  if (slip !== undefined) return slip;
  if (field.notBefore === 'referral' && referral !== undefined && value < referral)
    return `This day is before the referral (${referral}). Check both days`;
  return undefined;
}

/** The value as it is stored: trimmed, and a date as 2026-11-22 if it can be read. */
export function normaliseInput({ kind }: Input, typed: string, today: Day): string {
  const value = typed.replace(/\r\n/g, '\n').trim();
  if (kind !== 'day' || value === '') return value;
  const read = readDay(value, { today });
  return read.ok ? read.day : value;
}

/** The day of the assessment or meeting; undefined until it is filled in. */
export function dayOf({ on }: Pick<Instrument, 'on'>, answers: InstrumentAnswers): Day | undefined {
  const value = answerTo(answers, on);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}

/** Every input of the instrument by its name. */
export function allInputs(instrument: Pick<Instrument, 'sections'>): Map<string, Input> {
  return new Map(
    fieldsOfInstrument(instrument)
      .flatMap(inputsOf)
      .map((input) => [input.name, input]),
  );
}
