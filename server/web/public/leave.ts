/**
 * "Exit this page" tells the server to end the conversation. The browser does not wait for it: the button is a link to another site, and this
 * arrives beside it, as a ping of the link or as a beacon of the script. So the way out works whatever the server, the network or a script does.
 */
import { type Context, Hono } from 'hono';
import { deleteCookie } from 'hono/cookie';
import { ELSEWHERE, paths } from '../../base/paths.ts';
import { findForeignOrigin } from '../kit/guards.ts';
import type { Env, Services } from '../kit/services.ts';
import { COOKIE, cookieName } from '../kit/session.ts';

/** Mounted before the check of forms: a ping has a content type of its own and carries no token. */
export function leave(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  // Old links, and links that somebody else made, end nothing.
  app.get(paths.leave(), (c) => c.redirect(ELSEWHERE, 303));
  app.post(paths.leave(), async (c) => {
    if (findForeignOrigin(c, services) === undefined) await end(services, c);
    return c.body(null, 204);
  });
  return app;
}

/**
 * Ends this conversation and nothing else: neither a session of the duty desk nor a professional's consultation in another tab. The history of
 * the browser stays: nobody can clear that.
 */
async function end({ conversations, store, secure, log }: Services, c: Context<Env>): Promise<void> {
  const tokenHash = c.get('tokenHash');
  conversations.end(c);
  try {
    if ((await store.sessions.find(tokenHash)) === undefined)
      deleteCookie(c, cookieName(c, COOKIE), { path: '/', secure });
  } catch (error) {
    log.error('left, and the cookie stayed', { problem: (error as Error).message });
  }
  c.header('Clear-Site-Data', '"cache"');
}
