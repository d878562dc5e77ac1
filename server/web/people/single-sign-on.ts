/** Signing in with one's organisation: there, and back with what it says. */
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { renderPage } from '../../../views/kit/render.ts';
import { SignInPage } from '../../../views/people/sign-in.tsx';
import { paths } from '../../base/paths.ts';
import type { Account } from '../../people/account.ts';
import type { Journey, Organisation, OrganisationRefusal, Refused } from '../../people/organisation.ts';
import type { Env, Parts } from '../kit/app-context.ts';
import { WebProblem } from '../kit/problem.ts';
import { addressOf, originOf } from '../kit/signed-in.ts';
import { begin, keepRefusal } from './credentials.ts';
import { homeOf, readTarget } from './sign-in.ts';

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
  app.get(paths.organisation(), (c) => setOut(parts, c));
  app.get(paths.organisationReturn(), (c) => comeBack(parts, c));
  return app;
}

async function setOut(parts: Parts, c: Context<Env>) {
  const organisation = getOrganisation(parts);
  const begun = await ask(parts, organisation, () => organisation.begin(returnUrl(parts, c)));
  if ('refused' in begun) return refuse(parts, c, begun);
  const until = parts.clock().getTime() + JOURNEY_SECONDS * 1000;
  const waiting: Waiting = { ...begun.journey, to: readTarget(c.req.query('to')), until };
  const options = { httpOnly: true, sameSite: 'Lax', path: paths.organisation(), secure: parts.secure } as const;
  setCookie(c, COOKIE, parts.signing.seal.close(JSON.stringify(waiting)), { ...options, maxAge: JOURNEY_SECONDS });
  return c.redirect(begun.url, 302);
}

async function comeBack(parts: Parts, c: Context<Env>) {
  const organisation = getOrganisation(parts);
  const waiting = readWaiting(parts, c);
  deleteCookie(c, COOKIE, { path: paths.organisation() });
  if (waiting === undefined) return refuse(parts, c, { refused: 'not begun here' });
  const url = new URL(returnUrl(parts, c));
  url.search = new URL(c.req.url).search;
  const said = await ask(parts, organisation, () => organisation.finish(url, waiting));
  if ('refused' in said) return refuse(parts, c, said);
  if (!parts.library.areas.has(said.area)) return refuse(parts, c, { ...said, refused: 'unknown area' });
  const { accounts } = parts.store.people;
  const welcome = await accounts.welcome(said.subject, said);
  if ('refused' in welcome) return refuse(parts, c, welcome);
  const account = await accounts.find(welcome.id);
  if (account === undefined || !(await begin(parts, c, account, { kind: 'organisation' })))
    return refuse(parts, c, { ...said, refused: 'changed meanwhile' });
  return c.redirect(waiting.to ?? homeOf(account.role), 303);
}

async function ask<Answer>(parts: Parts, { whyFailed }: Organisation, question: () => Promise<Answer>) {
  try {
    return await question();
  } catch (error) {
    // What the provider says can name a person: the kind of failure is enough.
    parts.log(`signing in with the organisation failed: ${(error as { code?: string }).code ?? (error as Error).name}`);
    return { refused: whyFailed(error) } satisfies Refused;
  }
}

/** Whom the organisation has signed in hears that it gives them no way in here; everybody else that it did not work. Neither hears why. */
const KNOWN_THERE: readonly OrganisationRefusal[] = [
  'no role',
  'unknown area',
  'disabled',
  'address taken',
  'changed meanwhile',
];

async function refuse(parts: Parts, c: Context<Env>, why: Refused & { account?: Account }) {
  const { accounts, tries } = parts.store.people;
  const account = why.account ?? (why.subject === undefined ? undefined : await accounts.findBySubject(why.subject));
  // Anybody can call this page, and call it often: it is counted as wrong passwords are, but apart from them, so that the chain is not flooded.
  const apart = (text: string) => `organisation ${text}`;
  const email = apart(account?.id ?? c.get('tokenHash'));
  const { wait } = await tries.begin({ email, address: apart(addressOf(parts, c)), browser: '' });
  if (wait === 0) await keepRefusal(parts, account, { through: 'organisation', why: why.refused });
  const error = KNOWN_THERE.includes(why.refused) ? NO_ROLE : FAILED;
  const { organisation } = parts.signing;
  return c.html(renderPage(SignInPage({ around: c.get('around'), organisation: organisation?.name, error })), 422);
}

function readWaiting(parts: Parts, c: Context<Env>): Waiting | undefined {
  const text = parts.signing.seal.open(getCookie(c, COOKIE) ?? '');
  const waiting = text === undefined ? undefined : (JSON.parse(text) as Waiting);
  return waiting !== undefined && waiting.until > parts.clock().getTime() ? waiting : undefined;
}

function getOrganisation({ signing }: Parts): Organisation {
  if (signing.organisation === undefined) throw new WebProblem('not found');
  return signing.organisation;
}

function returnUrl(parts: Parts, c: Context<Env>): string {
  return `${originOf(parts, c)}${paths.organisationReturn()}`;
}
