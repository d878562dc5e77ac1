/**
 * Every route of the desk names its action: `app.get(path, ...allow('queue.see'), handler)`. The table in
 * `people/permissions.ts` decides who may do it. `checkRoutes` refuses to start the server if a route names no action.
 */
import type { Context, Handler, Hono, MiddlewareHandler } from 'hono';
import { paths } from '../../base/paths.ts';
import { type Action, findScope, isAllowed, type Target } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import { isOpen } from './open-routes.ts';
import { OutOfReach, WebProblem } from './problem.ts';
import type { Env } from './services.ts';
import { SignInNeeded } from './sign-in-needed.ts';

export interface AllowOptions {
  /** The page with the form of a POST, such as `paths.deskRecord(':id')`; by default the path without its last part. */
  form?: string;
  /** Sent by the page itself rather than by the person, so it does not keep the session alive. */
  background?: boolean;
  /** Asks to sign in again unless that was done within ten minutes. */
  fresh?: boolean;
}

interface Permission extends AllowOptions {
  action: Action;
}

const permissions = new WeakMap<Handler | MiddlewareHandler, Permission>();

export function allow(action: Action, options: AllowOptions = {}): [MiddlewareHandler<Env>] {
  const middleware: MiddlewareHandler<Env> = async (c, next) => {
    const person = c.get('person');
    if (options.form !== undefined) c.set('formPage', fillIn(c, options.form));
    if (person === undefined || (options.fresh && !c.get('isFresh'))) throw signInNeeded(c, options);
    if (findScope(person.role, action) === undefined) throw new WebProblem('not allowed');
    if (!options.background) await c.get('keepAlive')();
    c.set('action', action);
    await next();
    if (!options.background) await recordLook(c);
  };
  permissions.set(middleware as MiddlewareHandler, { action, ...options });
  return [middleware];
}

const SHOWN: readonly number[] = [200, 409, 422];

/**
 * Logs a desk page before it is sent. Pages that show a consultation do this themselves, in the transaction that reads
 * it.
 */
async function recordLook(c: Context<Env>): Promise<void> {
  if (c.get('accessLogged') || !SHOWN.includes(c.res.status)) return;
  const consultation = c.req.path.startsWith(paths.deskRecord('')) ? c.req.param('id') : undefined;
  await c.get('record')({ what: 'view', consultation, body: { page: c.req.path } });
}

function signInNeeded(c: Context<Env>, { form, background = false }: AllowOptions): SignInNeeded {
  const page = form === undefined ? c.req.path.replace(/\/[^/]*$/, '') : fillIn(c, form);
  return new SignInNeeded(page, background);
}

/** Fills in the parameters of this request in a path, such as the id in `/desk/:id`. */
function fillIn(c: Context<Env>, page: string): string {
  return page.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(c.req.param(name) ?? ''));
}

/** Only for routes behind `allow`: there, somebody is always signed in. */
export function personOf(c: Context<Env>): Person {
  const person = c.get('person');
  if (person === undefined) throw new Error(`${c.req.routePath} asks who it is, but names no action`);
  return person;
}

/**
 * Throws "not found" unless the person may do the route's action to this target, and logs the attempt. What belongs to
 * another area or person gets the same answer as what does not exist. Pass the action if a handler does a different one
 * than its route.
 */
export function checkReach(c: Context<Env>, target: Target, action: Action = c.get('action')): void {
  if (!isAllowed(personOf(c), action, target)) throw new OutOfReach();
}

/** At the desk, a consultation belongs to the person who has it. */
export function targetOf({ area, worker }: { area: string; worker: string | null }): Target {
  return { area, by: worker ?? undefined };
}

/** For pages, to decide whether to show a button. */
export function mayDo(c: Context<Env>, action: Action, target: Target): boolean {
  return isAllowed(personOf(c), action, target);
}

export interface Route {
  method: string;
  path: string;
  action: Action;
}

/** All routes that name an action, and those that should and do not. */
export function readRoutes(app: Hono<Env>): { named: Route[]; unnamed: string[] } {
  const actions = new Map<string, Action | undefined>();
  for (const { method, path, handler } of app.routes) {
    // Routes for case systems have their own table: see `people/client.ts`.
    if (method === 'ALL' || path.startsWith('/api/')) continue;
    const key = `${method} ${path}`;
    actions.set(key, actions.get(key) ?? permissions.get(handler)?.action);
  }
  const named: Route[] = [];
  const unnamed: string[] = [];
  for (const [key, action] of actions) {
    const [method = '', path = ''] = key.split(' ');
    if (action !== undefined) named.push({ method, path, action });
    else if (!isOpen(method, path)) unnamed.push(key);
  }
  return { named, unnamed };
}

export function checkRoutes(app: Hono<Env>): void {
  const { unnamed } = readRoutes(app);
  if (unnamed.length > 0)
    throw new Error(
      `These routes name no action: ${unnamed.join(', ')}. Register them with ...allow('an action of people/permissions.ts'), ` +
        'or, if everybody may use them without signing in, add them to server/web/kit/open-routes.ts',
    );
}
