/**
 * Many consultations as spreadsheet rows. Names of children and of those who asked are left out: the reference leads to the record, where
 * every view is logged. The desk's own fields are included. Times are in London time, as on the pages.
 */
import { localTimestamp } from '../base/days.ts';
import { type DeskWork, describeSigning } from '../consultation/desk-record.ts';
import type { DeskField } from '../flow/desk.ts';
import type { Cell } from './csv.ts';

/** The columns taken from the desk's queue row. */
export interface ManyLine {
  reference: string;
  askedAt: string;
  state: string;
  byTelephone: boolean;
  workerName: string | null;
  claimedAt: string | null;
  answeredAt: string | null;
  closedAt: string | null;
  told: boolean;
  agency: string;
}

const HEAD = [
  'Reference',
  'Asked at',
  'By telephone',
  'Agency',
  'State',
  'Duty worker',
  'Claimed at',
  'Answered at',
  'Closed at',
  'Children’s services told',
  'Outcome',
  'Reason of the outcome',
  'Decided by',
  'Level',
  'Advised',
  'Outcome other than advised',
  'As advised',
  'Signed by a second person',
  'Other children of the household',
  'Their ages, levels and outcomes',
];

export function manyHead(fields: readonly DeskField[]): Cell[] {
  return [...HEAD, ...fields.flatMap(({ label }) => [label, `${label} (reason)`])];
}

export function manyRow(line: ManyLine, work: DeskWork, asAdvised: string, fields: readonly DeskField[]): Cell[] {
  return [
    line.reference,
    localTimestamp(line.askedAt),
    yesNo(line.byTelephone),
    line.agency,
    line.state,
    line.workerName ?? '',
    timeCell(line.claimedAt),
    timeCell(line.answeredAt),
    timeCell(line.closedAt),
    yesNo(line.told),
    ...outcomeCells(work),
    asAdvised,
    describeSignature(work),
    work.household.length,
    describeHousehold(work),
    ...fields.flatMap(({ id }) => [
      work.fields[id]?.value === '' ? '' : work.fields[id]?.words,
      work.fields[id]?.reason,
    ]),
  ];
}

function outcomeCells({ outcomes }: DeskWork): Cell[] {
  const outcome = outcomes.at(-1);
  return [
    outcome?.words,
    outcome?.reason,
    outcome?.decidedBy,
    outcome?.level,
    outcome?.advised,
    outcome === undefined ? '' : yesNo(outcome.departs === 'yes'),
  ];
}

function describeHousehold({ household }: DeskWork): string {
  return household
    .map(({ age, levelWords, outcomeWords, signature, ...child }) =>
      [age, levelWords, outcomeWords, describeSigning(child, signature?.signed)].filter(Boolean).join(', '),
    )
    .join('; ');
}

function describeSignature({ outcome, countersignature }: DeskWork): string {
  if ((outcome?.signers ?? []).length === 0) return 'not needed';
  return countersignature === undefined ? 'not yet' : countersignature.signed;
}

function timeCell(instant: string | null): string {
  return instant === null ? '' : localTimestamp(instant);
}

function yesNo(is: boolean): string {
  return is ? 'yes' : 'no';
}
