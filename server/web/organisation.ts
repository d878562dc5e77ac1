/** Signing in with one's organisation: there, and back with what it says. */
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { renderPage } from '../../views/render.ts';
import { SignInPage } from '../../views/signin.tsx';
import { paths } from '../paths.ts';
import type { Journey, Organisation } from '../people/organisation.ts';
import { begin } from './credentials.ts';
import type { Env, Parts } from './parts.ts';
import { originOf } from './person.ts';
import { WebProblem } from './problem.ts';
import { homeOf, readTarget } from './signin.ts';

const COOKIE = 'front_door_journey';
const JOURNEY_SECONDS = 600;
const NO_ROLE = 'Your organisation has signed you in, but gives you no role here. Ask the administrator of your area';
const FAILED = 'Signing in with your organisation did not work. Try again, or sign in with a password';

interface Waiting extends Journey {
  to?: string | undefined;
  until: number;
}

export function organisation(parts: Parts): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.organisation(), async (c) => {
    const { url, journey } = await getOrganisation(parts).begin(returnUrl(parts, c));
    const until = parts.clock().getTime() + JOURNEY_SECONDS * 1000;
    const waiting: Waiting = { ...journey, to: readTarget(c.req.query('to')), until };
    const options = { httpOnly: true, sameSite: 'Lax', path: paths.organisation(), secure: parts.secure } as const;
    setCookie(c, COOKIE, parts.signing.seal.close(JSON.stringify(waiting)), { ...options, maxAge: JOURNEY_SECONDS });
    return c.redirect(url, 302);
  });
  app.get(paths.organisationReturn(), (c) => comeBack(parts, c));
  return app;
}

async function comeBack(parts: Parts, c: Context<Env>) {
  const waiting = readWaiting(parts, c);
  deleteCookie(c, COOKIE, { path: paths.organisation() });
  if (waiting === undefined) return fail(parts, c, FAILED);
  const url = new URL(returnUrl(parts, c));
  url.search = new URL(c.req.url).search;
  try {
    const said = await getOrganisation(parts).finish(url, waiting);
    if (said === undefined || !parts.library.areas.has(said.area)) return fail(parts, c, NO_ROLE);
    const id = await parts.store.people.accounts.welcome(said.subject, said);
    const account = id === undefined ? undefined : await parts.store.people.accounts.find(id);
    if (account === undefined || !(await begin(parts, c, account, { kind: 'organisation' })))
      return fail(parts, c, NO_ROLE);
    return c.redirect(waiting.to ?? homeOf(account.role), 303);
  } catch (error) {
    // What the provider says can name a person: the kind of failure is enough.
    parts.log(`signing in with the organisation failed: ${(error as { code?: string }).code ?? (error as Error).name}`);
    return fail(parts, c, FAILED);
  }
}

function readWaiting(parts: Parts, c: Context<Env>): Waiting | undefined {
  const text = parts.signing.seal.open(getCookie(c, COOKIE) ?? '');
  const waiting = text === undefined ? undefined : (JSON.parse(text) as Waiting);
  return waiting !== undefined && waiting.until > parts.clock().getTime() ? waiting : undefined;
}

function fail(parts: Parts, c: Context<Env>, error: string) {
  const { organisation } = parts.signing;
  return c.html(renderPage(SignInPage({ around: c.get('around'), organisation: organisation?.name, error })), 422);
}

function getOrganisation({ signing }: Parts): Organisation {
  if (signing.organisation === undefined) throw new WebProblem('not found');
  return signing.organisation;
}

function returnUrl(parts: Parts, c: Context<Env>): string {
  return `${originOf(parts, c)}${paths.organisationReturn()}`;
}
