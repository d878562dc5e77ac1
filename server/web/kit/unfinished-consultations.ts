/**
 * Consultations that were begun in this browser and not finished. Conversations of the public and of children are not
 * included.
 */
import type { Context } from 'hono';
import type { Unfinished } from '../../../views/site/start.tsx';
import { readConsultation } from '../../consultation/consultation.ts';
import { replay } from './load-consultation.ts';
import type { Env, Services } from './services.ts';

const MOST_SHOWN = 3;
/** How many of the newest are read, since each has to be read and replayed. */
const MOST_READ = 10;

/** Empty if the database fails: the start page has to appear in any case. */
export async function findUnfinished(services: Services, c: Context<Env>): Promise<Unfinished[]> {
  if (c.get('page').leaving) return [];
  try {
    return await readUnfinished(services, c.get('tokenHash'));
  } catch (error) {
    services.log.error('unfinished consultations were not listed', { problem: (error as Error).message });
    return [];
  }
}

async function readUnfinished(services: Services, tokenHash: string): Promise<Unfinished[]> {
  const found: Unfinished[] = [];
  for (const { id, openedAt } of (await services.store.consultations.heldBy(tokenHash)).slice(0, MOST_READ)) {
    const entries = await services.store.log.read(id);
    if (entries === undefined) continue;
    const { flow, position } = await replay(services, readConsultation(id, entries));
    if (position.at.kind === 'end') continue;
    found.push({ id, title: flow.title, areaName: flow.area.name, openedAt });
    if (found.length === MOST_SHOWN) break;
  }
  return found;
}
