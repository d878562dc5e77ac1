/** Compares a completed instrument with the one before: which scores moved, and which way the total went. Pure. */
import { allInputs, describeInput } from '../flow/instruments/inputs.ts';
import { fieldsOfInstrument, type Instrument, type InstrumentAnswers } from '../flow/instruments/instrument.ts';

export type Movement = 'increased' | 'decreased' | 'stayed the same';

export interface MovedScore {
  id: string;
  label: string;
  before: number;
  now: number;
  moved: Movement;
}

export function movementOf(before: number, now: number): Movement {
  if (now === before) return 'stayed the same';
  return now > before ? 'increased' : 'decreased';
}

/** All scores that count, in the order of the sheet. A score that one of the two lacks is left out. */
export function compareScores(instrument: Instrument, before: InstrumentAnswers, now: InstrumentAnswers): MovedScore[] {
  const fields = new Map(fieldsOfInstrument(instrument).map((field) => [field.id, field]));
  return (instrument.score?.adds ?? []).flatMap((id) => {
    const [was, is] = [before[id], now[id]];
    if (was === undefined || is === undefined) return [];
    const label = fields.get(id)?.label ?? id;
    return [{ id, label, before: Number(was), now: Number(is), moved: movementOf(Number(was), Number(is)) }];
  });
}

/** Scores that went up, even if the total fell: one of them can be what matters. */
export function risenIn(scores: readonly MovedScore[]): MovedScore[] {
  return scores.filter(({ moved }) => moved === 'increased');
}

export interface ChangedAnswer {
  label: string;
  before: string;
  now: string;
}

/** All answers that differ from before, except the scores. */
export function compareAnswers(
  instrument: Instrument,
  before: InstrumentAnswers,
  now: InstrumentAnswers,
): ChangedAnswer[] {
  const scores = new Set(instrument.score?.adds ?? []);
  return [...allInputs(instrument).values()]
    .filter(({ name }) => !scores.has(name) && (before[name] ?? '') !== (now[name] ?? ''))
    .map((input) => ({
      label: input.label,
      before: describeInput(input, before[input.name] ?? ''),
      now: describeInput(input, now[input.name] ?? ''),
    }));
}
