/** Requests from htmx want a part of a page; all others want a whole page. */
import type { Context } from 'hono';
import type { Env } from './services.ts';

export function isFromHtmx(c: Context<Env>): boolean {
  return c.req.header('HX-Request') === 'true';
}

/** htmx would follow a redirect and put a whole page into a part of one, so it is told to load the address. */
export function leadTo(c: Context<Env>, url: string) {
  return isFromHtmx(c) ? c.body(null, 200, { 'HX-Redirect': url }) : c.redirect(url, 303);
}
