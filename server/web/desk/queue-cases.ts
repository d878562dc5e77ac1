/** What of a consultation does not stand in its line of the queue, read from its log. */
import { type DeskCase, readDeskCase } from '../../desk/desk-case.ts';
import type { QueueRow } from '../../desk/queue-row.ts';
import type { ReadInside } from '../../store/read-and-log.ts';

/** As many as somebody signs or decides before they look again. */
const MOST = 20;

/** Of the first of the lines. */
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
