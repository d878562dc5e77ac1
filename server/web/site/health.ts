/** For monitoring. `live`: the server answers. `ready`: it can be trusted to save what somebody is about to write. */
import { Hono } from 'hono';
import { paths } from '../../base/paths.ts';
import type { Health } from '../../store/health.ts';
import type { Env, Services } from '../kit/services.ts';

/** The check writes to the disk, so it runs at most this often, however often somebody asks. */
const EVERY_MS = 1000;

export function health({ store, clock, log }: Pick<Services, 'store' | 'clock' | 'log'>): Hono<Env> {
  const app = new Hono<Env>();
  const check = createReadiness({ store, clock, log });
  app.get(paths.live(), (c) => c.json({ live: true }));
  app.get(paths.ready(), async (c) => {
    const { problem: _problem, ...checked } = await check();
    const ready = isReady(checked);
    return c.json({ ready, ...checked }, ready ? 200 : 503);
  });
  return app;
}

export function isReady({ reads, writes, log, space }: Health): boolean {
  return reads && writes && log && space;
}

/** A problem is logged once when it begins, and once when it ends. */
function createReadiness({ store, clock, log }: Pick<Services, 'store' | 'clock' | 'log'>): () => Promise<Health> {
  let last: { at: number; found: Promise<Health> } | undefined;
  let known: string | undefined;
  return async () => {
    const at = clock().getTime();
    if (last === undefined || at - last.at >= EVERY_MS) last = { at, found: store.health() };
    const found = await last.found;
    if (found.problem !== known) {
      if (found.problem === undefined) log.info('ready again');
      else log.error('not ready', { problem: found.problem });
      known = found.problem;
    }
    return found;
  };
}
