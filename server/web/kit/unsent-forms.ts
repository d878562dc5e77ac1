/**
 * Typed text outlives a session. A form that arrives after the session has ended is sealed with the browser's own token, which the database
 * does not have, and kept for the person whose session it was. When they are back in that browser, the page that has the form shows it filled;
 * nothing is sent for them.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { renderFragment } from '../../../views/kit/render.ts';
import { UnsentFormBanner } from '../../../views/kit/unsent-form-banner.tsx';
import { paths } from '../../base/paths.ts';
import { createSeal, type Seal } from '../../people/seal.ts';
import type { UnsentForm } from '../../store/unsent-forms.ts';
import { readForm } from './form.ts';
import { isFromHtmx } from './htmx.ts';
import { refill } from './refill.ts';
import type { Env, Services } from './services.ts';
import type { SignInNeeded } from './sign-in-needed.ts';
import { DESK_COOKIE, readCookieHash } from './signed-in.ts';

/** To the sign-in page; what was sent waits. A page that asks by itself is told and stays, with whatever is typed in it. */
export async function leadToSignIn(c: Context<Env>, services: Services, { page, background }: SignInNeeded) {
  if (c.req.method === 'POST') await keepForm(c, services, page);
  const back = c.req.method === 'POST' ? page : c.req.path + new URL(c.req.url).search;
  const signIn = `${paths.signIn()}?to=${encodeURIComponent(back)}`;
  if (background)
    return c.html(`<p role="status">You were signed out. <a href="${paths.signIn()}">Sign in again</a></p>`, 401);
  if (!isFromHtmx(c)) return c.redirect(signIn, 303);
  c.header('HX-Redirect', signIn);
  return c.body(null, 401);
}

async function keepForm(c: Context<Env>, { store, random }: Services, page: string): Promise<void> {
  const form = await readForm(c).catch(() => undefined);
  const tokenHash = readCookieHash(c, DESK_COOKIE);
  const account = tokenHash === undefined ? undefined : await store.people.signins.findOwner(tokenHash);
  // Nobody was signed in here lately: a stranger's post is not kept.
  if (account === undefined || form === undefined) return;
  form.delete('token');
  const secrets = [...form.keys()].filter((name) => /password|passkey|^secret$|^code$/.test(name));
  for (const name of secrets) form.delete(name);
  if (secrets.length > 0 && form.size === 0) return;
  const sealed = sealOf(c, random).close(form.toString());
  await store.people.unsentForms.keep({ browser: c.get('tokenHash'), account }, { action: c.req.path, page, sealed });
}

function sealOf(c: Context<Env>, random: Services['random']): Seal {
  return createSeal(c.get('token'), 'kept form', random);
}

export interface OpenedForm extends UnsentForm {
  values: URLSearchParams;
}

export async function readUnsentForms(c: Context<Env>, { store, random }: Services): Promise<OpenedForm[]> {
  const person = c.get('person');
  if (person === undefined) return [];
  const kept = await store.people.unsentForms.listOf({ browser: c.get('tokenHash'), account: person.id });
  const seal = sealOf(c, random);
  return kept.flatMap((form) => {
    const text = seal.open(form.sealed);
    return text === undefined ? [] : [{ ...form, values: new URLSearchParams(text) }];
  });
}

/** Fills the form of the page that is shown, and forgets what was kept once it has been sent again. */
export function unsentForms(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    if (c.get('person') === undefined) return;
    // With an error it was not sent but kept just now: somebody signed in has to sign in again for it.
    if (c.req.method === 'POST' && c.res.status < 400 && c.error === undefined) return forget(c, services);
    const isPage = c.req.method === 'GET' && (c.res.headers.get('Content-Type') ?? '').startsWith('text/html');
    if (!isPage || c.res.status !== 200) return;
    const here = (await readUnsentForms(c, services)).filter(({ page }) => page === c.req.path);
    if (here.length > 0) await fillPage(c, here);
  };
}

async function forget(c: Context<Env>, { store }: Services): Promise<void> {
  const keeper = { browser: c.get('tokenHash'), account: c.get('person')?.id ?? '' };
  const kept = await store.people.unsentForms.listOf(keeper);
  if (kept.some(({ action }) => action === c.req.path)) await store.people.unsentForms.remove(keeper, c.req.path);
}

async function fillPage(c: Context<Env>, forms: OpenedForm[]): Promise<void> {
  let html = await c.res.text();
  let lost = false;
  for (const { action, values } of forms) {
    const filled = refill(html, action, values);
    lost ||= filled === undefined;
    html = filled ?? html;
  }
  const banner = renderFragment(UnsentFormBanner({ lost }));
  const { headers } = c.res;
  c.res = undefined;
  c.res = new Response(
    html.replace(/<main\b[^>]*>/, (main) => `${main}${banner}`),
    { status: 200, headers },
  );
}
