/** The duty desk of an area, as its `desk.yaml` describes it: deadlines, record fields, outcomes, and the steps of a dispute. */
import type { DeskDecisionId } from './desk-decisions.ts';
import type { Line, NextStep } from './flow.ts';
import type { FIELD_TYPES, KEPT_FROM } from './language/schema-desk.ts';
import { MARKS, TOPICS } from './marks.ts';

/** The quarterly figures are counted by these fields: choices with the option `not_known`. Every area has exactly one field for each. */
export const NOT_KNOWN = 'not_known';
export const COUNTED = ['concern', 'age', 'gender', 'ethnicity', 'residence', 'incident', 'looked after'] as const;

/** Counted only where the area's own documents ask for it: at most one field for each. */
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

/** Text fields that are listed word for word beside the quarterly figures: at most one field for each. */
export const LISTED = ['what worked'] as const;

/** Parts of every record that can contain the same fact as a field of the area. */
export const SAME_AS = [
  ...TOPICS.map((topic) => MARKS[topic].inContent.sameAs),
  'what was shared',
  'with whom it was shared',
  'why it was shared',
] as const;

/** Parts of every record whose fact an answer can give as well. */
export const RECORD_PARTS = TOPICS.map((topic) => MARKS[topic].inContent.part);

/** Roles that can sign an outcome as a second person. */
export const SIGNERS = ['duty worker', 'operational manager'] as const;

/** The blanks (in braces) that a message template may have. None of them identifies a child. */
export const BLANKS = ['reference', 'date', 'outcome', 'decided by', 'answer by'] as const;

export interface DeskField {
  id: string;
  label: string;
  hint?: string;
  type: (typeof FIELD_TYPES)[number];
  options: { id: string; text: string }[];
  /** Ids of the outcomes that cannot be recorded without this field. */
  neededFor: string[];
  /** Ids of the answers that need a reason. */
  reasonFor: string[];
  /** Whether every answer needs a reason. */
  reasonAlways: boolean;
  /** Levels at which the field is asked; empty means always. */
  levels: number[];
  flows: string[];
  counts?: (typeof ALL_COUNTED)[number];
  /** Ids of questions that ask the same. */
  answeredBy: string[];
  /**
   * Answer of those questions → option of this field, if their ids differ. For a number, the key is the lowest number
   * of its range.
   */
  answerMeans: Record<string, string>;
  sameAs?: (typeof SAME_AS)[number];
  /** Whether it can also be filled in after the outcome. */
  afterwards: boolean;
  listedAs?: (typeof LISTED)[number];
  cite: string[];
}

export interface DeskDecision {
  id: DeskDecisionId;
  label: string;
  hint?: string;
  /** What the referrer reads beside it: who does what now. */
  forReferrer: string;
  needsReason: boolean;
  decidedBy: string[];
  reviewed: boolean;
  /** Roles of which one has to sign as the second person; empty if no signature is needed. */
  countersignedBy: (typeof SIGNERS)[number][];
  next: DeskStep[];
  /** Added only if the guidance gave the same step in this consultation. */
  nextIfAdvised: DeskStep[];
  /** Levels at which this outcome departs from what the guidance advises. */
  departsAt: number[];
  tellWithin?: string;
  keep: string;
  cite: string[];
}

/** Something that has to be done by a deadline, from the timetable or from a dispute. */
export interface DeskStep extends Omit<NextStep, keyof Line | 'with'> {
  /** Name and contact details of the person or service to ask. */
  with?: string;
}

/** A text with which an answer can begin. */
export interface AnswerTemplate {
  id: string;
  label: string;
  /** May contain the blanks of BLANKS. */
  text: string;
  /** Outcomes with which it is offered; empty means always. */
  outcomes: DeskDecisionId[];
  cite: string[];
}

/** How long records are kept. The times are durations such as `6 years`. */
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
  /** After this time a task due "at once" counts as late, such as `30 minutes`. */
  atOnceLateAfter: string;
  /** The time by which a second person has to sign an outcome. */
  countersignWithin: string;
  cite: string[];
  note?: string;
  fields: DeskField[];
  outcomes: DeskDecision[];
  /** Roles that have to sign any departure from the guidance, as in `countersignedBy`. */
  departuresCountersignedBy: (typeof SIGNERS)[number][];
  answers: AnswerTemplate[];
  /** Part of the record → ids of questions that ask the same. */
  recordAnsweredBy: Partial<Record<(typeof RECORD_PARTS)[number], string[]>>;
  retention: DeskRetention;
  dispute: { steps: DeskStep[]; message: string };
  /** Bank holidays, as ISO dates. */
  holidays: string[];
}

export function findOutcome(desk: Desk, id: string): DeskDecision | undefined {
  return desk.outcomes.find((outcome) => outcome.id === id);
}

/** The record fields that are asked in this consultation. `level` is 0 when no level has been set. */
export function fieldsFor(desk: Desk, flow: string, level: number): DeskField[] {
  return desk.fields.filter(
    (field) =>
      (field.levels.length === 0 || field.levels.includes(level)) &&
      (field.flows.length === 0 || field.flows.includes(flow)),
  );
}
