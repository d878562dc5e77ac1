/** All kinds of log entry. A consultation is stored as its entries, which are appended and never changed. */

import type { HandoverSheetTaking } from '../base/handover-sheet-formats.ts';
import type { RecordFormat } from '../base/record-formats.ts';
import type { Answer } from '../flow/walk/answer.ts';
import type { DeskHappening, Who } from './desk-happening.ts';
import type { HandoverSheetLine } from './handover-sheet.ts';
import type { HandoverSheetSent } from './handover-sheet-sent.ts';
import type { ChosenHours } from './next-hours.ts';

export const CONSENTS = ['given', 'refused', 'not sought', 'sought, no answer yet'] as const;
export const TOLD_BY = ['referrer', 'desk'] as const;
export type ToldBy = (typeof TOLD_BY)[number];
export const PARENTS_TOLD = ['told', 'not told'] as const;

/** What the person who asks may say about themselves. Everything is optional. */
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
  /**
   * Something new is known, so these questions are asked again and their earlier answers no longer count. `decided`:
   * whether the desk had already decided; then the urgency is worked out from the beginning.
   */
  | { kind: 'asked again'; questions: string[]; decided: 'yes' | 'no' }
  /**
   * Continued in a newer version of the flow, because the old one was withdrawn. `told`: what happened to answers that
   * were not simply kept.
   */
  | { kind: 'moved'; version: string; why: string; told?: string[] }
  | { kind: 'asker named'; asker: Asker }
  | { kind: 'child named'; known: 'yes' | 'no'; name: string }
  /**
   * Somebody has told children's services; Front Door itself never does. `toldBy`: who told them, if the desk wrote it
   * down. Missing means the writer, or an entry of the desk from before this was asked. `before`: it was before the
   * consultation was opened; the explanation, if one was asked for.
   */
  | { kind: 'told'; spokeTo: string; when: string; reference: string; toldBy?: ToldBy; before?: string }
  | { kind: 'consent recorded'; consent: (typeof CONSENTS)[number]; reason: string }
  | { kind: 'parents recorded'; parents: (typeof PARENTS_TOLD)[number]; reason: string }
  | { kind: 'shared'; what: string; withWhom: string; purpose: string }
  | { kind: 'police recorded'; referred: 'yes' | 'no'; reason: string }
  | { kind: 'decided'; asAdvised: 'yes' | 'no'; decision: string; reason: string }
  | { kind: 'noted'; text: string }
  /** The professional downloaded or printed the record. */
  | { kind: 'taken away'; as: RecordFormat | 'print' }
  /** The hand-over sheet as it was when somebody took it away. This sends nothing. */
  | { kind: 'handover sheet taken away'; as: HandoverSheetTaking; lines: HandoverSheetLine[] }
  /** The answer to the question beside the result. `words`: as the page showed them. */
  | { kind: 'next hours recorded'; chosen: ChosenHours[]; note: string }
  /** What the person says happened to the hand-over sheet. `before`: as in `told`. */
  | {
      kind: 'handover sheet sent';
      sent: HandoverSheetSent;
      to: string;
      when: string;
      reference: string;
      note: string;
      before?: string;
    }
  /**
   * `corrects`: number of the corrected entry, which can still be read. `decider`: who took the decision that it
   * records, if that is corrected. `happened`: `no` if what the entry says was done was not done, so it no longer
   * counts; `yes` if it was done after all. See `denied.ts`.
   */
  | { kind: 'corrected'; corrects: number; text: string; reason: string; decider?: string; happened?: 'yes' | 'no' };

/** `number`: from 1 within the consultation. `at`: an instant in ISO 8601, in UTC. */
export interface Entry {
  number: number;
  at: string;
  by: 'professional' | 'duty worker' | 'public';
  /** The author's account. Undefined for a professional, who needs none. */
  who?: Who;
  what: Happening;
}

/** Who is writing: the kind of user, and the account if there is one. */
export type Author = Pick<Entry, 'by' | 'who'>;

/** Why something was refused: the kind, which gives the HTTP status, and the message for the person. */
export interface Refusal {
  refused: 'not found' | 'invalid' | 'conflict' | 'withdrawn';
  message: string;
  /** Form field → message. */
  fields?: Record<string, string>;
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}
