/** The grammar of `instruments/*.yaml` and of `pathway.yaml`. */
import * as z from 'zod';
import { BAND_COLOURS, INSTRUMENT_FIELD_TYPES, INSTRUMENT_KINDS, KNOWN_FROM } from '../instruments/instrument.ts';
import { cite, id, list, wording } from './schema-words.ts';

const number = z
  .string()
  .regex(/^\d{1,4}$/, 'a whole number')
  .transform(Number);
const rules = list(z.string().regex(/^[A-Z]{1,2}\d{1,2}$/, 'a rule such as BT5')).optional();

const instrumentField = z.strictObject({
  label: wording,
  type: z.enum(INSTRUMENT_FIELD_TYPES),
  hint: wording.optional(),
  options: z.record(id, wording).optional(),
  /** Score → what the child's life looks like at that score. */
  steps: z.record(z.string().regex(/^\d{1,2}$/, 'the score of the step, such as 1'), wording).optional(),
  prompts: wording.optional(),
  from: number.optional(),
  to: number.optional(),
  'reason for': list(id).optional(),
  needed: z.enum(['yes', 'no']).optional(),
  columns: z.record(id, wording).optional(),
  rows: number.optional(),
  note: wording.optional(),
  'not before': z.literal('referral').optional(),
  'not after': z.literal('today').optional(),
  known: z.enum(KNOWN_FROM).optional(),
  cite: cite.optional(),
});

const band = z.strictObject({
  name: wording,
  from: number,
  to: number,
  colour: z.enum(BAND_COLOURS),
  says: wording,
  next: list(id),
  cite,
});

const score = z.strictObject({
  title: wording,
  adds: z.array(id).min(1),
  subtotals: z.array(z.strictObject({ title: wording, of: z.array(id).min(1) })).optional(),
  bands: z.record(id, band),
  cite,
});

const referral = z.strictObject({
  says: wording,
  under: number,
  age: id,
  'any of': z.record(id, list(z.string())),
  next: list(id),
  cite,
});

export const instrument = z.strictObject({
  instrument: id,
  title: wording,
  kind: z.enum(INSTRUMENT_KINDS),
  says: wording,
  'completed by': wording,
  before: list(wording).optional(),
  on: id,
  sections: z.record(
    id,
    z.strictObject({ title: wording, says: wording.optional(), fields: z.record(id, instrumentField) }),
  ),
  score: score.optional(),
  'refer whatever the total': z.array(referral).optional(),
  again: list(wording).optional(),
  meets: list(id).optional(),
  sets: z.array(z.strictObject({ step: id, from: id, bands: list(id).optional() })).optional(),
  'names people': z.enum(['yes', 'no']).optional(),
  cite,
  rules,
});
export type RawInstrument = z.output<typeof instrument>;
export type RawInstrumentField = z.output<typeof instrumentField>;

/** Forms whose fields the documents do not print. */
export const handOffs = z.strictObject({
  'hand offs': z.record(id, z.strictObject({ title: wording, says: wording, cite, rules })),
});
export type RawHandOff = z.output<typeof handOffs>['hand offs'][string];

export const pathway = z.strictObject({
  title: wording,
  team: wording,
  says: wording,
  flows: list(id),
  'or when recorded': z.record(id, list(id)).optional(),
  outcomes: list(id),
  sets: list(id),
  instruments: list(id),
  'exit after': id,
  'reduced in': id.optional(),
  /** Instrument → its field that says what the meeting agreed. */
  'meeting lists': z.record(id, id).optional(),
  cite,
  rules,
});
export type RawPathway = z.output<typeof pathway>;
