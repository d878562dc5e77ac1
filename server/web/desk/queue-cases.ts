/** Reads from the log what the rows of the queue do not contain. */
import { type DeskCase, readDeskCase } from '../../desk/desk-case.ts';
import type { QueueRow } from '../../desk/queue-row.ts';
import type { ReadInside } from '../../store/read-and-log.ts';

/**
 * Reads the desk cases of these rows, all of them: whoever has to sign the last one has to find it, however many before
 * it are for others. The queue itself has an end, with the urgent ones first.
 */
export async function readCases(
  { log }: Pick<ReadInside, 'log'>,
  lines: readonly QueueRow[],
): Promise<{ consultation: string; deskCase: DeskCase }[]> {
  const read = lines.map(async ({ consultation }) => {
    const deskCase = readDeskCase((await log.read(consultation)) ?? []);
    return deskCase === undefined ? [] : [{ consultation, deskCase }];
  });
  return (await Promise.all(read)).flat();
}
