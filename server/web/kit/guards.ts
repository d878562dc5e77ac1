/** What keeps strangers' scripts, frames and posts out. */
import type { Context, MiddlewareHandler } from 'hono';
import { WebProblem } from './problem.ts';
import type { Env, Services } from './services.ts';
import { formToken } from './session.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Record<string, string> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), interest-cohort=()',
  // Until a route says otherwise.
  'Cache-Control': 'no-store',
};
const ONLY_SECURE = { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' };

/** Said before the answer is made: to change a finished answer costs more than to make it. */
export function headers({ secure }: Pick<Services, 'secure'>): MiddlewareHandler<Env> {
  const all = Object.entries({ ...HEADERS, ...(secure && ONLY_SECURE) });
  return async (c, next) => {
    for (const [name, value] of all) c.header(name, value);
    await next();
  };
}

/** Only GET, HEAD and POST; a post comes from one of our own pages, as a form. */
export function postsFromHere(): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.req.method === 'POST') {
      checkType(c);
      checkSite(c);
    }
    await next();
  };
}

function checkType(c: Context<Env>): void {
  const type = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') throw new WebProblem('wrong type');
}

function checkSite(c: Context<Env>): void {
  const site = c.req.header('Sec-Fetch-Site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new WebProblem('cross-site');
  const origin = c.req.header('Origin');
  if (origin === undefined || origin === 'null') return;
  if (!URL.canParse(origin) || new URL(origin).host !== c.req.header('Host')) throw new WebProblem('cross-site');
}

export function checkFormToken(c: Context<Env>, sent: string | undefined): void {
  if (sent !== formToken(c.get('token'))) throw new WebProblem('cross-site');
}
