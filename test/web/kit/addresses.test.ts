import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { openApp } from '../app.ts';
import { openPages } from '../desk/open-pages.ts';
import { openDeskApp } from '../people/desk-app.ts';

describe('an address that somebody typed', () => {
  it.each([
    ['/Contacts', '/contacts'],
    ['/contacts/', '/contacts'],
    ['/Areas/Bury//', '/areas/bury'],
    ['/Flows/?with=x', '/flows?with=x'],
  ])('%s leads to %s', async (typed, tidy) => {
    const response = await (await openApp()).visit().request(typed);
    expect([response.status, response.headers.get('Location')]).toEqual([308, tidy]);
  });

  it.each(['/Nowhere', '/consultations/AbC_9/', '//elsewhere.example/', '/contacts/Bury'])(
    '%s does not lead to another site, and ends at a page',
    async (typed) => {
      const visitor = (await openApp()).visit();
      let path = typed;
      for (let count = 0; count < 3; count++) {
        const response = await visitor.request(path);
        const next = response.headers.get('Location');
        if (next === null) break;
        expect(next).toMatch(/^\/(?!\/)/);
        path = next;
      }
      expect((await visitor.request(path)).status).toBe(404);
    },
  );
});

describe('prefetching and HEAD', () => {
  const AHEAD = [
    ['Sec-Purpose', 'prefetch'],
    ['Sec-Purpose', 'prefetch;prerender'],
    ['Purpose', 'prefetch'],
    ['X-Moz', 'prefetch'],
  ] as const;

  it('is neither prepared nor logged, for any page or file that a worker or a professional can open', async () => {
    const world = await openDeskApp();
    const { me, addresses } = await openPages('duty worker', world);
    const cookie = [...me.cookies].map(([key, value]) => `${key}=${value}`).join('; ');
    const ask = (path: string, method: string, headers: Record<string, string>) =>
      world.app.request(`http://front-door.test${path}`, { method, headers: { Cookie: cookie, ...headers } });
    const files = [...new Set(addresses)].filter((path) => /\/(record|sheet)\.\w+$/.test(path));
    expect(files.length).toBeGreaterThan(6);
    const pages = new Set(addresses.filter((path) => !/^\/(health|static|api)\//.test(path)));
    const before = await world.store.chain.head();
    for (const path of pages) {
      const head = await ask(path, 'HEAD', {});
      if (/^\/(desk|people|account|consultations)\b/.test(path)) expect([path, head.status]).toEqual([path, 405]);
      for (const [name, value] of AHEAD) {
        const answer = await ask(path, 'GET', { [name]: value });
        expect([path, name, answer.status, await answer.text()]).toEqual([path, name, 503, '']);
      }
      expect([path, await world.store.chain.head()]).toEqual([path, before]);
    }
    // The same file is logged when somebody takes it.
    expect((await me.get(files[0] ?? '')).status).toBe(200);
    expect(await world.store.chain.head()).not.toEqual(before);
  }, 120_000);
});

describe('behind a proxy that sends its own Host', () => {
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const search = async (headers: Record<string, string>) => {
    const opened = await openApp();
    const visitor = opened.visit();
    const body = (await visitor.go(paths.search())).form(paths.search()).sends.toString();
    const response = await visitor.request(paths.search(), {
      method: 'POST',
      body,
      headers: { ...form, ...headers },
    });
    return { status: response.status, log: opened.log };
  };

  it('a form is accepted if the browser says that it comes from our page', async () => {
    const { status } = await search({ Origin: 'https://front-door.example', 'Sec-Fetch-Site': 'same-origin' });
    expect(status).toBe(200);
  });

  it('a form from elsewhere is refused, whatever the Host, and the log says what came and what was expected', async () => {
    const cross = await search({ Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' });
    expect([cross.status, cross.log.join()]).toEqual([403, expect.stringContaining('is \\"cross-site\\"')]);
    const old = await search({ Origin: 'https://evil.example' });
    expect(old.status).toBe(403);
    expect(old.log.join()).toMatch(
      /origin is \\"https:\/\/evil\.example\\", and front-door\.test.* was expected.*PUBLIC_URL/,
    );
  });
});

describe('a built file', () => {
  it.each([
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0', null],
    ['gzip;q=0.5, br;q=1', 'br'],
    ['identity', null],
  ])('is compressed as the browser accepts it (%s)', async (accepts, encoding) => {
    const { visit, services } = await openApp();
    const response = await visit().request(services.assets.styles, { headers: { 'Accept-Encoding': accepts } });
    expect(response.headers.get('Content-Encoding')).toBe(encoding);
  });
});
