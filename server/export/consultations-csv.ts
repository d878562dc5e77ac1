/**
 * Many consultations as rows of a sheet. Names of children and of those who asked stay out: the reference leads to the record, which says who
 * has looked at it. What the desk wrote into its fields is in. Times are those of London, as the pages show them.
 */
import { localTimestamp } from '../base/days.ts';
import type { DeskWork } from '../consultation/desk-record.ts';
import type { DeskField } from '../flow/desk.ts';
import type { Cell } from './csv.ts';

/** As the desk's line has it. */
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
];

export function manyHead(fields: readonly DeskField[]): Cell[] {
  return [...HEAD, ...fields.flatMap(({ label }) => [label, `${label} (reason)`])];
}

export function manyRow(line: ManyLine, work: DeskWork, asAdvised: string, fields: readonly DeskField[]): Cell[] {
  const outcome = work.outcomes.at(-1);
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
    outcome?.words,
    outcome?.reason,
    outcome?.decidedBy,
    outcome?.level,
    outcome?.advised,
    outcome === undefined ? '' : yesNo(outcome.departs === 'yes'),
    asAdvised,
    ...fields.flatMap(({ id }) => [
      work.fields[id]?.value === '' ? '' : work.fields[id]?.words,
      work.fields[id]?.reason,
    ]),
  ];
}

function timeCell(instant: string | null): string {
  return instant === null ? '' : localTimestamp(instant);
}

function yesNo(is: boolean): string {
  return is ? 'yes' : 'no';
}
