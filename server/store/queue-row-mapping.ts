/** A row of the table `desk_lines` → the QueueRow of the domain, and back. */
import type { Insertable, Selectable } from 'kysely';
import type { QueueRow } from '../desk/queue-row.ts';
import type { DeskTables } from './desk-tables.ts';

export type Row = Selectable<DeskTables['desk_lines']>;

export function toRow(line: QueueRow): Insertable<DeskTables['desk_lines']> {
  const { askedAt, byTelephone, workerName, dueBy, dueWhat, childKey, claimedAt, answeredAt, closedAt, ...same } = line;
  return {
    ...same,
    asked_at: askedAt,
    urgent: Number(line.urgent),
    by_telephone: Number(byTelephone),
    worker_name: workerName,
    due_by: dueBy,
    due_what: dueWhat,
    told: Number(line.told),
    worked: Number(line.worked),
    child_key: childKey,
    claimed_at: claimedAt,
    answered_at: answeredAt,
    closed_at: closedAt,
  };
}

export function toQueueRow(row: Row): QueueRow {
  const { number: _number, asked_at, by_telephone, worker_name, due_by, due_what, child_key, ...rest } = row;
  const { claimed_at, answered_at, closed_at, ...same } = rest;
  return {
    ...same,
    state: row.state as QueueRow['state'],
    mark: row.mark as QueueRow['mark'],
    askedAt: asked_at,
    urgent: row.urgent === 1,
    byTelephone: by_telephone === 1,
    workerName: worker_name,
    dueBy: due_by,
    dueWhat: due_what,
    told: row.told === 1,
    worked: row.worked === 1,
    childKey: child_key,
    claimedAt: claimed_at,
    answeredAt: answered_at,
    closedAt: closed_at,
  };
}
