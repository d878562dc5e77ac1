/** The grammar of `desk.yaml`: the desk's deadlines, record fields, outcomes and dispute steps. */
import * as z from 'zod';
import { ALL_COUNTED, LISTED, RECORD_PARTS, SAME_AS, SIGNERS } from '../desk.ts';
import { DESK_DECISIONS } from '../desk-decisions.ts';
import type { QuestionType } from '../question-types/question-types.ts';
import { cite, id, list, wording } from './schema-words.ts';

const time = z
  .string()
  .regex(
    /^(at once|\d{1,3} (minutes?|hours?|days?|working days?|weeks?|months?))$/,
    'at once, or such as 30 minutes, 2 hours, 1 working day',
  );
const shortTime = z.string().regex(/^\d{1,3} (minutes?|hours?)$/, 'such as 30 minutes or 1 hour');
const level = z.string().regex(/^\d$/, 'a level of the scale').transform(Number);

export const FIELD_TYPES = [
  'yes or no',
  'one of',
  'number',
  'short text',
  'long text',
] as const satisfies readonly QuestionType[];

const field = z.strictObject({
  label: wording,
  hint: wording.optional(),
  type: z.enum(FIELD_TYPES),
  options: z.record(id, wording).optional(),
  /** Outcomes that cannot be recorded without this field, or `every outcome`. */
  'needed for': list(wording).optional(),
  /** Answers that need a reason, or `any answer`. */
  'reason for': list(wording).optional(),
  /** Asked only if the guidance gave one of these levels; if omitted, always. */
  levels: list(level).optional(),
  flows: list(id).optional(),
  /** The quarterly figure that this field feeds. */
  counts: z.enum(ALL_COUNTED).optional(),
  /** Questions that ask the same. Their answers are shown beside the field and can be copied into it. */
  'answered by': list(id).optional(),
  /** For a choice: which option corresponds to each answer of those questions, if their words differ. */
  'answer means': z.record(wording, id).optional(),
  /** The part of every record that contains the same fact. What is written in one is offered in the other. */
  'same as': z.enum(SAME_AS).optional(),
  /** The field can also be filled in after the outcome without reopening, for facts that become known only later. */
  afterwards: z.literal('yes').optional(),
  /** The list beside the figures in which this text appears. */
  'listed as': z.enum(LISTED).optional(),
  cite,
});

const keptFor = z.string().regex(/^\d{1,3} (months?|years?)$/, 'such as 6 years');

export const KEPT_FROM = ['the outcome', 'the last entry'] as const;

/** How long records are kept. The time to keep a record after an outcome is given with that outcome. */
const retention = z.strictObject({
  from: z.enum(KEPT_FROM),
  'without an outcome': keptFor,
  'never asked': keptFor,
  /** How long the search log is kept. */
  searches: keptFor,
  note: wording,
  cite,
});

const outcome = z.strictObject({
  label: wording,
  hint: wording.optional(),
  /** What the referrer reads about it: who does what now, such as who makes the referral. */
  'for the referrer': wording,
  reason: z.enum(['needed', 'wanted']).optional(),
  'decided by': list(wording).optional(),
  'reviewed by': z.literal('operational manager').optional(),
  next: list(id).optional(),
  /** The `next` steps that apply only if the guidance gave them in this consultation. */
  'next if advised': list(id).optional(),
  /** Levels at which this outcome departs from the guidance, so that a reason is required. */
  'departs at': list(level).optional(),
  /** Who has to sign it as the second person, in addition to whoever recorded it. */
  'countersigned by': list(z.enum(SIGNERS)).optional(),
  /** The deadline for telling children's services; the desk asks again until it is confirmed. */
  'tell within': time.optional(),
  keep: keptFor,
  cite,
});

const escalationStep = z.strictObject({
  do: wording,
  who: wording,
  with: id.optional(),
  within: time.optional(),
  cite,
});

/** A text with which an answer can begin. It is offered for a person to edit and save, and never sent. */
const answer = z.strictObject({
  label: wording,
  text: wording,
  /** Offered with these outcomes only; if omitted, always. */
  outcomes: list(z.enum(DESK_DECISIONS)).optional(),
  cite,
});

export const desk = z.strictObject({
  desk: z
    .strictObject({
      'claim within': time,
      'answer within': time,
      /** Until this time has passed, a task due "at once" is listed first and does not count as late. */
      'at once is late after': shortTime,
      /** By when a second person signs an outcome that needs it. */
      'countersign within': time.optional(),
      cite,
      note: wording.optional(),
    })
    .optional(),
  fields: z.record(id, field).optional(),
  outcomes: z.partialRecord(z.enum(DESK_DECISIONS), outcome).optional(),
  /** Who has to sign any outcome that departs from the guidance. */
  departures: z.strictObject({ 'countersigned by': list(z.enum(SIGNERS)), cite }).optional(),
  /** National desk fields that the area's own questions answer. */
  'also answered by': z
    .record(id, z.strictObject({ questions: list(id), 'answer means': z.record(wording, id).optional() }))
    .optional(),
  /** Parts of every record that questions answer. */
  'record answered by': z.partialRecord(z.enum(RECORD_PARTS), list(id)).optional(),
  answers: z.record(id, answer).optional(),
  retention: retention.optional(),
  dispute: z.strictObject({ steps: z.record(id, escalationStep), message: wording }).optional(),
});
export type RawDesk = z.output<typeof desk>;
