import { Hono } from 'hono';
import { paths } from '../../base/paths.ts';
import type { Env, Services } from '../kit/services.ts';

/** For whoever watches the server: 200 when it can read and save, 503 when it cannot. */
export function health({ store }: Services): Hono<Env> {
  return new Hono<Env>().get(paths.health(), async (c) => {
    const { reads, writes } = await store.health();
    return c.json({ reads, writes }, reads && writes ? 200 : 503);
  });
}
