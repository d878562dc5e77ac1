/**
 * The service worker that keeps the page of the numbers, as the server sends it: what it answers with a network,
 * without one, and when something else answers.
 */
import { Script } from 'node:vm';
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { openApp } from '../app.ts';

const ORIGIN = 'http://front-door.test';

/** What a browser provides to a worker: its events, a cache, and a network that answers as the test says. */
function openBrowser(script: string) {
  const kept = new Map<string, Response>();
  const heard = new Map<string, (event: object) => void>();
  const network = { answer: (_path: string): Response => Response.error() };
  const self = {};
  const cache = {
    put: async (path: string, answer: Response) => void kept.set(path, answer),
    match: async (path: string) => kept.get(path)?.clone(),
    keys: async () => [...kept.keys()].map((path) => ({ url: ORIGIN + path })),
    delete: async ({ url }: { url: string }) => kept.delete(new URL(url).pathname),
  };
  new Script(script).runInNewContext({
    self: Object.assign(self, { skipWaiting: () => {}, clients: { claim: () => {} } }),
    URL,
    location: { origin: ORIGIN },
    caches: { open: async () => cache },
    fetch: async (path: string) => network.answer(path),
    addEventListener: (name: string, listen: (event: object) => void) => heard.set(name, listen),
  });
  const happen = async (name: string) => {
    let done: unknown;
    heard.get(name)?.({ waitUntil: (promise: unknown) => (done = promise) });
    await done;
  };
  const load = async (path: string) => {
    let answer: Promise<Response> | undefined;
    const respondWith = (promise: Promise<Response>) => (answer = promise);
    heard.get('fetch')?.({ request: { method: 'GET', url: ORIGIN + path }, respondWith });
    return answer === undefined ? 'left alone' : (await answer).text();
  };
  return { network, happen, load };
}

it('shows today’s numbers with a network, the last ones without, and nothing that is not ours', async () => {
  const visitor = (await openApp()).visit();
  const { network, happen, load } = openBrowser(await (await visitor.request(paths.numbersWorker())).text());
  const ours = (text: string) => () => new Response(text, { headers: { 'Front-Door': 'yes' } });
  const gone = () => {
    throw new TypeError('Failed to fetch');
  };
  network.answer = ours('Monday');
  await happen('install');
  await happen('activate');
  network.answer = ours('Tuesday');
  expect(await load(paths.numbers())).toBe('Tuesday');
  network.answer = gone;
  expect(await load(paths.numbers())).toBe('Tuesday');
  for (const foreign of [new Response('Guest Wi-Fi'), new Response('Bad Gateway', { status: 502 })]) {
    network.answer = () => foreign.clone();
    expect(await load(paths.numbers())).toBe('Tuesday');
  }
  network.answer = ours('Wednesday');
  expect(await load(paths.numbers())).toBe('Wednesday');
  expect(await load(paths.contacts())).toBe('left alone');
});
