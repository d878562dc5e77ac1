/** Tidies addresses that people or proxies have changed, and refuses requests that nobody made on purpose. */
import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from './services.ts';

/**
 * Refuses to prefetch. A page that a browser fetches before anybody asks for it would appear in the log as a visit, or
 * as a file that somebody took away. For the same reason HEAD is refused for consultations, accounts and the desk.
 */
export function refusePrefetch(): MiddlewareHandler<Env> {
  return async (c, next) => {
    const purpose = c.req.header('Sec-Purpose') ?? c.req.header('Purpose') ?? c.req.header('X-Moz') ?? '';
    if (/prefetch|prerender|preview/i.test(purpose)) return c.body(null, 503, { 'Cache-Control': 'no-store' });
    if (c.req.method === 'HEAD' && mayBeLogged(c.req.path)) return c.body(null, 405, { Allow: 'GET, POST' });
    await next();
  };
}

function mayBeLogged(path: string): boolean {
  return /^\/(desk|people|account|consultations)(\/|$)/.test(path);
}

/**
 * `/Contacts/` becomes `/contacts`. Undefined if there is nothing to tidy. Ids contain capital letters, so only plain
 * words are changed to lower case.
 */
export function tidyAddress(c: Context<Env>): string | undefined {
  if (c.req.method !== 'GET') return undefined;
  const { pathname, search } = new URL(c.req.url);
  const trimmed = pathname.replace(/\/+$/, '') || '/';
  const tidy = trimmed.split('/').every(isWord) ? trimmed.toLowerCase() : trimmed;
  return tidy === pathname || tidy.startsWith('//') ? undefined : tidy + search;
}

/** An id has 22 characters, and one in forty has no digit in it, so the length tells them apart. */
function isWord(part: string): boolean {
  return /^[a-z_-]{0,21}$/i.test(part);
}
