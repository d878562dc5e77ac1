/**
 * The access log: who looked at, printed, downloaded or searched what. A change is an entry of the consultation; it is
 * also logged here if its page shows something.
 */
import type { Who } from '../consultation/desk-happening.ts';

const ACCESS_KINDS = [
  'view',
  'print',
  'export',
  /** Written with an export: the digest of the file. */
  'file made',
  'search',
  'change',
  'sign-in failed',
  /** A signed-in person asked for something that they may not see or do. */
  'refused',
  'erasure',
  'restore',
  /** Another people.key was put into service; see `store/people-key.ts`. */
  'people key replaced',
  'client made',
  'client revoked',
  'client webhook',
  /**
   * A mail, a webhook delivery or a report of a wrong number was created or changed its state; see `store/outbox.ts`.
   */
  'message noted',
  /** The total number of the public's conversations; see `store/tallies.ts`. */
  'tallies noted',
  /** How often rows were changed that are not in the log, for each table; see `store/row-sums.ts`. */
  'row changes noted',
] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

export interface Access {
  /** The person, with their role at the time. */
  who: Who;
  area: string;
  what: AccessKind;
  consultation?: string | undefined;
  /** Page, search terms and listed consultations: personal data, which an erasure removes. */
  body: AccessBody;
}

export interface AccessBody {
  /** Path of the page. */
  page?: string;
  /** Number of the last entry on the page. */
  upTo?: number;
  /** Consultations that were shown in a list. */
  shown?: string[];
  [more: string]: unknown;
}

/** A line as it is stored. */
export interface AccessLogLine extends Omit<Access, 'body'> {
  seq: number;
  at: string;
  /** Undefined if it was erased. */
  body?: AccessBody;
}
