/** Reads from the log what the rows of the queue do not contain. */
import { type DeskCase, readDeskCase } from '../../desk/desk-case.ts';
import type { QueueRow } from '../../desk/queue-row.ts';
import type { ReadInside } from '../../store/read-and-log.ts';

/** More than anybody signs or decides before they look at the queue again. */
const MOST = 20;

/** Reads the desk cases of the first rows; see `MOST`. */
export async function readCases(
  { log }: Pick<ReadInside, 'log'>,
  lines: readonly QueueRow[],
): Promise<{ consultation: string; deskCase: DeskCase }[]> {
  const read = lines.slice(0, MOST).map(async ({ consultation }) => {
    const deskCase = readDeskCase((await log.read(consultation)) ?? []);
    return deskCase === undefined ? [] : [{ consultation, deskCase }];
  });
  return (await Promise.all(read)).flat();
}
