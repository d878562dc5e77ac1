/** Addresses as people and proxies change them, and requests that nobody made on purpose. */
import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from './services.ts';

/**
 * A browser that fetches a page ahead, before anybody has asked for it, is told to wait: the log would name a visit that was none, or a file that
 * nobody has taken away. HEAD is refused for the same reason wherever a consultation, an account or the desk is asked for.
 */
export function nothingAhead(): MiddlewareHandler<Env> {
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
