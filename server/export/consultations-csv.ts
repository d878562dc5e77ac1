/**
 * Many consultations as spreadsheet rows. Names of children and askers are left out: the reference leads to the record,
 * where every view is logged. The desk's own fields are included. Times are London time, as on the pages.
 */
import { localTimestamp } from '../base/days.ts';
import { endLabel } from '../base/text.ts';
import type { Consultation } from '../consultation/consultation.ts';
import { authorOf, correctionsOf } from '../consultation/describe-entry.ts';
import { type DeskWork, describeDecided, describeSigning } from '../consultation/desk-record.ts';
import { firstTimes } from '../consultation/first-times.ts';
import type { DeskField } from '../flow/desk.ts';
import type { Cell } from './csv.ts';

/** The columns taken from the desk's queue row. */
export interface ManyLine {
  reference: string;
  askedAt: string;
  state: string;
  byTelephone: boolean;
  workerName: string | null;
  /** The answer that is valid; null if the desk was asked again, or decided again, since. */
  answeredAt: string | null;
  closedAt: string | null;
  told: boolean;
  newsUntold: boolean;
  agency: string;
}

const HEAD = [
  'Reference',
  'Asked at',
  'By telephone',
  'Agency',
  'State',
  'Duty worker now',
  'First claimed at',
  'First answered at',
  'Answer that stands given at',
  'Closed at',
  'Children’s services told',
  'Outcome',
  'Reason of the outcome',
  'Decided by',
  'Outcome written down by',
  'Outcome written down at',
  'Level',
  'Advised',
  'Outcome other than advised',
  'As advised',
  'Signed by a second person',
  'Other children of the household',
  'Their ages, levels and outcomes',
];

export function manyHead(fields: readonly DeskField[]): Cell[] {
  return [
    ...HEAD,
    ...fields.flatMap(({ label }) => [label, `${label} (reason)`]),
    'Corrections of what stands in this row',
  ];
}

/**
 * What a row says about the consultation in addition to the desk's work: the asker's decision, and who wrote and
 * corrected what.
 */
type Told = Pick<Consultation, 'decided' | 'entries' | 'corrections' | 'asker'>;

export function manyRow(line: ManyLine, work: DeskWork, told: Told, fields: readonly DeskField[]): Cell[] {
  const first = firstTimes(told.entries);
  return [
    line.reference,
    localTimestamp(line.askedAt),
    yesNo(line.byTelephone),
    line.agency,
    line.state,
    line.workerName ?? '',
    timeCell(first.claimedAt ?? null),
    timeCell(first.answeredAt ?? null),
    timeCell(line.answeredAt),
    timeCell(line.closedAt),
    line.newsUntold ? 'before, but not of this' : yesNo(line.told),
    ...outcomeCells(line, work, told),
    told.decided?.asAdvised ?? '',
    describeSignature(line, work),
    work.household.length,
    describeHousehold(work),
    ...fields.flatMap(({ id }) => [
      work.fields[id]?.value === '' ? '' : work.fields[id]?.words,
      work.fields[id]?.reason,
    ]),
    describeCorrections(work, told, fields),
  ];
}

/** A text that was corrected is never shown without its correction. */
function describeCorrections(
  { outcomes, household, fields: recorded }: DeskWork,
  told: Told,
  fields: readonly DeskField[],
): string {
  const shown = [
    ['Outcome', outcomes.at(-1)?.number] as const,
    ...household.map(({ age, number }) => [`Child of age ${age}`, number] as const),
    ...fields.map(({ id, label }) => [label, recorded[id]?.number] as const),
  ];
  return shown
    .flatMap(([label, number = 0]) =>
      correctionsOf(told, number).map(({ text, by }) => `${endLabel(label)} ${text} (${by})`),
    )
    .join('; ');
}

/**
 * If the consultation was reopened, or its outcome was not signed, the last decision is no longer an outcome and does
 * not count as one.
 */
function isStanding({ state }: ManyLine, { outcome, outcomes }: DeskWork): boolean {
  return state === 'closed' && outcome !== undefined && outcome.number === outcomes.at(-1)?.number;
}

function outcomeCells(line: ManyLine, work: DeskWork, told: Told): Cell[] {
  const outcome = work.outcomes.at(-1);
  const stands = isStanding(line, work);
  return [
    stands ? outcome?.words : outcome && `No longer stands: ${outcome.words}`,
    outcome?.reason,
    outcome && describeDecided(outcome),
    outcome && authorOf(told, outcome.number),
    timeCell(outcome?.at ?? null),
    // Level 0 means that the guidance gave none.
    stands && outcome?.level !== 0 ? outcome?.level : '',
    outcome?.advised,
    outcome === undefined || !stands ? '' : yesNo(outcome.departs === 'yes'),
  ];
}

function describeHousehold({ household }: DeskWork): string {
  return household
    .map(({ age, levelWords, outcomeWords, signature, ...child }) =>
      [age, levelWords, outcomeWords, describeSigning(child, signature?.signed)].filter(Boolean).join(', '),
    )
    .join('; ');
}

/** The signature under the outcome in the row. */
function describeSignature(line: ManyLine, work: DeskWork): string {
  const { outcomes, countersignature } = work;
  if (countersignature?.signed !== 'no' && outcomes.length > 0 && !isStanding(line, work)) return 'no longer stands';
  if ((outcomes.at(-1)?.signers ?? []).length === 0) return 'not needed';
  return countersignature === undefined ? 'not yet' : countersignature.signed;
}

function timeCell(instant: string | null): string {
  return instant === null ? '' : localTimestamp(instant);
}

function yesNo(is: boolean): string {
  return is ? 'yes' : 'no';
}
