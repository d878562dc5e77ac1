/**
 * Nothing that a signed-in person types is lost. A form is kept as a draft while it is filled in (`static/drafts.js`), and when it arrives after
 * the session has ended. Drafts are sealed with a key of their writer's account, which the database does not have, and are shown to nobody
 * else. The page that has the form shows it filled, in whichever browser they sign in; nothing is sent for them.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { DraftBanner, DraftNote } from '../../../views/kit/draft-banner.tsx';
import { renderFragment } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import type { Seal } from '../../people/seal.ts';
import type { Draft, Keeper } from '../../store/drafts.ts';
import { readForm, readSent } from './form.ts';
import { isFromHtmx } from './htmx.ts';
import { WebProblem } from './problem.ts';
import { DRAFT, refill } from './refill.ts';
import type { Env, Services } from './services.ts';
import type { SignInNeeded } from './sign-in-needed.ts';

/** To the sign-in page; what was sent waits. A page that asks by itself is told and stays, with whatever is typed in it. */
export async function leadToSignIn(c: Context<Env>, services: Services, { page, background }: SignInNeeded) {
  if (c.req.method === 'POST' && (await keepForWriter(c, services, page)) !== undefined) c.header(KEPT, 'yes');
  const back = c.req.method === 'POST' ? page : c.req.path + new URL(c.req.url).search;
  const signIn = `${paths.signIn()}?to=${encodeURIComponent(back)}`;
  if (background)
    return c.html(`<p role="status">You were signed out. <a href="${paths.signIn()}">Sign in again</a></p>`, 401);
  if (!isFromHtmx(c)) return c.redirect(signIn, 303);
  c.header('HX-Redirect', signIn);
  return c.body(null, 401);
}

/** Tells the page of a form that came too late that its text is kept: `yes`, or `for another` when its writer is not who is signed in now. */
export const KEPT = 'Front-Door-Kept';

/**
 * What was sent when its writer was no longer signed in, for whomever its page was made for: nobody else's draft can come of it. Gives what is
 * kept; undefined for a stranger's form, and when nothing was typed.
 */
export async function keepForWriter(
  c: Context<Env>,
  services: Services,
  page: string,
): Promise<URLSearchParams | undefined> {
  const form = await readSent(c).catch(() => undefined);
  const account = c.get('accountOf')(form?.get('token') ?? '');
  if (account === undefined || form === undefined) return undefined;
  const isDraft = c.req.path === paths.drafts();
  const place = isDraft ? readPlace(form) : { form: form.get(DRAFT) ?? c.req.path, page };
  return place === undefined ? undefined : keep(c, services, { account, place, sent: form });
}

type Place = Pick<Draft, 'form' | 'page'>;
const NOT_TYPED = ['token', 'draft-form', 'draft-page', DRAFT];

interface Typed {
  account: string;
  place: Place;
  sent: URLSearchParams;
}

/** Gives what is kept: neither a secret, nor a form without anything typed. */
async function keep(c: Context<Env>, { store, signing }: Services, { account, place, sent }: Typed) {
  const form = new URLSearchParams(sent);
  const isSecret = (name: string) => /password|passkey|^secret$|^code$/.test(name);
  for (const name of [...form.keys()]) if (NOT_TYPED.includes(name) || isSecret(name)) form.delete(name);
  if ([...form.keys()].every(isSeen)) return undefined;
  const sealed = signing.sealOf(account).close(`${place.form}\n${form}`);
  await store.people.drafts.keep({ browser: c.get('tokenHash'), account }, { ...place, sealed });
  return form;
}

const LONGEST_PLACE = 300;

/** Paths of our own alone: they are links on the page of the drafts. */
function readPlace(form: URLSearchParams): Place | undefined {
  const place = { form: form.get('draft-form') ?? '', page: form.get('draft-page') ?? '' };
  const isOurs = (path: string) => /^\/[^/\\]/.test(path) && path.length <= LONGEST_PLACE;
  return isOurs(place.form) && isOurs(place.page) ? place : undefined;
}

/** Sent by the page while somebody types. Nothing typed any more: the draft goes. */
export async function keepDraft(services: Services, c: Context<Env>, account: string): Promise<Response> {
  const form = await readForm(c);
  const place = readPlace(form);
  if (place === undefined) throw new WebProblem('not found');
  await c.get('keepAlive')();
  const isEmpty = [...form.keys()].every((name) => NOT_TYPED.includes(name) || isSeen(name));
  if (isEmpty) await services.store.people.drafts.remove(keeperOf(c, account), place.form);
  else await keep(c, services, { account, place, sent: form });
  return c.body(null, 204);
}

/** Throws the draft away; gives the page that its form is on. */
export async function removeDraft({ store }: Services, c: Context<Env>, account: string): Promise<string> {
  const form = (await readForm(c)).get('draft-removed') ?? '';
  const keeper = keeperOf(c, account);
  const draft = (await store.people.drafts.listOf(keeper)).find((known) => known.form === form);
  await store.people.drafts.remove({ ...keeper, browser: draft?.browser ?? keeper.browser }, form);
  return draft?.page ?? paths.drafts();
}

function isSeen(name: string): boolean {
  return name === 'seen' || name.startsWith('seen-');
}

function keeperOf(c: Context<Env>, account: string): Keeper {
  return { browser: c.get('tokenHash'), account };
}

/**
 * What was typed. A draft is sealed with the form that it belongs to: one that was moved in the database to another form, such as that of another
 * child, is not shown.
 */
