/**
 * Input and output of the interface's calls. The OpenAPI description is generated from these, and each call is checked
 * against them.
 */
import * as z from 'zod';
import { WEBHOOK_EVENTS } from '../../desk/webhook-events.ts';

const LINE = 200;
const TEXT = 20_000;

const line = (about: string) => z.string().max(LINE).meta({ description: about });
const must = (about: string) => z.string().trim().min(1).max(LINE).meta({ description: about });
const instant = z.iso.datetime().meta({ description: 'ISO 8601, in UTC' });

const REFERENCE = z
  .string()
  .meta({ description: 'Such as "B 48 29 17 35 2"; for reading out', example: 'B 48 29 17 35 2' });

const CONSULTATION = z.strictObject({
  reference: REFERENCE,
  area: z.string(),
  flow: z.string().meta({ description: 'The guidance that it follows' }),
  state: z.string().meta({ description: 'waiting, claimed or closed' }),
  href: z.string().meta({ description: 'Where the record is' }),
});

export const CONSULTATIONS = z.strictObject({
  consultations: z.array(CONSULTATION),
  next: z.string().meta({ description: 'The cursor for the next call; also when nothing was new' }),
  more: z.boolean().meta({ description: 'True if the next call has more at once' }),
});

export const LIST_QUERY = z.strictObject({
  after: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'The cursor of the call before; without it, from the beginning' }),
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'At most so many' }),
});

const ADVISED_SO_FAR = z
  .looseObject({ action: z.string(), within: z.string(), questionsFinished: z.boolean() })
  .nullable()
  .meta({
    description:
      'Also while questions are open: what holds if nothing more becomes known, with 999 first in danger. Null before the first answer',
  });

/** The fields that every record has. The others are described in `server/export/json.ts`. Fields are never renamed. */
export const RECORD = z.looseObject({
  format: z.literal('front-door-record'),
  formatVersion: z.literal(1),
  notice: z.string().meta({ description: 'That this is no referral' }),
  reference: REFERENCE,
  openedAt: instant,
  area: z.strictObject({ id: z.string(), name: z.string() }),
  guidance: z.looseObject({ flow: z.string(), title: z.string(), version: z.string() }),
  advisedSoFar: ADVISED_SO_FAR,
  advised: z.looseObject({ action: z.string() }).nullable(),
  answers: z.array(z.looseObject({ id: z.string(), question: z.string(), answer: z.array(z.string()) })),
  desk: z.looseObject({ askedAt: instant }).nullable(),
  entries: z.array(z.looseObject({ entry: z.int(), at: instant, by: z.string(), words: z.string() })),
});

export const ASSESSMENT = z.strictObject({
  reference: REFERENCE,
  guidance: z.looseObject({ flow: z.string(), title: z.string(), version: z.string() }),
  openQuestion: z.string().nullable().meta({ description: 'Null when the questions are finished' }),
  answers: z.array(z.looseObject({ id: z.string(), question: z.string(), answer: z.array(z.string()) })),
  advisedSoFar: ADVISED_SO_FAR,
  advised: z.looseObject({ action: z.string() }).nullable(),
});

export const CHRONOLOGY = z.strictObject({
  reference: REFERENCE,
  entries: z.array(
    z.strictObject({
      entry: z.int(),
      at: instant,
      by: z.string(),
      words: z.string(),
      correctedBy: z.array(z.int()),
    }),
  ),
});

export const CASE_NUMBER = z.strictObject({ caseNumber: must('The number that the case system has given it') });

export const DECISION = z.strictObject({
  decision: must('In the words of the case system, such as "Strategy discussion"'),
  decidedBy: must('Name and role of who decided'),
  decidedAt: instant,
  reason: z.string().max(TEXT).default('').meta({ description: 'Why, where it was given' }),
});

export const WRITTEN = z.strictObject({
  reference: REFERENCE,
  entries: z.int().meta({ description: 'How many entries it has now' }),
});

export const OPENING = z.strictObject({
  flow: must('The guidance to begin with, such as "level"'),
  question: z.string().trim().min(1).max(TEXT).meta({ description: 'What is asked of the duty desk' }),
  reach: must('How the duty worker reaches whoever asks'),
  asker: z
    .strictObject({ name: line('Name'), role: line('Role'), agency: line('Agency'), contact: line('Contact') })
    .partial()
    .default({}),
  child: z.strictObject({ name: must('Name of the child') }).optional(),
  answers: z
    .record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]))
    .default({})
    .meta({ description: 'Question id → answer, for what is known. "unknown" is always allowed' }),
});

export const PROBLEM = z
  .strictObject({ type: z.string(), title: z.string(), status: z.int(), detail: z.string(), request: z.string() })
  .meta({ description: 'RFC 9457' });

/** The content of a webhook call: which consultation it is about, and no personal data. */
export const WEBHOOK = z.strictObject({
  type: z.enum(WEBHOOK_EVENTS),
  timestamp: instant,
  data: z.strictObject({ area: z.string(), reference: REFERENCE, href: z.string() }),
});
