/**
 * Shows drafts (`drafts.ts`) on the pages that have their forms, and keeps and forgets them: a form that was taken is no draft any more, and one
 * that was refused is one from then on.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { DraftBanner, DraftNote } from '../../../views/kit/draft-banner.tsx';
import { renderFragment } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import type { Draft } from '../../store/drafts.ts';
import { forgetDraft, keeperOf, keepRefused, openDraft } from './drafts.ts';
import { readForm } from './form.ts';
import { addressOfPage } from './page-of-form.ts';
import { DRAFT, markForm, refill } from './refill.ts';
import type { Env, Services } from './services.ts';

/** Fills the forms of the page that is shown, forgets a draft once its form has been sent, and keeps one of a form that was refused. */
export function offerDrafts(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    const isOfDrafts = c.req.path.startsWith(paths.drafts());
    if (c.get('person') === undefined || isOfDrafts) return;
    if (c.req.method === 'POST') await followForm(services, c);
    else if (c.req.method === 'GET' && isHtml(c)) {
      if (c.res.status === 200) await fillPage(services, c);
      else if (c.res.status >= 400) await tellOfKept(services, c, ({ page }) => pathOf(page) === c.req.path);
    }
  };
}

async function followForm(services: Services, c: Context<Env>): Promise<void> {
  const isRefused = c.res.status >= 400 || c.get('draftStays');
  const kept = isRefused ? await keepRefused(c, services) : undefined;
  // With an error it was not sent but kept just now: somebody signed in has to sign in again for it.
  if (!isRefused && c.error === undefined) await forgetDraft(c, services, await formOf(c));
  if (!isHtml(c)) return;
  // The page that answers a form shows what was sent; what was typed into its other forms is still there.
  if ([200, 409, 422].includes(c.res.status)) await fillPage(services, c, await formOf(c));
  else if (kept !== undefined) await tellOfKept(services, c, ({ form }) => form === kept);
}

function isHtml(c: Context<Env>): boolean {
  return (c.res.headers.get('Content-Type') ?? '').startsWith('text/html');
}

async function formOf(c: Context<Env>): Promise<string> {
  const form = await readForm(c).catch(() => undefined);
  return form?.get(DRAFT) ?? c.req.path;
}

/** On a page that cannot show the form: such as that of a consultation that somebody else has by now. */
async function tellOfKept({ store }: Services, c: Context<Env>, isMeant: (draft: Draft) => boolean): Promise<void> {
  const kept = await store.people.drafts.listOf(keeperOf(c, c.get('person')?.id ?? ''));
  if (!kept.some(isMeant)) return;
  change(c, addBanner(await c.res.text(), { isFilled: false, isChanged: false, isGone: true, elsewhere: [] }));
}

/**
 * A draft is offered wherever its form stands, on whichever page it was typed. `sent`: the form that the page answers, and shows as it was sent.
 * The page also says what was typed on it, or on a page below it, and has no form there any more.
 */
async function fillPage({ store, signing }: Services, c: Context<Env>, sent?: string): Promise<void> {
  const account = c.get('person')?.id ?? '';
  const keeper = keeperOf(c, account);
  const kept = await store.people.drafts.listOf(keeper);
  if (kept.length === 0) return;
  const seal = signing.sealOf(account);
  const shown = await c.res.text();
  let html = shown;
  const filled = new Set<Draft>();
  // Only those that have their form here are unsealed: a page costs no more for what was typed on others.
  for (const draft of kept.filter(({ form }) => shown.includes(`"${form}"`))) {
    const { form, at } = draft;
    const opened = openDraft(seal, draft);
    if (opened === undefined) continue;
    const { values, tab } = opened;
    const isFromElsewhere = draft.browser !== keeper.browser;
    const note = renderFragment(DraftNote({ form, at, isFromElsewhere }));
    const put = form === sent ? markForm : refill;
    const next = put(html, form, values, { note, tab });
    if (next === undefined) continue;
    filled.add(draft);
    html = next;
    if (isFromElsewhere) await store.people.drafts.bringHere(keeper, draft);
  }
  change(c, addBanner(html, bannerOf(c, kept, { filled, sent })));
}

/** What the answer to a form says of others that have no form here, it said before. */
function bannerOf(c: Context<Env>, kept: Draft[], { filled, sent }: { filled: Set<Draft>; sent: string | undefined }) {
  const here = addressOfPage(c.req.path + new URL(c.req.url).search);
  const isHere = ({ form, page }: Draft) => (sent === undefined ? isOfPage(page, c.req.path) : form === sent);
  const lost = kept.filter((draft) => isHere(draft) && !filled.has(draft));
  const pages = new Set(lost.map(({ page }) => page));
  const elsewhere = sent === undefined ? [...pages].filter((page) => page !== here) : [];
  return {
    isFilled: [...filled].some(({ form }) => form !== sent),
    isChanged: sent === undefined && pages.has(here),
    isGone: sent !== undefined && lost.length > 0,
    elsewhere,
  };
}

function change(c: Context<Env>, html: string): void {
  const { headers, status } = c.res;
  c.res = undefined;
  c.res = new Response(html, { status, headers });
}

function pathOf(page: string): string {
  return page.replace(/\?.*/, '');
}

/** The pages of a consultation stand below that of its record. */
function isOfPage(page: string, path: string): boolean {
  const isRecord = path.startsWith(paths.deskRecord('')) && !path.slice(paths.deskRecord('').length).includes('/');
  return pathOf(page) === path || (isRecord && page.startsWith(`${path}/`));
}

interface Banner {
  isFilled: boolean;
  isChanged: boolean;
  isGone: boolean;
  elsewhere: readonly string[];
}

function addBanner(html: string, banner: Banner): string {
  if (!banner.isFilled && !banner.isChanged && !banner.isGone && banner.elsewhere.length === 0) return html;
  const shown = renderFragment(DraftBanner(banner));
  return html.replace(/<main\b[^>]*>/, (main) => `${main}${shown}`);
}
