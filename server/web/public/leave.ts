/**
 * "Exit this page" tells the server to end the conversation, but the browser does not wait for that. The button is a
 * link to another site, and this request is sent at the same time, as the link's ping or as the script's beacon. So the
 * exit works even if the server, the network or the script fails.
 */
import { type Context, Hono } from 'hono';
import { deleteCookie } from 'hono/cookie';
import { ELSEWHERE, paths } from '../../base/paths.ts';
import { findForeignOrigin } from '../kit/guards.ts';
import type { Env, Services } from '../kit/services.ts';
import { COOKIE, cookieName } from '../kit/session.ts';

/** Mounted before the check of forms, because a ping has its own content type and carries no token. */
export function leave(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  // Following a link does not end anything: it may be old, or made by somebody else.
  app.get(paths.leave(), (c) => c.redirect(ELSEWHERE, 303));
  app.post(paths.leave(), async (c) => {
    if (findForeignOrigin(c, services) === undefined) await end(services, c);
    return c.body(null, 204);
  });
  return app;
}

/**
 * Ends this conversation and nothing else: not a session of the duty desk, nor a professional's consultation in another
 * tab. Nobody can clear the browser's history.
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
