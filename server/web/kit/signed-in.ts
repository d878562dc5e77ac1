/** Who is signed in: the cookie of the duty desk, and how a session begins and ends. */
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { findScope } from '../../people/permissions.ts';
import { hashToken } from '../../store/sessions.ts';
import { KNOWN_DAYS } from '../../store/sign-in-attempts.ts';
import { accountFormToken } from './form-token.ts';
import type { Env, Services } from './services.ts';
import { cookieName, readCookie } from './session.ts';

/**
 * Separate from the cookie that every browser has. It is new at every sign-in, so nobody can plant a known one in
 * advance.
 */
export const DESK_COOKIE = 'front_door_desk';
/** Outlives the session. It only tells us that somebody has signed in with this browser before. */
export const KNOWN_COOKIE = 'front_door_known';
const TOKEN_BYTES = 32;
const FRESH_MS = 10 * 60_000;

export function signedIn(services: Services): MiddlewareHandler<Env> {
  const { signins } = services.store.people;
  return async (c, next) => {
    const tokenHash = readCookieHash(c, DESK_COOKIE);
    const found = tokenHash === undefined ? undefined : await signins.find(tokenHash);
    c.set('person', found?.person);
    c.set('isFresh', found !== undefined && services.clock().getTime() - Date.parse(found.beganAt) < FRESH_MS);
    c.set('keepAlive', async () => {
      if (tokenHash !== undefined) await signins.see(tokenHash);
    });
    if (found !== undefined) {
      const { id, name, role, area } = found.person;
      c.set('record', (access) => services.store.accessLog.add({ who: { id, name, role }, area, ...access }));
      const figures = findScope(role, 'figures.see') !== undefined;
      const token = accountFormToken(services.signing.formKey, c.get('token'), id);
      const at = services.clock().toISOString();
      c.set('page', { ...c.get('page'), token, person: { name, role, figures, at } });
    }
    await next();
  };
}

export function readCookieHash(c: Context<Env>, name: string): string | undefined {
  const token = readCookie(c, name);
  return token !== undefined && /^[\w-]{43}$/.test(token) ? hashToken(token) : undefined;
}

/**
 * Creates tokens for a session that is about to begin. Their hashes go into the database; `give` sends the cookies once
 * it has begun.
 */
export function prepareSession(services: Services, c: Context<Env>) {
  const [desk, known] = [
    services.random(TOKEN_BYTES).toString('base64url'),
    services.random(TOKEN_BYTES).toString('base64url'),
  ];
  const common = { httpOnly: true, sameSite: 'Lax', path: '/', secure: services.secure } as const;
  return {
    tokenHash: hashToken(desk),
    browser: hashToken(known),
    async give() {
      await endSession(services, c);
      setCookie(c, cookieName(c, DESK_COOKIE), desk, common);
      setCookie(c, cookieName(c, KNOWN_COOKIE), known, { ...common, maxAge: KNOWN_DAYS * 86_400 });
    },
  };
}

async function endSession(services: Services, c: Context<Env>): Promise<void> {
  const tokenHash = readCookieHash(c, DESK_COOKIE);
  if (tokenHash !== undefined) await services.store.people.signins.end(tokenHash);
}

export async function signOut(services: Services, c: Context<Env>): Promise<void> {
  const [person, tokenHash] = [c.get('person'), readCookieHash(c, DESK_COOKIE)];
  if (person !== undefined && tokenHash !== undefined)
    await services.store.people.accounts.signOut(person.id, tokenHash);
}

export function forgetSession(c: Context<Env>): void {
  deleteCookie(c, cookieName(c, DESK_COOKIE), { path: '/', secure: c.get('secure') });
}

export function originOf({ signing: { publicUrl }, secure }: Services, c: Context<Env>): string {
  return publicUrl ?? `${secure ? 'https' : 'http'}://${c.req.header('Host') ?? new URL(c.req.url).host}`;
}
