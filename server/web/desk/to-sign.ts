/** Which decisions of the queue wait for the signature of the person who looks. */
import type { Context } from 'hono';
import { waitingForSignature, whyNotSign } from '../../desk/countersigning.ts';
import { type Deadline, isSigning, openDeadlines, readDeskCase } from '../../desk/desk-case.ts';
import type { QueueRow } from '../../desk/queue-row.ts';
import type { ReadInside } from '../../store/read-and-log.ts';
import { mayDo, targetOf } from '../kit/allow.ts';
import type { Env } from '../kit/services.ts';
import { whoIs } from './load-desk-consultation.ts';

/** As many as somebody signs before they look again: each is read from the log. */
const MOST = 20;

/** Id → the deadline of the signature, if one was set. `lines`: the most urgent first. */
export async function findToSign(
  { log }: Pick<ReadInside, 'log'>,
  c: Context<Env>,
  lines: readonly QueueRow[],
): Promise<Map<string, Deadline | undefined>> {
  const waiting = lines.filter((line) => line.toCountersign && mayDo(c, 'outcome.countersign', targetOf(line)));
  const who = whoIs(c);
  const toSign = new Map<string, Deadline | undefined>();
  const cases = waiting.slice(0, MOST).map(async ({ consultation }) => {
    const deskCase = readDeskCase((await log.read(consultation)) ?? []);
    return [consultation, deskCase] as const;
  });
  for (const [consultation, deskCase] of await Promise.all(cases)) {
    if (deskCase === undefined) continue;
    const isTheirs = waitingForSignature(deskCase).some((one) => whyNotSign(deskCase, one, who) === undefined);
    if (isTheirs)
      toSign.set(
        consultation,
        openDeadlines(deskCase).find(({ id }) => isSigning(id)),
      );
  }
  return toSign;
}
