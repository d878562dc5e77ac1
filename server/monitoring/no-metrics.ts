import type { Metrics } from './metrics.ts';

/** For a server without metrics: it counts nothing, and need not load prom-client. */
export const noMetrics: Metrics = { request: () => {}, commit: () => {}, signIn: () => {} };
