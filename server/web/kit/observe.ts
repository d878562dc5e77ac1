/** Gives each request an id and measures it. It is the first middleware, so that it covers the whole request. */
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { createRefusalNotes } from '../../monitoring/refusals.ts';
import type { Env, Services } from './services.ts';

const ID_BYTES = 4;
/**
 * An id from our own proxy is kept, so that its log and ours can be read together. The pattern lets a reader put
 * nothing but hexadecimal digits into the log.
 */
const FROM_PROXY = /^[0-9a-f][0-9a-f-]{7,63}$/;

export function observe({
  random,
  metrics,
  log,
  clock,
}: Pick<Services, 'random' | 'metrics' | 'log' | 'clock'>): MiddlewareHandler<Env> {
  const noteRefusal = createRefusalNotes(log, clock);
  return async (c, next) => {
    const given = c.req.header('X-Request-Id');
    const request = given !== undefined && FROM_PROXY.test(given) ? given : random(ID_BYTES).toString('hex');
    c.set('requestId', request);
    const began = performance.now();
    await next();
    const seconds = (performance.now() - began) / 1000;
    // The last match is the handler. If only middleware matches, there is no such page.
    const last = routePath(c, -1);
    const route = last.endsWith('*') ? 'none' : last;
    const { method } = c.req;
    const { status } = c.res;
    metrics.request({ method, route, status, seconds });
    noteRefusal({ method, route, status, request });
    log.debug('request', { request, method, route, status, ms: Math.round(seconds * 1000) });
  };
}
