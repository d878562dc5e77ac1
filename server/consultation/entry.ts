/** The log's whole vocabulary. A consultation is its entries; an entry is appended and never changed. */
import type { RecordFormat } from '../base/record-formats.ts';
import type { Answer } from '../flow/walk/answer.ts';
import type { DeskHappening, Who } from './desk-happening.ts';

export const CONSENTS = ['given', 'refused', 'not sought', 'sought, no answer yet'] as const;
export const PARENTS_TOLD = ['told', 'not told'] as const;

/** What the person who asks may say of themselves. All of it may stay empty. */
export interface Asker {
  name: string;
  role: string;
  agency: string;
  contact: string;
}

export type Happening =
  | DeskHappening
  | { kind: 'opened'; area: string; flow: string; version: string; reference: string }
  | { kind: 'answered'; question: string; answer: Answer }
  /** Went on in a newer version, because the old one was withdrawn. */
  | { kind: 'moved'; version: string; why: string }
  | { kind: 'asker named'; asker: Asker }
  | { kind: 'child named'; known: 'yes' | 'no'; name: string }
  /** Children's services were told: by the person's own word, never by the tool. */
  | { kind: 'told'; spokeTo: string; when: string; reference: string }
  | { kind: 'consent recorded'; consent: (typeof CONSENTS)[number]; reason: string }
  | { kind: 'parents recorded'; parents: (typeof PARENTS_TOLD)[number]; reason: string }
  | { kind: 'shared'; what: string; withWhom: string; purpose: string }
  | { kind: 'police recorded'; referred: 'yes' | 'no'; reason: string }
  | { kind: 'decided'; asAdvised: 'yes' | 'no'; decision: string; reason: string }
  | { kind: 'noted'; text: string }
  /** The professional has downloaded or printed it. */
  | { kind: 'taken away'; as: RecordFormat | 'print' }
  /** A correction names what it corrects; the old stays readable. */
  | { kind: 'corrected'; corrects: number; text: string; reason: string };

/** `number` counts from 1 within the consultation; `at` is an instant, ISO 8601 in UTC. */
export interface Entry {
  number: number;
  at: string;
  by: 'professional' | 'duty worker' | 'public';
  /** Somebody with an account; undefined for a professional, who needs none. */
  who?: Who;
  what: Happening;
}

/** Who writes: as what, and under which account if there is one. */
export type Author = Pick<Entry, 'by' | 'who'>;

/** A refused verb: what the person is told, and the status that it has in HTTP. */
export interface Refusal {
  refused: 'not found' | 'invalid' | 'conflict' | 'withdrawn';
  message: string;
  /** Messages by field, for a form. */
  fields?: Record<string, string>;
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}
