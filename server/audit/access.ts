/**
 * The access log: who saw, printed, took away or searched what. A change is an entry of the consultation; it is logged here as well if its page
 * shows something.
 */
import type { Who } from '../consultation/desk-happening.ts';

const ACCESS_KINDS = [
  'view',
  'print',
  'export',
  /** Beside an export: the digest of the file that was made. */
  'file made',
  'search',
  'change',
  'sign-in failed',
  /** Somebody signed in asked for what they may not see or do. */
  'refused',
  'erasure',
  'restore',
  'client made',
  'client revoked',
  'client webhook',
  /** A mail, a call to a client or a report of a wrong number is there, or has another state; see `store/outbox.ts`. */
  'message noted',
  /** How many conversations of the public were counted, all together; see `store/tallies.ts`. */
  'tallies noted',
  /** How often rows were changed that the log does not hold, by table; see `store/row-sums.ts`. */
  'row changes noted',
] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

export interface Access {
  /** With their role at the time. */
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
  /** Consultations that a list showed. */
  shown?: string[];
  [more: string]: unknown;
}

/** A line as it is stored. */
export interface AccessLogLine extends Omit<Access, 'body'> {
  seq: number;
  at: string;
  /** Undefined when it was erased. */
  body?: AccessBody;
}
