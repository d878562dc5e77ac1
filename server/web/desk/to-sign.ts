/** Which decisions in the queue the signed-in person has to sign. */
import type { Context } from 'hono';
import { waitingForSignature } from '../../desk/countersigning.ts';
import { type Deadline, isSigning, openDeadlines } from '../../desk/desk-case.ts';
import type { QueueRow } from '../../desk/queue-row.ts';
import { whyNotSign } from '../../desk/signers.ts';
import type { ReadInside } from '../../store/read-and-log.ts';
import { mayDo, targetOf } from '../kit/allow.ts';
import type { Env } from '../kit/services.ts';
import { whoIs } from './load-desk-consultation.ts';
import { readCases } from './queue-cases.ts';

/** Consultation id → the deadline of the signature, if there is one. `lines`: the most urgent first. */
export async function findToSign(
  inside: Pick<ReadInside, 'log'>,
  c: Context<Env>,
  lines: readonly QueueRow[],
): Promise<Map<string, Deadline | undefined>> {
  const waiting = lines.filter((line) => line.toCountersign && mayDo(c, 'outcome.countersign', targetOf(line)));
  const who = whoIs(c);
  const toSign = new Map<string, Deadline | undefined>();
  for (const { consultation, deskCase } of await readCases(inside, waiting)) {
    const isTheirs = waitingForSignature(deskCase).some((one) => whyNotSign(deskCase, one, who) === undefined);
    if (isTheirs)
      toSign.set(
        consultation,
        openDeadlines(deskCase).find(({ id }) => isSigning(id)),
      );
  }
  return toSign;
}
