/** Metrics for Prometheus, on a separate address that readers of the service cannot reach. */
import { Hono } from 'hono';
import { paths } from '../../base/paths.ts';
import type { Levels, ServedMetrics } from '../../monitoring/metrics.ts';
import type { Services } from '../kit/services.ts';
import { isReady } from './health.ts';

interface Needs extends Pick<Services, 'store' | 'clock' | 'log'> {
  metrics: ServedMetrics;
  checkpointedAt: () => Date;
}

export function createMetricsApp(needs: Needs): Hono {
  const { metrics, log } = needs;
  const app = new Hono();
  app.get(paths.metrics(), async (c) => {
    const text = await metrics.render(await readLevels(needs));
    return c.body(text, 200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' });
  });
  app.notFound((c) => c.text(`The metrics are at ${paths.metrics()}\n`, 404));
  // If the answer is an error, Prometheus takes the server to be down.
  app.onError((error, c) => {
    log.error('the metrics cannot be read', { problem: error.message });
    return c.text('The metrics cannot be read: see the log\n', 503);
  });
  return app;
}

async function readLevels({ store, clock, checkpointedAt }: Needs): Promise<Levels> {
  const [levels, found] = await Promise.all([store.levels(), store.health()]);
  const since = (instant: string | Date) => Math.max(0, (clock().getTime() - new Date(instant).getTime()) / 1000);
  return {
    ...levels,
    queue: levels.queue.map(({ area, count, oldestAt }) => ({
      area,
      count,
      oldestSeconds: oldestAt === null ? 0 : since(oldestAt),
    })),
    checkpointAgeSeconds: since(checkpointedAt()),
    ready: isReady(found),
  };
}
