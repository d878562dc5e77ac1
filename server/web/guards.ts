/** What keeps strangers' scripts, frames and posts out. */
import type { Context, MiddlewareHandler } from 'hono';
import type { Env, Parts } from './parts.ts';
import { WebProblem } from './problem.ts';
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

export function headers({ secure }: Pick<Parts, 'secure'>): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    headers.set('Content-Security-Policy', POLICY);
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('X-Frame-Options', 'DENY');
    headers.set('Referrer-Policy', 'same-origin');
    headers.set('Cross-Origin-Opener-Policy', 'same-origin');
    headers.set('Cross-Origin-Resource-Policy', 'same-origin');
    headers.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), interest-cohort=()');
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
    if (secure) headers.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains');
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
