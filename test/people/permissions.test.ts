/** Every cell of the table: role × action × whose, over every route that names the action. */
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { type Action, findReach, isAllowed, PERMISSIONS } from '../../server/people/permissions.ts';
import { ROLES, type Role } from '../../server/people/person.ts';
import { allow, checkRoutes, readRoutes } from '../../server/web/allow.ts';
import type { Env } from '../../server/web/parts.ts';
import type { Browser } from './browser.ts';
import { openDeskApp } from './desk_app.ts';
import { findIds, type Ids } from './route_ids.ts';

const ACTIONS = Object.keys(PERMISSIONS) as Action[];
const CELLS = ROLES.flatMap((role) => ACTIONS.map((action) => ({ role, action })));

describe('the table', () => {
  it.each(CELLS)('$role, $action: nothing of another area, and of others only where it says so', ({ role, action }) => {
    const person = { id: 'me', name: 'Me', role, area: 'bury' };
    const reach = findReach(role, action);
    expect(isAllowed(person, action, { area: 'bury', by: 'me' })).toBe(reach !== undefined);
    expect(isAllowed(person, action, { area: 'bury', by: 'another' })).toBe(reach === 'area');
    expect(isAllowed(person, action, { area: 'bury' })).toBe(reach === 'area');
    for (const by of ['me', 'another', undefined])
      expect(isAllowed(person, action, { area: 'bolton', by })).toBe(false);
  });

  it('lets no role of the desk manage accounts, and no administrator see a consultation', () => {
    for (const action of ACTIONS) {
      const open = action.startsWith('account.');
      const people = action.startsWith('people.');
      expect([action, findReach('administrator', action) !== undefined]).toEqual([action, open || people]);
      for (const role of ROLES.filter((one) => one !== 'administrator'))
        if (people) expect(findReach(role, action)).toBeUndefined();
    }
  });
});

describe('the start', () => {
  it('stops at a route without an entry, and names it', () => {
    const app = new Hono<Env>();
    app.get('/desk/figures', ...allow('figures.see'), (c) => c.text('ok'));
    expect(() => checkRoutes(app)).not.toThrow();
    app.post('/desk/:id/secrets', (c) => c.text('open to all'));
    expect(() => checkRoutes(app)).toThrow(/POST \/desk\/:id\/secrets/);
  });

  it('is not misled by a middleware that stands before the route', () => {
    const app = new Hono<Env>();
    app.use('/desk/*', ...allow('queue.see'));
    app.get('/desk/secrets', (c) => c.text('open to all'));
    expect(() => checkRoutes(app)).toThrow(/GET \/desk\/secrets/);
  });
});

const EMPTY: Record<string, string> = {};

async function ask(browser: Browser, method: string, path: string) {
  const answer = method === 'GET' ? await browser.get(path) : await browser.post(path, EMPTY);
  const text = answer.text.replaceAll(/value="[^"]*"/g, '');
  return { status: answer.status, location: answer.location, text };
}

const fill = (path: string, ids: Record<string, string>) =>
  path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? 'none');

describe('the routes', () => {
  it('are all asked for a signed-in person first', async () => {
    const desk = await openDeskApp();
    const ids = await findIds(desk);
    for (const { method, path } of readRoutes(desk.app).named) {
      const stranger = await ask(desk.openBrowser(), method, fill(path, ids(path).own));
      const signedOut = [303, 401].includes(stranger.status);
      expect([method, path, signedOut]).toEqual([method, path, true]);
    }
  });

  it.each(ROLES)('try every cell: %s', async (role: Role) => {
    const desk = await openDeskApp();
    const ids = await findIds(desk);
    const browser = await desk.openDesk(role);
    for (const route of readRoutes(desk.app).named) await tryRoute(desk, browser, role, route, ids);
  });
});

async function tryRoute(
  desk: Awaited<ReturnType<typeof openDeskApp>>,
  browser: Awaited<ReturnType<typeof desk.openDesk>>,
  role: Role,
  { method, path, action }: ReturnType<typeof readRoutes>['named'][number],
  ids: (path: string) => Ids,
) {
  await browser.get('/return');
  const { own, foreign, missing } = ids(path);
  const cell = `${role}, ${action}: ${method} ${path}`;
  const mine = await ask(browser, method, fill(path, own));
  if (findReach(role, action) === undefined) {
    const others = await ask(browser, method, fill(path, foreign));
    expect([cell, mine.status, others.status]).toEqual([cell, 403, 403]);
    return;
  }
  expect([cell, mine.status]).not.toEqual([cell, 403]);
  expect([cell, mine.status < 500]).toEqual([cell, true]);
  if (!path.includes(':')) return;
  const others = await ask(browser, method, fill(path, foreign));
  const nothing = await ask(browser, method, fill(path, missing));
  expect([cell, others.status]).toEqual([cell, 404]);
  expect([cell, others]).toEqual([cell, nothing]);
}
