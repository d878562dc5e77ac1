/** The projections of the store: what it keeps beside the entries, and what `npm run verify` recomputes. */
import type { Dialect } from './engine.ts';
import { projectFigures } from './figures.ts';
import { type Projection, updateProjections } from './log.ts';
import { projectPathway } from './pathways.ts';
import { createQueueRowProjection } from './queue-rows.ts';
import { projectRetention } from './retention.ts';
import type { Versions } from './versions.ts';

/** The projections that depend on the entries alone; mails depend on the time as well. */
export function projectDerived(versions: Pick<Versions, 'find'>, dialect: Dialect): Projection {
  return updateProjections(
    createQueueRowProjection(versions, dialect),
    projectRetention,
    projectFigures,
    projectPathway,
  );
}
