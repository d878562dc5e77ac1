/** A row of the table `desk_lines` → the QueueRow of the domain, and back. */
import type { Insertable, Selectable } from 'kysely';
import type { QueueRow } from '../desk/queue-row.ts';
import type { Urgency } from '../desk/urgency.ts';
import type { DeskTables } from './desk-tables.ts';

type Table = DeskTables['desk_lines'];
export type Row = Selectable<Table>;

/** To be raised by two when anything that is derived from the entries of a consultation gets other columns, or a column another meaning. */
export const ROW_FORM = 23;
/** The same, written anew without an entry: so it says nothing of when the new form began. */
export const RENEWED_FORM = ROW_FORM - 1;

/** Property → column, where the two differ in more than the type. */
const COLUMNS = {
  askedAt: 'asked_at',
  workerName: 'worker_name',
  dueBy: 'due_by',
  dueWhat: 'due_what',
  dueWithin: 'due_within',
  childKey: 'child_key',
  childAge: 'child_age',
  claimedAt: 'claimed_at',
  answeredAt: 'answered_at',
  closedAt: 'closed_at',
  urgentSince: 'urgent_since',
  advisedWithin: 'advised_within',
  passedBy: 'passed_by',
  passedReason: 'passed_reason',
  lastWorker: 'last_worker',
  lastWorkerName: 'last_worker_name',
} as const satisfies Partial<Record<keyof QueueRow, keyof Table>>;
type Renamed = keyof typeof COLUMNS;
const RENAMED = Object.entries(COLUMNS) as [Renamed, (typeof COLUMNS)[Renamed]][];

const FLAGS = {
  byTelephone: 'by_telephone',
  told: 'told',
  worked: 'worked',
  toReview: 'to_review',
  toCountersign: 'to_countersign',
  isFinished: 'is_finished',
  isNew: 'is_new',
  newsUntold: 'news_untold',
} as const;
const FLAG_NAMES = Object.entries(FLAGS) as [keyof typeof FLAGS, keyof Row][];

export function toRow(line: QueueRow): Insertable<Table> {
  const { urgency, tasks, ...same } = line;
  const row: Record<string, unknown> = {
    ...same,
    tasks: JSON.stringify(tasks),
    urgent: placeOf(line),
    form: ROW_FORM,
  };
  for (const [property, column] of RENAMED) {
    delete row[property];
    row[column] = line[property];
  }
  for (const [property, column] of FLAG_NAMES) {
    delete row[property];
    row[column] = Number(line[property]);
  }
  return row as unknown as Insertable<Table>;
}

/** Of whom it is not known yet, and asked just now, whether they are in danger. */
const IN_QUESTION = 4;
/** The urgency of each place in the queue, the last of which stands first; who stands in question may have to be seen at once besides. */
const PLACES: readonly Urgency[] = ['none', 'none', 'none', 'at once', 'none', 'danger', 'danger'];

/**
 * Its place in the queue. Among those in danger, whoever is known to be stands above whoever may be; of whom it is asked just now whether they
 * may be, before what is to be done at once. Where the questions are not finished it is not known to wait, and stands above what is; above
 * that, where nobody was even asked about danger.
 */
function placeOf({ urgency, danger, state, isFinished, advised }: QueueRow): number {
  if (urgency === 'danger') return danger === 'now' || danger === 'call 999' ? 6 : 5;
  if (danger === 'not known') return IN_QUESTION;
  if (urgency === 'at once') return 3;
  if (state === 'closed' || isFinished) return 0;
  return advised === '' ? 2 : 1;
}

export function toQueueRow(row: Row): QueueRow {
  const { number: _number, form: _form, urgent, tasks, ...same } = row;
  const line: Record<string, unknown> = {
    ...same,
    tasks: JSON.parse(tasks),
    urgency: urgent === IN_QUESTION && row.urgent_since !== null ? 'at once' : (PLACES[urgent] ?? 'none'),
  };
  for (const [property, column] of RENAMED) {
    delete line[column];
    line[property] = row[column];
  }
  for (const [property, column] of FLAG_NAMES) {
    delete line[column];
    line[property] = row[column] === 1;
  }
  return line as unknown as QueueRow;
}
