/**
 * All figures, and the sentence that sums up each. Rows and labels of record fields come from the area's content. Pure.
 */
import { capitalise } from '../base/text.ts';
import { isOverdue, type Now } from '../desk/deadlines.ts';
import { ALL_COUNTED, type Desk, type DeskField } from '../flow/desk.ts';
import type { AreaFacts } from '../flow/flow.ts';
import { DEPARTS_SIGNED, TO_SIGN } from './facts.ts';
import type { FigureLine } from './figures.ts';

export interface FigureKind {
  id: string;
  title: string;
  column: string;
  /** Pairs of value and label. */
  rows: readonly (readonly [string, string])[];
  /** Label for consultations without a value. */
  none: string;
  /** Converts a counted value to what it means now: an open deadline becomes overdue as time passes. */
  read?: (value: string) => string;
  describe: (lines: readonly FigureLine[], total: number) => string;
  /** The figure over all consultations of which this one is a part: the remainder must not be small either. */
  partOf?: string;
  /**
   * Values whose rows stand for the same consultations in every figure that has them. If one figure hides them, all do.
   */
  shared?: readonly string[];
}

const NOT_WRITTEN = 'Not written down';
const WAITS_FOR_SIGNATURE = [TO_SIGN, 'No outcome yet: waits for a second signature'] as const;
/** Rows in figures of the outcome for consultations without one. */
const NOT_DECIDED = [TO_SIGN, ''] as const;
const TITLES: Record<(typeof ALL_COUNTED)[number], string> = {
  concern: 'Kinds of concern',
  age: 'Age',
  gender: 'Gender',
  ethnicity: 'Ethnicity',
  residence: 'Area of residence',
  incident: 'Location of incident',
  'looked after': 'Looked after, and placed by other councils',
  'risk assessment': 'Risk assessments',
  'risk result': 'Result of the risk assessment',
  suspects: 'People suspected',
  'suspect relation': 'Suspected: relationship to the child',
  'suspect age': 'Suspected: age',
  'suspect gender': 'Suspected: gender',
  'suspect ethnicity': 'Suspected: ethnicity',
};
const DEADLINES = {
  'deadline claim': 'Deadline kept: claimed in time',
  'deadline claim again': 'Deadline kept: claimed in time when it was asked again',
  'deadline answer': 'Deadline kept: answered in time',
  'deadline answer again': 'Deadline kept: answered in time when it was reopened',
  'deadline told': 'Deadline kept: children’s services heard in time',
  'deadline steps': 'Deadlines kept: the steps of the timetable',
};
/** Which deadline counts if there can be several. */
const WHICH: Partial<Record<keyof typeof DEADLINES, string>> = {
  'deadline claim': 'What was asked first counts, by the first time that somebody claimed it.',
  'deadline claim again': 'Of several times, one that was late counts before one that was kept.',
  'deadline answer': 'What was asked first counts, by its first answer. What came later has a line of its own.',
  'deadline answer again':
    'Asked again, reopened, or decided otherwise, so that the referrer is answered anew. Of several times, one that was late counts before one that was kept.',
  'deadline steps': 'Of several, one that was late counts before one that was kept.',
};

/** Title of a field that is counted. */
export function titleOfField(counts: (typeof ALL_COUNTED)[number]): string {
  return TITLES[counts];
}

export function figureKinds(desk: Desk, area: AreaFacts, now: Now): FigureKind[] {
  const fields = ALL_COUNTED.flatMap((counts) => desk.fields.filter((field) => field.counts === counts));
  return [outcomes(desk), levels(area), ...fields.map(ofField), departures(), decisions(), ...deadlines(now)];
}

function outcomes(desk: Desk): FigureKind {
  return {
    id: 'outcome',
    title: 'Referrals and other outcomes',
    column: 'Outcome',
    rows: [...desk.outcomes.map(({ id, label }) => [id, label] as const), WAITS_FOR_SIGNATURE],
    none: 'No outcome yet',
    shared: NOT_DECIDED,
    describe: (lines, total) =>
      `Referrals agreed: ${say(lines, 'referral_agreed', total)}; declined: ${say(lines, 'referral_declined', total)}. ${describeMost(lines, total)}`,
  };
}

