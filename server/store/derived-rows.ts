/**
 * What follows from the entries of one consultation alone, table by table. The store writes it together with the
 * entries; `npm run verify` derives it again and compares. Mails and deliveries are not here, since they also depend on
 * the time.
 */
import type { Insertable } from 'kysely';
import type { Entry } from '../consultation/entry.ts';
import type { RecomputedTable } from './checked-tables.ts';
import { deriveFigures } from './figures.ts';
import { derivePathway } from './pathways.ts';
import { deriveQueueRow } from './queue-rows.ts';
import { deriveRetention } from './retention.ts';
import type { Tables } from './tables.ts';
import type { Versions } from './versions.ts';

/**
 * A recomputed table that is missing here does not compile. The words of the search have no id of their own: they are
 * found by the number of the row in `desk_lines`.
 */
export type DerivedRows = { [Table in RecomputedTable]: Insertable<Tables[Table]>[] } & {
  desk_words: Omit<Insertable<Tables['desk_words']>, 'rowid'>[];
};

const listOf = <Row>(row: Row | undefined): Row[] => (row === undefined ? [] : [row]);

export async function deriveRows(
  versions: Pick<Versions, 'find'>,
  consultation: string,
  entries: readonly Entry[],
): Promise<DerivedRows> {
  const queue = await deriveQueueRow(versions, consultation, entries);
  return {
    desk_lines: listOf(queue?.line),
    desk_children: queue?.children ?? [],
    desk_child_words: queue?.childWords ?? [],
    desk_words: listOf(queue?.words),
    retention_lines: listOf(deriveRetention(consultation, entries)),
    figure_lines: listOf(deriveFigures(consultation, entries)),
    pathway_lines: listOf(derivePathway(consultation, entries)),
  };
}
