/** The page on which a sent form was filled in, as an address that can be opened again. */
import type { Context } from 'hono';
import { paths } from '../../base/paths.ts';
import type { Env } from './services.ts';

/** Query parameters that only say what was done before the page was shown. */
const SAID = ['done', 'at', 'recorded'];

/** The address at which the page is opened again. */
export function addressOfPage(address: string): string {
  const [path = '', query = ''] = address.split('?');
  const left = new URLSearchParams(query);
  for (const name of SAID) left.delete(name);
  return left.size === 0 ? path : `${path}?${left}`;
}

/**
 * Named by the route. A page may show a form only because its query asks for it, so if the browser names the same page,
 * the browser's address is used. If the route names none: the browser's address, or else the path without its last
 * part.
 */
export function pageOfForm(c: Context<Env>): string {
  const named = c.get('formPage');
  const sentFrom = readReferer(c);
  if (named !== undefined) return addressOfPage(sentFrom?.pathname === named ? named + sentFrom.search : named);
  // Without a script, a page that refuses a form has the form's address, which cannot be opened.
  const isForm = sentFrom?.pathname === c.req.path;
  return sentFrom === undefined || isForm ? above(c) : addressOfPage(sentFrom.pathname + sentFrom.search);
}

/** The page that the browser names as the form's; otherwise the path without its last part. */
export function pageSentFrom(c: Context<Env>): string {
  const sentFrom = readReferer(c);
  return sentFrom === undefined ? above(c) : addressOfPage(sentFrom.pathname + sentFrom.search);
}

function above(c: Context<Env>): string {
  return c.req.path.replace(/\/[^/]*$/, '') || paths.start();
}

/** Undefined if the browser names no page, or one of another site. */
function readReferer(c: Context<Env>): URL | undefined {
  const referer = c.req.header('Referer') ?? '';
  const url = URL.canParse(referer) ? new URL(referer) : undefined;
  const isOurs = url?.host === new URL(c.req.url).host || url?.host === c.req.header('Host');
  return isOurs ? url : undefined;
}
