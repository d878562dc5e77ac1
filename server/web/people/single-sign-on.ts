/** Single sign-on: to the organisation's sign-in page, and back with what it says. */

import { hash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { renderPage } from '../../../views/kit/render.ts';
import { SignInPage } from '../../../views/people/sign-in.tsx';
import { paths } from '../../base/paths.ts';
import type { Account } from '../../people/account.ts';
import type { Journey, Organisation, OrganisationRefusal, Refused } from '../../people/organisation.ts';
import { clientAddress } from '../kit/client-address.ts';
import { WebProblem } from '../kit/problem.ts';
import type { Env, Services } from '../kit/services.ts';
import { cookieName } from '../kit/session.ts';
import { originOf } from '../kit/signed-in.ts';
import { keepRefusal, startSession } from './credentials.ts';
import { placeFor, readTarget } from './sign-in.ts';

/** Each attempt has its own cookie, named after its state, so that two tabs can sign in at the same time. */
const COOKIE = 'front_door_journey';

function cookieOf(c: Context<Env>, state: string): string {
  return cookieName(c, `${COOKIE}_${hash('sha256', state, 'base64url').slice(0, 16)}`);
}

const JOURNEY_SECONDS = 600;
const NO_ROLE = 'Your organisation has signed you in, but gives you no role here. Ask the administrator of your area';
const FAILED = 'Signing in with your organisation did not work. Try again, or sign in with a password';

interface Waiting extends Journey {
  to?: string | undefined;
  until: number;
}

export function singleSignOn(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.organisation(), (c) => setOut(services, c));
  app.get(paths.organisationReturn(), (c) => comeBack(services, c));
  return app;
}

async function setOut(services: Services, c: Context<Env>) {
  const organisation = getOrganisation(services);
  // A link on another site must not sign anybody in: that takes a press of our own button.
  if (c.req.header('Sec-Fetch-Site') === 'cross-site') {
    const to = readTarget(c.req.query('to'));
    return c.redirect(to === undefined ? paths.signIn() : `${paths.signIn()}?to=${encodeURIComponent(to)}`, 303);
  }
  const begun = await ask(services, organisation, () => organisation.begin(returnUrl(services, c)));
  if ('refused' in begun) return refuse(services, c, begun);
  const until = services.clock().getTime() + JOURNEY_SECONDS * 1000;
  const waiting: Waiting = { ...begun.journey, to: readTarget(c.req.query('to')), until };
  const options = { httpOnly: true, sameSite: 'Lax', path: '/', secure: services.secure } as const;
  setCookie(c, cookieOf(c, waiting.state), services.signing.seal.close(JSON.stringify(waiting)), {
    ...options,
    maxAge: JOURNEY_SECONDS,
  });
  return c.redirect(begun.url, 302);
}

async function comeBack(services: Services, c: Context<Env>) {
  const organisation = getOrganisation(services);
  const waiting = readWaiting(services, c);
  deleteCookie(c, cookieOf(c, c.req.query('state') ?? ''), { path: '/', secure: services.secure });
  if (waiting === undefined) return refuse(services, c, { refused: 'not begun here' });
  const url = new URL(returnUrl(services, c));
  url.search = new URL(c.req.url).search;
  const said = await ask(services, organisation, () => organisation.finish(url, waiting));
  if ('refused' in said) return refuse(services, c, said);
  if (!services.library.areas.has(said.area)) return refuse(services, c, { ...said, refused: 'unknown area' });
  const { accounts } = services.store.people;
  const welcome = await accounts.welcome(said.subject, said);
  if ('refused' in welcome) return refuse(services, c, welcome);
  const account = await accounts.find(welcome.id);
  if (account === undefined || !(await startSession(services, c, account, { kind: 'organisation' })))
    return refuse(services, c, { ...said, refused: 'changed meanwhile' });
  services.metrics.signIn('accepted');
  return c.redirect(placeFor(account.role, waiting.to), 303);
}

async function ask<Answer>(services: Services, { whyFailed }: Organisation, question: () => Promise<Answer>) {
  try {
    return await question();
  } catch (error) {
    // The provider's message can name a person, so only the kind of failure is logged.
    services.log.warn('signing in with the organisation failed', {
      problem: (error as { code?: string }).code ?? (error as Error).name,
    });
    return { refused: whyFailed(error) } satisfies Refused;
  }
}

/**
 * Somebody whom the organisation knows is told that it gives them no access here; everybody else, that signing in
 * failed. Neither is told why.
 */
const KNOWN_THERE: readonly OrganisationRefusal[] = [
  'no role',
  'unknown area',
  'disabled',
  'address taken',
  'changed meanwhile',
];

async function refuse(services: Services, c: Context<Env>, why: Refused & { account?: Account }) {
  const { accounts, signInAttempts } = services.store.people;
  const account = why.account ?? (why.subject === undefined ? undefined : await accounts.findBySubject(why.subject));
  // Anybody can request this page, and often. Failures are counted as wrong passwords are, but separately, so that
  // nobody can flood the chain.
  const apart = (text: string) => `organisation ${text}`;
  const email = apart(account?.id ?? c.get('tokenHash'));
  services.metrics.signIn('refused');
  const { wait } = await signInAttempts.begin({ email, address: apart(clientAddress(services, c)), browser: '' });
  if (wait === 0) await keepRefusal(services, account, { through: 'organisation', why: why.refused });
  const error = KNOWN_THERE.includes(why.refused) ? NO_ROLE : FAILED;
  const { organisation } = services.signing;
  return c.html(renderPage(SignInPage({ page: c.get('page'), organisation: organisation?.name, error })), 422);
}

function readWaiting(services: Services, c: Context<Env>): Waiting | undefined {
  const text = services.signing.seal.open(getCookie(c, cookieOf(c, c.req.query('state') ?? '')) ?? '');
  const waiting = text === undefined ? undefined : (JSON.parse(text) as Waiting);
  return waiting !== undefined && waiting.until > services.clock().getTime() ? waiting : undefined;
}

function getOrganisation({ signing }: Services): Organisation {
  if (signing.organisation === undefined) throw new WebProblem('not found');
  return signing.organisation;
}

function returnUrl(services: Services, c: Context<Env>): string {
  return `${originOf(services, c)}${paths.organisationReturn()}`;
}
