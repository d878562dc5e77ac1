/** Which decisions of the queue wait for the signature of the person who looks. */
import type { Context } from 'hono';
import { waitingForSignature, whyNotSign } from '../../desk/countersigning.ts';
import { readDeskCase } from '../../desk/desk-case.ts';
import type { QueueRow } from '../../desk/queue-row.ts';
import type { ReadInside } from '../../store/read-and-log.ts';
import { mayDo, targetOf } from '../kit/allow.ts';
import type { Env } from '../kit/services.ts';
import { whoIs } from './load-desk-consultation.ts';

/** As many as somebody signs before they look again: each is read from the log. */
const MOST = 20;

/** Ids. `lines`: the most urgent first. */
export async function findToSign(
  { log }: Pick<ReadInside, 'log'>,
  c: Context<Env>,
  lines: readonly QueueRow[],
): Promise<Set<string>> {
  const waiting = lines.filter((line) => line.toCountersign && mayDo(c, 'outcome.countersign', targetOf(line)));
  const who = whoIs(c);
  const own = await Promise.all(
    waiting.slice(0, MOST).map(async ({ consultation }) => {
      const deskCase = readDeskCase((await log.read(consultation)) ?? []);
      if (deskCase === undefined) return [];
      const isTheirs = waitingForSignature(deskCase).some((one) => whyNotSign(deskCase, one, who) === undefined);
      return isTheirs ? [consultation] : [];
    }),
  );
  return new Set(own.flat());
}
