/** A real OpenID Connect provider in this process, and a desk whose people sign in there. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { onTestFinished } from 'vitest';
import { createOrganisation, type OrganisationConfig } from '../../../server/people/organisation.ts';
import { openDeskApp } from './desk-app.ts';

export type Claims = Record<string, unknown>;

const RETURN = 'http://front-door.test/sign-in/organisation/return';

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Who {
  sub: string;
  /** Replaces the ID token's signature, as somebody between the provider and us could. */
  isForged: boolean;
  /** How long ago the provider checked who they are, in seconds; they have a session there. */
  askedAgo?: number;
}

/** A provider that signs in `who.sub` without asking, and sends the claims in `people`. */
async function openProvider(people: Record<string, Claims>, who: Who) {
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
    if (who.isForged && request.url === '/token') forgeSignature(response);
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    void provider.interactionFinished(request, response, {
      login: {
        accountId: who.sub,
        ...(who.askedAgo !== undefined && { ts: Math.floor(Date.now() / 1000) - who.askedAgo }),
      },
    });
  });
  return issuer;
}

function forgeSignature(response: ServerResponse): void {
  const end = response.end.bind(response) as (body: string) => ServerResponse;
  const another = (letter: string) => (letter === 'A' ? 'B' : 'A');
  response.end = ((body: unknown) =>
    end(
      String(body).replace(
        /("id_token":"[\w-]+\.[\w-]+\.)(.)/,
        (_, before: string, letter: string) => before + another(letter),
      ),
    )) as typeof response.end;
}

/** Follows the provider's redirects, like a browser, until one leads back to our app. */
export async function goThrough(url: string): Promise<string> {
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

export async function openAll(people: Record<string, Claims>, changes: Partial<OrganisationConfig> = {}) {
  const who: Who = { sub: 'one', isForged: false };
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
    ...changes,
  });
  const desk = await openDeskApp({ organisation });
  // The provider signs with the real time.
  const signIn = async (sub: string, browser = desk.openBrowser()) => {
    who.sub = sub;
    const away = await browser.get('/sign-in/organisation');
    const answer = await browser.get(await goThrough(away.location ?? ''));
    return { browser, answer };
  };
  return { desk, who, signIn };
}
