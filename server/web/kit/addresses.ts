/** Addresses as people and proxies change them, and requests that nobody made on purpose. */
import type { Context, MiddlewareHandler } from 'hono';
import { isOpen } from './open-routes.ts';
import type { Env } from './services.ts';

/**
 * A browser that fetches a page ahead, before anybody has asked for it, is told to wait: at the desk the access log would name a visit that
 * was none. HEAD of a page of the desk is refused for the same reason.
 */
export function nothingAhead(): MiddlewareHandler<Env> {
  return async (c, next) => {
    const purpose = c.req.header('Sec-Purpose') ?? c.req.header('Purpose') ?? c.req.header('X-Moz') ?? '';
    if (/prefetch|prerender|preview/i.test(purpose)) return c.body(null, 503, { 'Cache-Control': 'no-store' });
    if (c.req.method === 'HEAD' && !isOpen('GET', c.req.routePath) && isOfDesk(c.req.path))
      return c.body(null, 405, { Allow: 'GET, POST' });
    await next();
  };
}

function isOfDesk(path: string): boolean {
  return /^\/(desk|people|account)(\/|$)/.test(path);
}

/** `/Contacts/` is `/contacts`. Undefined when there is nothing to tidy. Ids have capitals of their own, so only plain words are made small. */
export function tidyAddress(c: Context<Env>): string | undefined {
  if (c.req.method !== 'GET') return undefined;
  const { pathname, search } = new URL(c.req.url);
  const trimmed = pathname.replace(/\/+$/, '') || '/';
  const tidy = trimmed.split('/').every(isWord) ? trimmed.toLowerCase() : trimmed;
  return tidy === pathname || tidy.startsWith('//') ? undefined : tidy + search;
}

/** An id is 22 characters long, and one in forty has no digit in it. */
function isWord(part: string): boolean {
  return /^[a-z_-]{0,21}$/i.test(part);
}
