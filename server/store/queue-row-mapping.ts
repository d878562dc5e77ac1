/** Maps a row of the table `desk_lines` to the domain's QueueRow, and back. */
import type { Insertable, Selectable } from 'kysely';
import type { QueueRow } from '../desk/queue-row.ts';
import type { Urgency } from '../desk/urgency.ts';
import type { DeskTables } from './desk-tables.ts';

type Table = DeskTables['desk_lines'];
export type DeskLineRow = Selectable<Table>;

/** Raise it by two whenever a column of any derived table is added or changes its meaning. */
export const ROW_FORM = 25;
/**
 * The form of a row that was rewritten without a new entry. It is lower than ROW_FORM, because such a row does not tell
 * when the new form began.
 */
export const RENEWED_FORM = ROW_FORM - 1;

/** Property → column, where more than the type differs. */
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
const FLAG_NAMES = Object.entries(FLAGS) as [keyof typeof FLAGS, keyof DeskLineRow][];

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

/** The rank of a case in which the question about danger is being asked right now. */
const IN_QUESTION = 4;
/**
 * The urgency of each rank in the queue, the highest last. A case in which danger is just being asked about may be
 * urgent for another reason as well.
 */
const PLACES: readonly Urgency[] = ['none', 'none', 'none', 'at once', 'none', 'danger', 'danger'];

/**
 * The rank in the queue. From the top: somebody is in danger (6); somebody may be (5); whether somebody is in danger is
 * being asked right now (4); something has to be done at once (3); no question is answered yet (2); the questions are
 * not finished, so it may turn out to be urgent (1); it is known to be able to wait (0).
 */
function placeOf({ urgency, danger, state, isFinished, advised }: QueueRow): number {
  if (urgency === 'danger') return danger === 'now' || danger === 'call 999' ? 6 : 5;
  if (danger === 'not known') return IN_QUESTION;
  if (urgency === 'at once') return 3;
  if (state === 'closed' || isFinished) return 0;
  return advised === '' ? 2 : 1;
}

export function toQueueRow(row: DeskLineRow): QueueRow {
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