/** Row `0`: the guidance had given no level. */
function levels({ scale, scaleName }: AreaFacts): FigureKind {
  return {
    id: 'level',
    title: `${capitalise(scaleName)} that was advised`,
    column: scaleName,
    rows: [
      ...scale.map((words, index) => [String(index + 1), words] as const),
      ['0', 'No level: danger or urgency came first, or the questions were not finished'],
      WAITS_FOR_SIGNATURE,
    ],
    none: 'No outcome yet',
    shared: NOT_DECIDED,
    describe: describeMost,
  };
}

function ofField({ counts = 'concern', label, options }: DeskField): FigureKind {
  const rows = options.map(({ id, text }) => [id, text] as const);
  return { id: counts, title: TITLES[counts], column: label, rows, none: NOT_WRITTEN, describe: describeMost };
}

function departures(): FigureKind {
  return {
    id: 'departure',
    title: 'Outcomes other than advised',
    column: 'The outcome at the desk',
    rows: [
      ['no', 'Within what the guidance advised, or no question was answered'],
      ['yes', 'Other than advised, and no second signature is needed'],
      [DEPARTS_SIGNED, 'Other than advised, and signed by a second person'],
      WAITS_FOR_SIGNATURE,
    ],
    none: 'No outcome yet, or not held against the advice',
    shared: NOT_DECIDED,
    describe: (lines, total) =>
      `Other than advised, signed by a second person: ${say(lines, DEPARTS_SIGNED, total)}; without one, where none is needed: ${say(lines, 'yes', total)}. What waits for a signature is counted as such alone, whatever it says.`,
  };
}

function decisions(): FigureKind {
  return {
    id: 'decision',
    title: 'Decisions other than advised',
    column: 'The decision of whoever asked',
    rows: [
      ['yes', 'As advised'],
      ['no', 'Otherwise than advised'],
    ],
    none: NOT_WRITTEN,
    describe: (lines, total) => `Otherwise than advised: ${say(lines, 'no', total)}.`,
  };
}

function deadlines(now: Now): FigureKind[] {
  return (Object.entries(DEADLINES) as [keyof typeof DEADLINES, string][]).map(([id, title]) => ({
    id,
    title,
    column: 'Deadline',
    rows: [
      ['kept', 'Kept'],
      ['late', 'Done late'],
      ['overdue', 'Not done, and overdue'],
      ['open', 'Not done, still in time'],
    ],
    none: 'None was set',
    read: (value) => (value.startsWith('open ') ? (isOverdue(value.slice(5), now) ? 'overdue' : 'open') : value),
    describe: (lines, total) =>
      `Kept: ${say(lines, 'kept', total)}; late: ${say(lines, 'late', total)}; overdue now: ${say(lines, 'overdue', total)}. ${WHICH[id] ?? ''}`.trim(),
  }));
}

function say(lines: readonly FigureLine[], value: string, total: number): string {
  const line = lines.find((one) => one.value === value);
  return line?.count === undefined ? 'hidden' : `${line.count} of ${total}`;
}

/** The chart in words, for its text alternative. */
export function describeMost(lines: readonly FigureLine[], total: number): string {
  if (total === 0) return 'There were none.';
  const shown = lines.filter((line) => line.value !== '' && (line.count ?? 0) > 0);
  const most = shown.sort((a, b) => (b.count ?? 0) - (a.count ?? 0))[0];
  const isHidden = lines.some((line) => line.count === undefined);
  if (most === undefined)
    return isHidden ? 'The numbers are too small to be shown.' : `Of none of the ${total} is it written down.`;
  const hidden = isHidden ? ', of those that can be shown' : '';
  return `Most often${hidden}: ${most.label}, ${most.count} of ${total}.`;
}
