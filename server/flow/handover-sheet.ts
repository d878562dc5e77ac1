/**
 * The handover sheet: the fields that councils' referral forms ask for, filled from a consultation and completed by
 * hand.
 */
import type { Condition, Source } from './flow.ts';
import { MARKS, TOPICS } from './marks.ts';

/**
 * The parts of the sheet, in order. What was seen, what was said, and what somebody thinks of it are always in separate
 * parts.
 */
export const SHEET_PARTS = [
  'child',
  'family',
  'facts',
  'seen',
  'said',
  'opinion',
  'done',
  'agreement',
  'services',
  'writer',
] as const;
export type SheetPart = (typeof SHEET_PARTS)[number];

/** What a consultation records and a field can be filled from. */
export const RECORDED_FOR_SHEET = [
  'child',
  'name of the writer',
  'role of the writer',
  'agency of the writer',
  'contact of the writer',
  ...TOPICS.map((topic) => MARKS[topic].inContent.onSheet),
  'tellings',
  'sharings',
  'decision',
  'level',
  'advice',
  'next hours',
] as const;
export type RecordedForSheet = (typeof RECORDED_FOR_SHEET)[number];

/** What a front door asks on the telephone: see `consultation/call-script.ts`. */
export const TOPICS_OF_CALL = [
  'concern',
  'harm',
  'urgency',
  'others',
  'source',
  'told',
  'whereabouts',
  'caller',
] as const;
export type TopicOfCall = (typeof TOPICS_OF_CALL)[number];

/** Where the initial text of a field comes from. */
export type Filling =
  | { from: 'answer'; question: string }
  | { from: 'topic'; topic: TopicOfCall }
  | { from: 'record'; recorded: RecordedForSheet };

export interface SheetField {
  id: string;
  label: string;
  hint?: string;
  part: SheetPart;
  type: 'short text' | 'long text';
  /** Empty if the reader writes it. */
  filledBy: Filling[];
  /** Undefined if it is always on the sheet. */
  onlyWith?: Condition;
  cite: string[];
}

export interface HandoverSheet {
  /** In the order of `SHEET_PARTS`. Within a part, fields from the area's own documents come last. */
  fields: SheetField[];
  /** The documents that the fields cite. */
  sources: Record<string, Source>;
}
