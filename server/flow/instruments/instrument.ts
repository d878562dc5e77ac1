/** An instrument: a form of the documents that is filled in about one child, such as a risk measurement. Compiled from `instruments/*.yaml`. */
import type { NextStep, Source } from '../flow.ts';

export const INSTRUMENT_KINDS = [
  'screening',
  'measurement',
  'monitoring',
  'meeting',
  'exit meeting',
  'decision',
  'form',
] as const;
export type InstrumentKind = (typeof INSTRUMENT_KINDS)[number];

export const INSTRUMENT_FIELD_TYPES = [
  'ticks',
  'scale',
  'yes or no',
  'one of',
  'people',
  'text',
  'long text',
  'number',
  'date',
  'table',
] as const;
export type InstrumentFieldType = (typeof INSTRUMENT_FIELD_TYPES)[number];

/** How a band looks. It always has a name and its numbers beside it: colour is never the only sign. */
export const BAND_COLOURS = ['green', 'amber', 'red'] as const;

/**
 * Where a known value comes from: something the consultation already contains. It is shown for the person to copy, and
 * never filled in automatically.
 */
export const KNOWN_FROM = ['child', 'asker', 'agency', 'contact', 'reference'] as const;

export interface Choice {
  id: string;
  text: string;
}

export interface InstrumentField {
  id: string;
  label: string;
  type: InstrumentFieldType;
  hint?: string;
  /** The options of ticks or a choice, or the roles in a list of people. */
  options: Choice[];
  /** The words of each step of a scale, by its score. */
  steps: { score: number; text: string }[];
  /** Questions to reflect on, shown beside a scale. */
  prompts?: string;
  /** Limits of a number, both included. */
  from?: number;
  to?: number;
  /** Ids of the answers that need a reason. */
  reasonFor: string[];
  /** Whether the instrument can only be completed with it. */
  needed: boolean;
  columns: Choice[];
  rows: number;
  note?: string;
  notBefore?: 'referral';
  notAfter?: 'today';
  known?: (typeof KNOWN_FROM)[number];
  cite: string[];
}

export interface InstrumentSection {
  id: string;
  title: string;
  says?: string;
  fields: InstrumentField[];
}

export interface Band {
  id: string;
  name: string;
  /** The lowest and the highest total, both included. */
  from: number;
  to: number;
  colour: (typeof BAND_COLOURS)[number];
  /** What the band means for what has to be done. */
  says: string;
  /** Ids of the next steps. Never empty: every band leads to something. */
  next: string[];
  cite: string[];
}

export interface ScoreRule {
  title: string;
  /** Ids of the scales and numbers that are added up. */
  adds: string[];
  subtotals: { title: string; of: string[] }[];
  bands: Band[];
  cite: string[];
}

/** A child under this age with one of these answers is referred, whatever the total. */
export interface ReferralRule {
  says: string;
  under: number;
  /** Id of the field with the age in years. */
  age: string;
  /** Field → scores of a scale, or ids of ticks. */
  anyOf: Record<string, string[]>;
  next: string[];
  cite: string[];
}

/** A step of the timetable that completing the instrument sets, counted from a date in it. */
export interface FollowingStep {
  step: string;
  /** Id of the date field that the time is counted from. */
  from: string;
  /** Applies only in one of these bands; empty means always. */
  bands: string[];
}

export interface Instrument {
  id: string;
  area: { id: string; name: string };
  title: string;
  kind: InstrumentKind;
  says: string;
  completedBy: string;
  /** What to read before it is begun. */
  before: string[];
  sections: InstrumentSection[];
  /** Id of the field with the day of the assessment or meeting. */
  on: string;
  score?: ScoreRule;
  refer: ReferralRule[];
  /** When it is due again, in words. */
  again: string[];
  /** Ids of deadlines that completing it meets. */
  meets: string[];
  sets: FollowingStep[];
  /** Whether it names people: then those who print or copy it are warned. */
  namesPeople: boolean;
  steps: Record<string, NextStep>;
  sources: Record<string, Source>;
  cite: string[];
}

/** What an area's specialist team does for a child, from referral to exit. */
export interface PathwayRules {
  title: string;
  team: string;
  says: string;
  /** Flows whose consultations can open it. */
  flows: string[];
  /** Field of the desk's record → answers with which a consultation of any other flow can open it. */
  recorded: Record<string, string[]>;
  /** Outcomes of the desk after which it can be opened. */
  outcomes: string[];
  /** Ids of deadlines that opening it sets, counted from the day of the referral. */
  sets: string[];
  /** Ids of instruments, in the order of the pathway. */
  instruments: string[];
  /** It can be closed only after this instrument was completed. */
  exitAfter: string;
  /**
   * If the last total of this instrument is lower than the first, the risk has come down. Undefined if the area has no
   * scored instrument.
   */
  reducedIn?: string;
  /** Instruments that bring children to a regular meeting, each with the field that says what it agreed (BO 37, BO 38). */
  meetingLists: { instrument: string; agreed: string }[];
  steps: Record<string, NextStep>;
  sources: Record<string, Source>;
  cite: string[];
}

/**
 * A form that the documents name without printing its fields. The tool prints a sheet with what the record contains,
 * which is not the form itself.
 */
export interface HandOff {
  id: string;
  title: string;
  says: string;
  cite: string[];
}

/** Values by the name of their input; see `inputs.ts`. */
export type InstrumentAnswers = Readonly<Record<string, string>>;

export function fieldsOfInstrument({ sections }: Pick<Instrument, 'sections'>): InstrumentField[] {
  return sections.flatMap(({ fields }) => fields);
}
