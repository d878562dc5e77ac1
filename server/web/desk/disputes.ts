/** The disputes of the queue that wait for a decision, as the person who looks has to see them. */
import type { Context } from 'hono';
import { readDeskCase } from '../../desk/desk-case.ts';
import { type OpenDispute, openDispute } from '../../desk/open-dispute.ts';
import type { QueueRow } from '../../desk/queue-row.ts';
import type { ReadInside } from '../../store/read-and-log.ts';
import { personOf } from '../kit/allow.ts';
import type { Env } from '../kit/services.ts';

/** As many as somebody decides before they look again: each is read from the log. */
const MOST = 20;

/** By id of the consultation. */
export async function findDisputes(
  { log }: Pick<ReadInside, 'log'>,
  c: Context<Env>,
  lines: readonly QueueRow[],
): Promise<Map<string, OpenDispute>> {
  const disputed = lines.filter(({ mark }) => mark === 'disputed').slice(0, MOST);
  const found = await Promise.all(
    disputed.map(async ({ consultation }) => {
      const deskCase = readDeskCase((await log.read(consultation)) ?? []);
      const dispute = deskCase && openDispute(deskCase, personOf(c));
      return dispute === undefined ? [] : [[consultation, dispute] as const];
    }),
  );
  return new Map(found.flat());
}
