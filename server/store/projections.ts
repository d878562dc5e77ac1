/** The projections of the store: what it keeps beside the entries, and what `npm run verify` makes anew. */
import { projectFigures } from './figures.ts';
import { type Projection, updateProjections } from './log.ts';
import { createQueueRowProjection } from './queue-rows.ts';
import { projectRetention } from './retention.ts';
import type { Versions } from './versions.ts';

/** What follows from the entries alone; mails follow from the moment as well. */
export function projectDerived(versions: Pick<Versions, 'find'>): Projection {
  return updateProjections(createQueueRowProjection(versions), projectRetention, projectFigures);
}
