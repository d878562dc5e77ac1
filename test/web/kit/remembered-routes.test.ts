import type { Params } from 'hono/router';
import { TrieRouter } from 'hono/router/trie-router';
import { expect, it } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { RememberedRoutes } from '../../../server/web/kit/remembered-routes.ts';
import { openApp } from '../app.ts';

type Found = [unknown, Params][];

/** With the values of the parameters put in, as a handler gets them. */
function read<T>(router: RememberedRoutes<T>, method: string, path: string): Found {
  const [handlers, values] = router.match(method, path) as [[T, Record<string, number>][], string[] | undefined];
  if (values === undefined) return handlers as unknown as Found;
  return handlers.map(([handler, places]) => [
    handler,
    Object.fromEntries(Object.entries(places).map(([name, place]) => [name, values[place] ?? ''])),
  ]);
}

const IDS = ['Uvn_jPU-3Uzq0wJm2xYt5A', 'AAAAAAAAAAAAAAAAAAAAAA', '----------------------', 'bury'];

it('each route is found as hono finds it, with the request’s own ids, repeatedly and after others', async () => {
  const app = createApp((await openApp()).services);
  const [ours, hono] = [new RememberedRoutes<unknown>(), new TrieRouter<unknown>()];
  for (const { method, path, handler } of app.routes)
    for (const router of [ours, hono]) router.add(method, path, handler);
  const paths = new Set(app.routes.map(({ path }) => path.replaceAll('*', 'x/y')));
  const asked = [...paths].flatMap((path) =>
    [...IDS, ...IDS].map((id, index) =>
      path.replace(/:(\w+)\??(\{[^}]*\})?/g, (_, name) => (name === 'id' ? id : `${id.slice(0, 4)}${index % 2}`)),
    ),
  );
  for (const path of [
    ...asked,
    '/consultations/Uvn_jPU-3Uzq0wJm2xYt5A/records/Uvn_jPU-3Uzq0wJm2xYt5A',
    '//',
    '/%2F',
    '',
  ])
    for (const method of ['GET', 'POST', 'HEAD']) {
      const [expected] = hono.match(method, path) as [Found];
      expect(read(ours, method, path)).toEqual(expected.map(([handler, params]) => [handler, { ...params }]));
    }
});

it('a word in a route that looks like an id is not mistaken for one', () => {
  const router = new RememberedRoutes<string>();
  router.add('GET', '/sheets/twenty-two-letters-abc', 'word');
  router.add('GET', '/sheets/:id', 'sheet');
  expect(read(router, 'GET', `/sheets/${IDS[0]}`)).toEqual([['sheet', { id: IDS[0] }]]);
  expect(read(router, 'GET', '/sheets/twenty-two-letters-abc').map(([handler]) => handler)).toEqual(['word', 'sheet']);
});
