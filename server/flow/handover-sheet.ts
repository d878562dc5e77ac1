/**
 * The hand-over sheet: the fields that councils' referral forms ask for, filled from a consultation and completed by
 * hand.
 */
import type { Condition, Source } from './flow.ts';
import { MARKS, TOPICS } from './marks.ts';

/**
 * The parts of the hand-over sheet, in order. What was seen, what was said, and what somebody thinks of it are always in
 * separate parts.
 */
export const HANDOVER_SHEET_PARTS = [
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
export type HandoverSheetPart = (typeof HANDOVER_SHEET_PARTS)[number];

/** What a consultation records and a field can be filled from. */
export const RECORDED_FOR_HANDOVER_SHEET = [
  'child',
  'name of the writer',
  'role of the writer',
  'agency of the writer',
  'contact of the writer',
  ...TOPICS.map((topic) => MARKS[topic].inContent.onHandoverSheet),
  'tellings',
  'sharings',
  'decision',
  'level',
  'advice',
  'next hours',
] as const;
export type RecordedForHandoverSheet = (typeof RECORDED_FOR_HANDOVER_SHEET)[number];

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
  | { from: 'record'; recorded: RecordedForHandoverSheet };

export interface HandoverSheetField {
  id: string;
  label: string;
  hint?: string;
  part: HandoverSheetPart;
  type: 'short text' | 'long text';
  /** Empty if the reader writes it. */
  filledBy: Filling[];
  /** Undefined if it is always on the hand-over sheet. */
  onlyWith?: Condition;
  cite: string[];
}

export interface HandoverSheet {
  /** In the order of `HANDOVER_SHEET_PARTS`. Within a part, fields from the area's own documents come last. */
  fields: HandoverSheetField[];
  /** The documents that the fields cite. */
  sources: Record<string, Source>;
}
