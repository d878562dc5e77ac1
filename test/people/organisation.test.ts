/** Signing in with an organisation, against a real OpenID Connect provider in this process. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createOrganisation } from '../../server/people/organisation.ts';
import { openDeskApp } from './desk_app.ts';

type Claims = Record<string, unknown>;

const RETURN = 'http://front-door.test/sign-in/organisation/return';

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A provider that signs in `who.sub` without asking, and says of them what `people` holds. */
async function openProvider(people: Record<string, Claims>, who: { sub: string }) {
  const server = createServer();
  const issuer = await listen(server);
  const provider = new Provider(issuer, {
    clients: [
      { client_id: 'front-door', client_secret: 'a secret of forty characters or a bit more', redirect_uris: [RETURN] },
    ],
    claims: { openid: ['sub', 'roles', 'area', 'name', 'email'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['key of a test'] },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    features: { devInteractions: { enabled: false } },
    async loadExistingGrant(ctx: { oidc: { client: { clientId: string }; session: { accountId: string } } }) {
      const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  } as never);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    void provider.interactionFinished(request, response, { login: { accountId: who.sub } });
  });
  return issuer;
}

/** As a browser would: from redirect to redirect at the provider, until it leads back to us. */
async function goThrough(url: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next = url;
  for (let hops = 0; hops < 10; hops++) {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    const location = answer.headers.get('Location');
    if (location === null) throw new Error(`the provider stopped at ${answer.status}: ${await answer.text()}`);
    next = new URL(location, next).href;
    if (next.startsWith(RETURN)) return next.slice('http://front-door.test'.length);
  }
  throw new Error('too many redirects');
}

async function openAll(people: Record<string, Claims>) {
  const who = { sub: 'one' };
  const issuer = await openProvider(people, who);
  const organisation = createOrganisation({
    issuer,
    clientId: 'front-door',
    clientSecret: 'a secret of forty characters or a bit more',
    name: 'Sign in with Bury Council',
    roleClaim: 'roles',
    areaClaim: 'area',
    roles: new Map([
      ['FD-Duty', 'duty worker'],
      ['FD-Admin', 'administrator'],
    ] as const),
    areas: new Map([['bury', 'bury']]),
    insecure: true,
  });
  const desk = await openDeskApp({ organisation });
  // What is signed by the provider has the time of the real clock.
  const signIn = async (sub: string, browser = desk.openBrowser()) => {
    who.sub = sub;
    const away = await browser.get('/sign-in/organisation');
    const answer = await browser.get(await goThrough(away.location ?? ''));
    return { browser, answer };
  };
  return { desk, signIn };
}

const duty = { roles: ['staff', 'FD-Duty'], area: 'bury', name: 'Dilip Example', email: 'dilip@bury.gov.uk' };

describe('signing in with an organisation', () => {
  it('opens an account with role and area from the claims, and finds it again', async () => {
    const people: Record<string, Claims> = { one: duty };
    const { desk, signIn } = await openAll(people);
    expect((await desk.openBrowser().get('/sign-in')).text).toContain('Sign in with Bury Council');
    const { browser, answer } = await signIn('one');
    expect([answer.status, answer.location, desk.logged]).toEqual([303, '/desk', []]);
    const page = await browser.get('/account');
    expect(page.text).toContain('Dilip Example');
    expect(page.text).toContain('duty worker for Bury');
    await signIn('one');
    expect(await desk.store.people.accounts.listOf('bury')).toHaveLength(1);
  });

  it('takes a new role over and ends the sessions of the old one', async () => {
    const people: Record<string, Claims> = { one: duty };
    const { signIn } = await openAll(people);
    const first = await signIn('one');
    people.one = { ...duty, roles: 'FD-Admin' };
    const second = await signIn('one');
    expect(second.answer.location).toBe('/people');
    expect((await first.browser.get('/account')).status).toBe(303);
    expect((await second.browser.get('/people')).status).toBe(200);
  });

  it('lets in nobody without a role or an area, disabled, or with the address of another account', async () => {
    const people: Record<string, Claims> = {
      one: duty,
      none: { ...duty, email: 'b@bury.gov.uk', roles: ['staff'] },
      placeless: { ...duty, email: 'c@bury.gov.uk', area: 'atlantis' },
      taken: duty,
    };
    const { desk, signIn } = await openAll(people);
    await signIn('one');
    for (const sub of ['none', 'placeless', 'taken']) {
      const { browser, answer } = await signIn(sub);
      expect([sub, answer.status]).toEqual([sub, 422]);
      expect((await browser.get('/account')).status).toBe(303);
    }
    const [account] = await desk.store.people.accounts.listOf('bury');
    await desk.store.people.accounts.disable(account?.id ?? '', 'command');
    expect((await signIn('one')).answer.status).toBe(422);
  });

  it('takes an answer only in the browser that asked, and only once', async () => {
    const { desk, signIn } = await openAll({ one: duty });
    const browser = desk.openBrowser();
    const away = await browser.get('/sign-in/organisation');
    const back = await goThrough(away.location ?? '');
    expect((await desk.openBrowser().get(back)).status).toBe(422);
    const other = desk.openBrowser();
    await other.get('/sign-in/organisation');
    expect((await other.get(back)).status).toBe(422);
    expect((await browser.get(back)).status).toBe(303);
    expect((await browser.get(back)).status).toBe(422);
    expect((await signIn('one')).answer.status).toBe(303);
  });

  it('cannot be used as a password sign-in', async () => {
    const { desk, signIn } = await openAll({ one: duty });
    await signIn('one');
    const form = { email: duty.email, password: '', code: '' };
    expect((await desk.openBrowser().post('/sign-in', form, '/sign-in')).status).toBe(422);
  });
});
