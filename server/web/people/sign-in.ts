/** Signing in and out. */
import { type Context, Hono } from 'hono';
import { HOMES } from '../../../views/kit/home.ts';
import { renderPage } from '../../../views/kit/render.ts';
import { type SignedOut, SignInPage, type SignInPageProps } from '../../../views/people/sign-in.tsx';
import { paths } from '../../base/paths.ts';
import type { SignInOutcome } from '../../monitoring/metrics.ts';
import { askForPasskey } from '../../people/passkey.ts';
import type { Role } from '../../people/permissions.ts';
import { placesOfDrafts } from '../kit/drafts.ts';
import { readForm } from '../kit/form.ts';
import type { Env, Services } from '../kit/services.ts';
import { forgetSession, signOut } from '../kit/signed-in.ts';
import { groundOf, type SignInAnswer, signIn } from './credentials.ts';

const WRONG =
  'Email address, password and code do not belong together, or the code was used already. Check all three. If they are right, ' +
  'the clock of your telephone may be wrong: let it set itself';

async function submitSignIn(services: Services, c: Context<Env>, form: URLSearchParams) {
  const to = readTarget(form.get('to') ?? undefined);
  const email = form.get('email') ?? '';
  // Checked before anything is looked up, since it depends only on the form.
  if (hasNoFactor(form)) return c.html(showSignIn(services, c, { to, email, noCode: true }), 422);
  const answer = await signIn(services, c, form);
  services.metrics.signIn(outcomeOf(answer));
  if (answer.right) return c.redirect(placeFor(answer.account.role, to), 303);
  const error = answer.wait === 0 ? WRONG : describeWait(answer.wait);
  const page = showSignIn(services, c, { to, email, error });
  return c.html(page, answer.wait === 0 ? 422 : 429);
}

export function signin(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.signIn(), (c) => {
    const out = OUT.find((known) => known === c.req.query('out'));
    return c.html(showSignIn(services, c, { to: readTarget(c.req.query('to')), out }));
  });
  app.post(paths.signIn(), async (c) => submitSignIn(services, c, await readForm(c)));
  app.post(paths.passkeyChallenges(), async (c) => {
    await readForm(c);
    return c.json(await askForPasskey(groundOf(services, c), services.random));
  });
  app.post(paths.signOut(), async (c) => {
    await readForm(c);
    const person = c.get('person');
    const kept = person === undefined ? [] : await placesOfDrafts(c, services);
    await signOut(services, c);
    forgetSession(c);
    const out: SignedOut = kept.length > 0 ? 'kept' : 'yes';
    return c.redirect(`${paths.signIn()}?out=${out}`, 303);
  });
  return app;
}

function outcomeOf(answer: SignInAnswer): SignInOutcome {
  if (answer.right) return 'accepted';
  return answer.wait === 0 ? 'refused' : 'slowed down';
}

export function describeWait(minutes: number): string {
  return `There were too many wrong tries. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again`;
}

function hasNoFactor(form: URLSearchParams): boolean {
  return ['code', 'passkey'].every((name) => (form.get(name) ?? '').trim() === '');
}

/**
 * What the page after signing out says: whether they have unsent text; or that they signed out in another tab
 * (`static/signed-out.js`).
 */
const OUT: readonly SignedOut[] = ['yes', 'kept', 'elsewhere'];

type More = Pick<SignInPageProps, 'out' | 'to' | 'email' | 'error' | 'noCode'>;

function showSignIn(services: Services, c: Context<Env>, more: More) {
  const { organisation } = services.signing;
  return renderPage(SignInPage({ page: c.get('page'), organisation: organisation?.name, ...more }));
}

/** One of our own pages to continue to; anything else is ignored. */
export function readTarget(text: string | undefined): string | undefined {
  return text !== undefined && /^\/(?!\/)[\w\-./%]*(\?[\w\-.~%=&+]*)?$/.test(text) && text.length < 300
    ? text
    : undefined;
}

/**
 * Where they wanted to go, if their role may use it: an administrator who came by "Duty desk" has nothing to do there.
 */
export function placeFor(role: Role, to: string | undefined): string {
  const isOfDesk = to?.startsWith(paths.desk()) === true;
  const isOfNoUse =
    isOfDesk && (role === 'administrator' || (role === 'specialist worker' && !to.includes('/pathway')));
  return to === undefined || isOfNoUse ? HOMES[role].href : to;
}
