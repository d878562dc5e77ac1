/** Looks: who saw, printed, took away or searched what. One that changes something is an entry already, and is a look as well when it shows something. */
import type { Who } from '../consultation/desk-happening.ts';

export const LOOKS = ['view', 'print', 'export', 'search', 'change', 'sign-in failed', 'erasure'] as const;
export type LookKind = (typeof LOOKS)[number];

export interface Look {
  /** With the role that they had then. */
  who: Who;
  area: string;
  what: LookKind;
  consultation?: string | undefined;
  /** Which page, what was searched for, which consultations a list showed: personal data, which an erasure takes away. */
  body: LookBody;
}

export interface LookBody {
  /** The page, as its route is written. */
  page?: string;
  /** The last entry that was there to be seen. */
  upTo?: number;
  /** Consultations that a list showed. */
  shown?: string[];
  [more: string]: unknown;
}

/** As it is kept. */
export interface LookLine extends Omit<Look, 'body'> {
  seq: number;
  at: string;
  /** Undefined when it was erased. */
  body?: LookBody;
}
