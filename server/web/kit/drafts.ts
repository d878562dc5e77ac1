/**
 * Nothing that a signed-in person types is lost. A form is kept as a draft while it is filled in (`static/drafts.js`), and when it arrives after
 * the session has ended. Drafts are sealed with a key of their writer's account, which the database does not have, and are shown to nobody
 * else. The page that has the form shows it filled, in whichever browser they sign in; nothing is sent for them.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { DraftBanner, DraftNote } from '../../../views/kit/draft-banner.tsx';
import { renderFragment } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import type { Draft, Keeper } from '../../store/drafts.ts';
import { readForm } from './form.ts';
import { isFromHtmx } from './htmx.ts';
import { WebProblem } from './problem.ts';
import { DRAFT, refill } from './refill.ts';
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

/** What comes too late: for whoever was signed in here lately. A stranger's post is not kept. */
async function keepForm(c: Context<Env>, services: Services, page: string): Promise<void> {
  const form = await readForm(c).catch(() => undefined);
  const tokenHash = readCookieHash(c, DESK_COOKIE);
  const account = tokenHash === undefined ? undefined : await services.store.people.signins.findOwner(tokenHash);
  if (account === undefined || form === undefined) return;
  const isDraft = c.req.path === paths.drafts();
  const at = isDraft ? readPlace(form) : { form: form.get(DRAFT) ?? c.req.path, page };
  if (at !== undefined) await keep(c, services, { account, place: at, sent: form });
}

type Place = Pick<Draft, 'form' | 'page'>;
const NOT_TYPED = ['token', 'draft-form', 'draft-page', DRAFT];

interface Typed {
  account: string;
  place: Place;
  sent: URLSearchParams;
}

async function keep(c: Context<Env>, { store, signing }: Services, { account, place, sent }: Typed): Promise<void> {
  const form = new URLSearchParams(sent);
  for (const name of NOT_TYPED) form.delete(name);
  const secrets = [...form.keys()].filter((name) => /password|passkey|^secret$|^code$/.test(name));
  for (const name of secrets) form.delete(name);
  if (secrets.length > 0 && form.size === 0) return;
  const sealed = signing.sealOf(account).close(form.toString());
  await store.people.drafts.keep({ browser: c.get('tokenHash'), account }, { ...place, sealed });
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

export interface OpenedDraft extends Draft {
  values: URLSearchParams;
}

/** Only those that are wanted are unsealed: a page costs no more for what was typed on others. */
export async function readDrafts(
  c: Context<Env>,
  { store, signing }: Services,
  isWanted: (draft: Draft) => boolean = () => true,
): Promise<OpenedDraft[]> {
  const person = c.get('person');
  if (person === undefined) return [];
  const kept = await store.people.drafts.listOf(keeperOf(c, person.id));
  const seal = signing.sealOf(person.id);
  return kept.filter(isWanted).flatMap((draft) => {
    const text = seal.open(draft.sealed);
    return text === undefined ? [] : [{ ...draft, values: new URLSearchParams(text) }];
  });
}

/** Fills the forms of the page that is shown, and forgets a draft once its form has been sent. */
export function offerDrafts(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    const isOfDrafts = c.req.path.startsWith(paths.drafts());
    if (c.get('person') === undefined || isOfDrafts) return;
    // With an error it was not sent but kept just now: somebody signed in has to sign in again for it.
    if (c.req.method === 'POST' && c.res.status < 400 && c.error === undefined) {
      if (!c.get('draftStays')) await forget(c, services);
      return;
    }
    if (!(c.res.headers.get('Content-Type') ?? '').startsWith('text/html')) return;
    // A refused form shows what was sent; what was typed into the others of its page is still there.
    const isRefused = c.req.method === 'POST' && (c.res.status === 409 || c.res.status === 422);
    const isPage = c.req.method === 'GET' && c.res.status === 200;
    if (!isRefused && !isPage) return;
    const sent = isRefused ? await formOf(c) : undefined;
    const here = await readDrafts(c, services, ({ form, page }) => (isPage ? page === c.req.path : form !== sent));
    if (here.length > 0) await fillPage(services, c, here, isPage);
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

/** `saysLost`: also what has no form on the page any more. */
async function fillPage({ store }: Services, c: Context<Env>, drafts: OpenedDraft[], saysLost: boolean): Promise<void> {
  const keeper = keeperOf(c, c.get('person')?.id ?? '');
  let html = await c.res.text();
  let filled = 0;
  for (const draft of drafts) {
    const { form, at, values } = draft;
    const isFromElsewhere = draft.browser !== keeper.browser;
    const next = refill(html, form, values, renderFragment(DraftNote({ form, at, isFromElsewhere })));
    if (next === undefined) continue;
    filled += 1;
    html = next;
    if (isFromElsewhere) await store.people.drafts.bringHere(keeper, draft);
  }
  const lost = saysLost && filled < drafts.length;
  const banner = filled > 0 || lost ? renderFragment(DraftBanner({ lost })) : '';
  const { headers, status } = c.res;
  c.res = undefined;
  c.res = new Response(
    html.replace(/<main\b[^>]*>/, (main) => `${main}${banner}`),
    { status, headers },
  );
}
