/** The duty desk of an area, as its content says: times, fields of the record, outcomes, and what happens when one is disputed. */
import type { FIELD_TYPES, KEPT_FROM } from './language/schema-desk.ts';

export const DESK_DECISIONS = [
  'advice_only',
  'early_help',
  'referral_agreed',
  'referral_declined',
  'urgent_route',
  'no_further_action',
] as const;
export type DeskDecisionId = (typeof DESK_DECISIONS)[number];

/** What the quarter's figures are counted by: a choice with `not_known` in it. Each area has one field for each. */
export const NOT_KNOWN = 'not_known';
export const COUNTED = ['concern', 'age', 'gender', 'ethnicity', 'residence', 'incident', 'looked after'] as const;

/** Counted where the area's own documents ask for it: one field for each, or none. */
const COUNTED_WHERE_ASKED = [
  'risk assessment',
  'risk result',
  'suspects',
  'suspect relation',
  'suspect age',
  'suspect gender',
  'suspect ethnicity',
] as const;
export const ALL_COUNTED = [...COUNTED, ...COUNTED_WHERE_ASKED] as const;

/** What is read for the quarter in the words that were written: a text, one field for each, or none. */
export const LISTED = ['what worked'] as const;

/** What stands in braces in a drafted message is filled in; nothing of it names a child. */
export const BLANKS = ['reference', 'date', 'outcome', 'decided by', 'answer by'] as const;

export interface DeskField {
  id: string;
  label: string;
  hint?: string;
  type: (typeof FIELD_TYPES)[number];
  options: { id: string; text: string }[];
  /** Ids of outcomes that cannot be recorded without it. */
  neededFor: string[];
  /** Ids of answers that need a reason. */
  reasonFor: string[];
  /** Whatever the answer is, it needs a reason. */
  reasonAlways: boolean;
  /** Asked only at these levels; empty: always. */
  levels: number[];
  flows: string[];
  counts?: (typeof ALL_COUNTED)[number];
  /** Id of the question whose answer says the same. */
  answeredBy?: string;
  /** Asked after the outcome too. */
  afterwards: boolean;
  listedAs?: (typeof LISTED)[number];
  cite: string[];
}

export interface DeskDecision {
  id: DeskDecisionId;
  label: string;
  hint?: string;
  needsReason: boolean;
  decidedBy: string[];
  reviewed: boolean;
  next: DeskStep[];
  /** Set only if the guidance gave the same step in this consultation. */
  nextIfAdvised: DeskStep[];
  /** Levels at which it departs from what the guidance advises. */
  departsAt: number[];
  tellWithin?: string;
  keep: string;
  cite: string[];
}

/** Something to be done by when, of the timetable or of a dispute. */
export interface DeskStep {
  id: string;
  do: string;
  who: string;
  /** Name and ways of whoever is asked. */
  with?: string;
  within?: string;
  from?: string;
  note?: string;
  cite: string[];
}

/** Times such as `6 years`. */
export interface DeskRetention {
  from: (typeof KEPT_FROM)[number];
  withoutOutcome: string;
  neverAsked: string;
  searches: string;
  note: string;
  cite: string[];
}

export interface Desk {
  claimWithin: string;
  answerWithin: string;
  /** How long what is to be done at once may take until it counts as late, such as `30 minutes`. */
  atOnceLateAfter: string;
  cite: string[];
  note?: string;
  fields: DeskField[];
  outcomes: DeskDecision[];
  retention: DeskRetention;
  dispute: { steps: DeskStep[]; message: string };
  /** Dates that are no working days. */
  holidays: string[];
}

export function findOutcome(desk: Desk, id: string): DeskDecision | undefined {
  return desk.outcomes.find((outcome) => outcome.id === id);
}

/** Those that are asked in this consultation. `level` 0: none stands. */
export function fieldsFor(desk: Desk, flow: string, level: number): DeskField[] {
  return desk.fields.filter(
    (field) =>
      (field.levels.length === 0 || field.levels.includes(level)) &&
      (field.flows.length === 0 || field.flows.includes(flow)),
  );
}
