/** Every route of the desk, tried by every role. `test/people/permissions.test.ts` lists by hand what each may do. */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { findScope, ROLES, type Role } from '../../../server/people/permissions.ts';
import { readRoutes } from '../../../server/web/kit/allow.ts';
import { someOf } from '../../short-form.ts';
import type { Browser } from './browser.ts';
import { openDeskApp } from './desk-app.ts';
import { findIds, makeIds } from './route-ids.ts';

/** Does not exist before a consultation was reopened. */
const LATER: string[] = [paths.deskComparison(':id')];
const EMPTY: Record<string, string> = {};

async function ask(browser: Browser, method: string, path: string) {
  const answer = method === 'GET' ? await browser.get(path) : await browser.post(path, EMPTY);
  const text = answer.text.replaceAll(/value="[^"]*"/g, '');
  return { status: answer.status, location: answer.location, text };
}

const fill = (path: string, ids: Record<string, string>) =>
  path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? 'none');

describe('the routes', () => {
  it('all require a signed-in person first', async () => {
    const desk = await openDeskApp();
    const duty = await desk.openDesk('duty worker');
    for (const { method, path } of someOf(readRoutes(desk.app).named, 16)) {
      const { own } = await findIds(desk, path, duty);
      const stranger = await ask(desk.openBrowser(), method, fill(path, own));
      expect([method, path, [303, 401].includes(stranger.status)]).toEqual([method, path, true]);
    }
  }, 120_000);

  it.each(ROLES)(
    'keep to every cell of the table: %s',
    async (role: Role) => {
      const desk = await openDeskApp();
      const browser = await desk.openDesk(role);
      for (const route of someOf(readRoutes(desk.app).named, 16)) await tryRoute(desk, browser, role, route);
    },
    120_000,
  );
});

type Desk = Awaited<ReturnType<typeof openDeskApp>>;
type SignedIn = Awaited<ReturnType<Desk['openDesk']>>;

async function tryRoute(
  desk: Desk,
  browser: SignedIn,
  role: Role,
  route: ReturnType<typeof readRoutes>['named'][number],
) {
  const { method, path, action } = route;
  const cell = `${role}, ${action}: ${method} ${path}`;
  const reach = findScope(role, action);
  const changes = method !== 'GET' && reach !== undefined;
  const { own, colleague, foreign, missing } = await (changes ? makeIds : findIds)(desk, path, browser);
  const answers = {
    own: await ask(browser, method, fill(path, own)),
    colleague: await ask(browser, method, fill(path, colleague)),
    foreign: await ask(browser, method, fill(path, foreign)),
    missing: await ask(browser, method, fill(path, missing)),
  };
  if (reach === undefined) {
    expect([cell, ...Object.values(answers).map(({ status }) => status)]).toEqual([cell, 403, 403, 403, 403]);
    return;
  }
  expect([cell, answers.own.status]).not.toEqual([cell, 403]);
  expect([cell, answers.own.status < 500]).toEqual([cell, true]);
  if (!path.includes(':')) return;
  if (!LATER.includes(path)) expect([cell, answers.own.status]).not.toEqual([cell, 404]);
  expect([cell, answers.missing.status]).toEqual([cell, 404]);
  expect([cell, answers.foreign]).toEqual([cell, answers.missing]);
  // It belongs to their own area, so its existence is no secret.
  if (reach === 'own') expect([cell, answers.colleague.status]).toEqual([cell, 404]);
}
