/** The disputes in the queue that have not been decided, as the person who looks has to see them. */
import type { Context } from 'hono';
import { type OpenDispute, openDispute } from '../../desk/open-dispute.ts';
import type { QueueRow } from '../../desk/queue-row.ts';
import type { ReadInside } from '../../store/read-and-log.ts';
import { personOf } from '../kit/allow.ts';
import type { Env } from '../kit/services.ts';
import { readCases } from './queue-cases.ts';

/** Keyed by the id of the consultation. */
export async function findDisputes(
  inside: Pick<ReadInside, 'log'>,
  c: Context<Env>,
  lines: readonly QueueRow[],
): Promise<Map<string, OpenDispute>> {
  const disputes = new Map<string, OpenDispute>();
  const disputed = lines.filter(({ mark }) => mark === 'disputed');
  for (const { consultation, deskCase } of await readCases(inside, disputed)) {
    const dispute = openDispute(deskCase, personOf(c));
    if (dispute !== undefined) disputes.set(consultation, dispute);
  }
  return disputes;
}
