/**
 * The access log: who saw, printed, took away or searched what. A change is an entry of the consultation; it is logged here as well if its page
 * shows something.
 */
import type { Who } from '../consultation/desk-happening.ts';

const ACCESS_KINDS = ['view', 'print', 'export', 'search', 'change', 'sign-in failed', 'erasure', 'restore'] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

export interface Access {
  /** With the role that they had then. */
  who: Who;
  area: string;
  what: AccessKind;
  consultation?: string | undefined;
  /** Which page, what was searched for, which consultations a list showed: personal data, which an erasure takes away. */
  body: AccessBody;
}

export interface AccessBody {
  /** The page, as its route is written. */
  page?: string;
  /** The last entry that was there to be seen. */
  upTo?: number;
  /** Consultations that a list showed. */
  shown?: string[];
  [more: string]: unknown;
}

/** As it is kept. */
export interface AccessLogLine extends Omit<Access, 'body'> {
  seq: number;
  at: string;
  /** Undefined when it was erased. */
  body?: AccessBody;
}
