/** The projections of the store: what it keeps in addition to the entries, and `npm run verify` recomputes. */
import type { Dialect } from './engine.ts';
import { projectFigures } from './figures.ts';
import { type Projection, updateProjections } from './log.ts';
import { projectPathway } from './pathways.ts';
import { createQueueRowProjection } from './queue-rows.ts';
import { projectRetention } from './retention.ts';
import type { Versions } from './versions.ts';

/** The projections that depend on the entries alone. Mails also depend on the time. */
export function projectDerived(versions: Pick<Versions, 'find'>, dialect: Dialect): Projection {
  return updateProjections(
    createQueueRowProjection(versions, dialect),
    projectRetention,
    projectFigures,
    projectPathway,
  );
}
