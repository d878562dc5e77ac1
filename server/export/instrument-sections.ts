/**
 * A form of the pathway as sections, for the PDF: every question with its answer, the score, and the sentence that says
 * what a score is not.
 */
import { describeDay, describeInstant } from '../base/days.ts';
import { describeInput, type Input, inputsOf } from '../flow/instruments/inputs.ts';
import type { Instrument, InstrumentAnswers, InstrumentField } from '../flow/instruments/instrument.ts';
import { describeScore, readScore, referralsOf } from '../flow/instruments/score.ts';
import { type Block, fact, item, NOT_WRITTEN } from './blocks.ts';
import type { Section } from './sections.ts';

export interface SheetFacts {
  instrument: Instrument;
  answers: InstrumentAnswers;
  /** For example `Completed, of 26 November 2026`. */
  state: string;
  reason: string;
  completedBy?: string;
  completedAt?: string;
}

export function instrumentSections(facts: SheetFacts): Section[] {
  const { instrument, answers, state, reason, completedBy, completedAt } = facts;
  const score = readScore(instrument, answers);
  const result = [
    ...referralsOf(instrument, answers).map(({ says }) => says),
    ...(score === undefined ? [] : describeScore(score)),
  ];
  return [
    {
      title: 'This form',
      blocks: [
        fact('State', state),
        fact('Why', reason),
        ...(completedBy === undefined ? [] : [fact('Completed by', completedBy, [describeInstant(completedAt ?? '')])]),
        fact('To be completed by', instrument.completedBy),
      ],
    },
    ...(result.length === 0 ? [] : [{ title: 'Result', blocks: result.map((line) => item(line)) }]),
    ...instrument.sections.map(({ title, fields }) => ({
      title,
      blocks: fields.flatMap((field) => blocksOf(field, answers)),
    })),
  ];
}

function blocksOf(field: InstrumentField, answers: InstrumentAnswers): Block[] {
  const inputs = inputsOf(field);
  if (field.type === 'ticks') {
    const ticked = inputs.filter((input) => (answers[input.name] ?? '') !== '').map(({ label }) => label);
    return [fact(field.label, ticked.join('; ') || NOT_WRITTEN)];
  }
  if (field.type === 'table') return [fact(field.label, rowsOf(field, answers) || NOT_WRITTEN)];
  return inputs.map((input) => fact(input.label, wordsOf(input, answers[input.name] ?? '') || NOT_WRITTEN));
}

function wordsOf(input: Input, value: string): string {
  if (input.kind === 'day') return value === '' ? '' : describeDay(value);
  const words = describeInput(input, value);
  return /^\d{1,2}$/.test(value) && words !== value ? `${value}. ${words}` : words;
}

function rowsOf({ id, rows, columns }: InstrumentField, answers: InstrumentAnswers): string {
  return Array.from({ length: rows }, (_, index) => index + 1)
    .map((row) =>
      columns
        .map((column) => answers[`${id}.${row}.${column.id}`] ?? '')
        .filter(Boolean)
        .join(', '),
    )
    .filter(Boolean)
    .join('\n');
}
