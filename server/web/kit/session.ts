/**
 * The browser's cookie: one random token and nothing else. It lets a person see their own consultations and no others.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { setCookie } from 'hono/cookie';
import { paths } from '../../base/paths.ts';
import { hashToken } from '../../store/sessions.ts';
import { formToken, readFormAccount } from './form-token.ts';
import type { Env, Services } from './services.ts';

export const COOKIE = 'front_door';

/**
 * Over TLS, browsers accept a cookie whose name begins with `__Host-` only from this host itself, so no other site of
 * the council's domain can set one.
 */
export function cookieName(c: Context<Env>, name: string): string {
  return c.get('secure') ? `__Host-${name}` : name;
}

/**
 * The value of one of our cookies; the first, if there are several. Our tokens need no decoding. Hono's `getCookie`
 * would parse all cookies each time, four times per request.
 */
export function readCookie(c: Context<Env>, name: string): string | undefined {
  const cookies = c.req.header('Cookie') ?? '';
  const mark = `${cookieName(c, name)}=`;
  for (let from = 0; from < cookies.length; ) {
    while (cookies[from] === ' ') from++;
    const end = cookies.indexOf(';', from);
    const to = end === -1 ? cookies.length : end;
    if (cookies.startsWith(mark, from)) return cookies.slice(from + mark.length, to);
    from = to + 1;
  }
  return undefined;
}

const TOKEN_BYTES = 32;

/**
 * Pages on which a child may be before anybody knows that the reader is a child, so they have "Exit this page" as well.
 */
const OPEN_TO_ANYBODY: ReadonlySet<string> = new Set([
  paths.start(),
  paths.search(),
  paths.contacts(),
  paths.wrongNumber(),
  paths.privacy(),
  paths.accessibility(),
  paths.about(),
  paths.numbers(),
  paths.floor(),
]);

/** "How it works" and the posters in other languages are open to everybody, too, because "About" links to them. */
function isOpenToAnybody(path: string): boolean {
  const isBelow = [paths.flows(), paths.posters()].some((above) => path === above || path.startsWith(`${above}/`));
  return OPEN_TO_ANYBODY.has(path) || isBelow;
}

export function session(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    const known = readCookie(c, COOKIE);
    const token =
      known !== undefined && /^[\w-]{43}$/.test(known) ? known : services.random(TOKEN_BYTES).toString('base64url');
    if (token !== known) giveCookie(c, services, token);
    c.set('token', token);
    c.set('tokenHash', hashToken(token));
    c.set('accountOf', (sent) => readFormAccount(services.signing.formKey, token, sent));
    const leaving = c.req.path.startsWith(paths.talk()) || services.conversations.find(c) !== undefined;
    const exit = isOpenToAnybody(c.req.path);
    c.set('page', {
      assets: services.assets,
      token: formToken(token),
      ...(leaving && { leaving }),
      ...(exit && { exit }),
    });
    await next();
  };
}

function giveCookie(c: Context<Env>, { secure }: Services, token: string): void {
  setCookie(c, cookieName(c, COOKIE), token, { httpOnly: true, sameSite: 'Lax', path: '/', secure });
}