function openDraft(seal: Seal, { form, sealed }: Draft): URLSearchParams | undefined {
  const text = seal.open(sealed);
  if (text === undefined) return undefined;
  const end = text.indexOf('\n');
  // Until 27 November 2026 the form was not part of it; drafts are kept for four days.
  if (end === -1) return new URLSearchParams(text);
  return text.slice(0, end) === form ? new URLSearchParams(text.slice(end + 1)) : undefined;
}

export interface OpenedDraft extends Draft {
  values: URLSearchParams;
}

export async function readDrafts(c: Context<Env>, { store, signing }: Services): Promise<OpenedDraft[]> {
  const person = c.get('person');
  if (person === undefined) return [];
  const kept = await store.people.drafts.listOf(keeperOf(c, person.id));
  const seal = signing.sealOf(person.id);
  return kept.flatMap((draft) => {
    const values = openDraft(seal, draft);
    return values === undefined ? [] : [{ ...draft, values }];
  });
}

/** Ids of those consultations on whose desk pages this person has words that are not sent. `sent`: the form that has just arrived. */
export async function unsentOn(
  c: Context<Env>,
  services: Services,
  ids: readonly string[],
  sent?: string,
): Promise<Set<string>> {
  const person = c.get('person');
  if (person === undefined) return new Set();
  // Nothing is unsealed for it: the queue asks every ten seconds.
  const kept = await services.store.people.drafts.listOf(keeperOf(c, person.id));
  const pages = kept.filter(({ form }) => form !== sent).map(({ page }) => page.replace(/\?.*/, ''));
  const isOn = (id: string) => pages.some((page) => `${page}/`.startsWith(`${paths.deskRecord(id)}/`));
  return new Set(ids.filter(isOn));
}

/** Fills the forms of the page that is shown, and forgets a draft once its form has been sent. */
export function offerDrafts(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    const isOfDrafts = c.req.path.startsWith(paths.drafts());
    if (c.get('person') === undefined || isOfDrafts) return;
    // With an error it was not sent but kept just now: somebody signed in has to sign in again for it.
    const isPost = c.req.method === 'POST';
    if (isPost && c.res.status < 400 && c.error === undefined && !c.get('draftStays')) await forget(c, services);
    if (!(c.res.headers.get('Content-Type') ?? '').startsWith('text/html')) return;
    // The page that answers a form shows what was sent; what was typed into its other forms is still there.
    const isAnswer = isPost && [200, 409, 422].includes(c.res.status);
    const isPage = c.req.method === 'GET' && c.res.status === 200;
    if (isAnswer) await fillPage(services, c, await formOf(c));
    else if (isPage) await fillPage(services, c);
  };
}

async function formOf(c: Context<Env>): Promise<string> {
  const form = await readForm(c).catch(() => undefined);
  return form?.get(DRAFT) ?? c.req.path;
}

async function forget(c: Context<Env>, { store }: Services): Promise<void> {
  const keeper = keeperOf(c, c.get('person')?.id ?? '');
  const kept = await store.people.drafts.listOf(keeper);
  if (kept.length === 0) return;
  const form = await formOf(c);
  if (kept.some((draft) => draft.form === form)) await store.people.drafts.remove(keeper, form);
}

/**
 * A draft is offered wherever its form stands, on whichever page it was typed. `sent`: the form that the page answers. Without one, the page
 * also says what was typed on it and has no form there any more.
 */
async function fillPage({ store, signing }: Services, c: Context<Env>, sent?: string): Promise<void> {
  const account = c.get('person')?.id ?? '';
  const keeper = keeperOf(c, account);
  const kept = (await store.people.drafts.listOf(keeper)).filter(({ form }) => form !== sent);
  if (kept.length === 0) return;
  const { headers, status } = c.res;
  const shown = await c.res.text();
  const seal = signing.sealOf(account);
  let html = shown;
  const filled = new Set<Draft>();
  // Only those that have their form here are unsealed: a page costs no more for what was typed on others.
  for (const draft of kept.filter(({ form }) => shown.includes(`"${form}"`))) {
    const { form, at } = draft;
    const typed = openDraft(seal, draft);
    if (typed === undefined) continue;
    const isFromElsewhere = draft.browser !== keeper.browser;
    const next = refill(html, form, typed, renderFragment(DraftNote({ form, at, isFromElsewhere })));
    if (next === undefined) continue;
    filled.add(draft);
    html = next;
    if (isFromElsewhere) await store.people.drafts.bringHere(keeper, draft);
  }
  const lost = sent === undefined ? kept.filter((draft) => isOfPage(draft, c.req.path) && !filled.has(draft)) : [];
  if (filled.size > 0 || lost.length > 0) html = addBanner(html, c, { isFilled: filled.size > 0, lost });
  c.res = undefined;
  c.res = new Response(html, { status, headers });
}

function isOfPage({ page }: Draft, path: string): boolean {
  return page.replace(/\?.*/, '') === path;
}

function addBanner(html: string, c: Context<Env>, { isFilled, lost }: { isFilled: boolean; lost: Draft[] }): string {
  const here = c.req.path + new URL(c.req.url).search;
  const pages = new Set(lost.map(({ page }) => page));
  const elsewhere = [...pages].filter((page) => page !== here);
  const banner = renderFragment(DraftBanner({ isFilled, isChanged: pages.has(here), elsewhere }));
  return html.replace(/<main\b[^>]*>/, (main) => `${main}${banner}`);
}
