/**
 * Shows drafts (`drafts.ts`) on the pages that have their forms, and keeps and forgets them: a form that was taken is no draft any more, and one
 * that was refused is one from then on.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { DraftBanner, DraftBelow, DraftNote } from '../../../views/kit/draft-banner.tsx';
import { renderFragment } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import type { Draft, Keeper } from '../../store/drafts.ts';
import { draftsOf, forgetDraft, idOfDraft, type KeptForm, keeperOf, keepRefused, openDraft } from './drafts.ts';
import { readForm } from './form.ts';
import { addressOfPage } from './page-of-form.ts';
import { DRAFT, markForm, nameTabOfRemoval, putAfterForm, refill, titleOfForm } from './refill.ts';
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
  const form = await formOf(c);
  // With an error it was not sent but kept just now: somebody signed in has to sign in again for it.
  if (!isRefused && c.error === undefined) await forgetDraft(c, services, form);
  if (!isHtml(c)) return;
  // The page that answers a form shows what was sent; what was typed into its other forms is still there.
  if ([200, 409, 422].includes(c.res.status)) await fillPage(services, c, { form, kept });
  else if (kept !== undefined) await tellOfKept(services, c, (draft) => draft.form === kept.form);
}

function isHtml(c: Context<Env>): boolean {
  return (c.res.headers.get('Content-Type') ?? '').startsWith('text/html');
}

async function formOf(c: Context<Env>): Promise<string> {
  const form = await readForm(c).catch(() => undefined);
  return form?.get(DRAFT) ?? c.req.path;
}

/** On a page that cannot show the form: such as that of a consultation that somebody else has by now. */
async function tellOfKept(services: Services, c: Context<Env>, isMeant: (draft: Draft) => boolean): Promise<void> {
  const kept = await draftsOf(c, services);
  if (!kept.some(isMeant)) return;
  change(
    c,
    addBanner(await c.res.text(), { titles: [], isFilled: false, isChanged: false, isGone: true, elsewhere: [] }),
  );
}

/** The form that a page answers, and what is kept of it if it was refused. */
interface Sent {
  form: string;
  kept: KeptForm | undefined;
}

/**
 * A draft is offered wherever its form stands, on whichever page it was typed. A page that answers a form shows that one as it was sent. The page
 * also says what was typed on it, or on a page below it, and has no form there any more.
 */
async function fillPage(services: Services, c: Context<Env>, sent?: Sent): Promise<void> {
  const keeper = keeperOf(c, c.get('person')?.id ?? '');
  const drafts = await draftsOf(c, services);
  if (drafts.length === 0) return;
  const others = drafts.filter(({ form }) => form !== sent?.form);
  const { html, filled } = await fillForms(services, {
    keeper,
    others,
    shown: await c.res.text(),
    token: c.get('page').token,
  });
  if (sent === undefined)
    return change(c, addBanner(html, { ...bannerOf(c, others, filled), titles: titlesOf(html, filled) }));
  const marked = markSent(services, html, sent);
  const isGone = sent.kept !== undefined && marked === undefined;
  const banner = { titles: titlesOf(html, filled), isFilled: filled.size > 0, isChanged: false, isGone, elsewhere: [] };
  change(c, addBanner(marked ?? html, banner));
}

interface Filling {
  keeper: Keeper;
  others: readonly Draft[];
  /** The page. */
  shown: string;
  /** For the forms that are added to it. */
  token: string;
}

/** The first draft of a form fills it. Another one, such as that of another tab, stands below the form, to be read and copied. */
async function fillForms({ store, signing }: Services, { keeper, others, shown, token }: Filling) {
  const seal = signing.sealOf(keeper.account);
  let html = shown;
  const offered = new Map<Draft, string>();
  // Only those that have their form here are unsealed: a page costs no more for what was typed on others.
  for (const draft of others.filter(({ form }) => shown.includes(`"${form}"`))) {
    const opened = openDraft(seal, draft);
    if (opened === undefined) continue;
    const isFilled = [...offered.values()].includes(draft.form);
    const isFromElsewhere = draft.browser !== keeper.browser;
    const next = isFilled
      ? putBelow(html, draft, { values: opened.values, token })
      : refillWith(html, draft, { ...opened, isFromElsewhere });
    if (next === undefined) continue;
    offered.set(draft, draft.form);
    html = next;
    if (isFromElsewhere && !isFilled) await store.people.drafts.bringHere(keeper, draft);
  }
  return { html, filled: new Set(offered.keys()) };
}

interface Opened {
  values: URLSearchParams;
  tab?: string;
  isFromElsewhere: boolean;
}

function refillWith(html: string, { form, at }: Draft, { values, tab, isFromElsewhere }: Opened): string | undefined {
  const note = renderFragment(DraftNote({ form, at, isFromElsewhere }));
  return refill(html, form, values, { note, tab });
}

function putBelow(html: string, draft: Draft, typed: { values: URLSearchParams; token: string }): string | undefined {
  const below = renderFragment(DraftBelow({ at: draft.at, id: idOfDraft(draft), ...typed }));
  return putAfterForm(html, draft.form, below);
}

/** Undefined when nothing of it is kept, or the page does not show it any more. */
function markSent({ clock }: Services, html: string, { kept }: Sent): string | undefined {
  if (kept === undefined) return undefined;
  const { form, values, tab } = kept;
  const note = renderFragment(DraftNote({ form, at: clock().toISOString(), isFromElsewhere: false }));
  const marked = markForm(html, form, values, { note, tab });
  return marked === undefined || tab === undefined ? marked : nameTabOfRemoval(marked, form, tab);
}

function bannerOf(c: Context<Env>, kept: readonly Draft[], filled: ReadonlySet<Draft>): Omit<Banner, 'titles'> {
  const here = addressOfPage(c.req.path + new URL(c.req.url).search);
  const lost = kept.filter((draft) => isOfPage(draft.page, c.req.path) && !filled.has(draft));
  const pages = new Set(lost.map(({ page }) => page));
  const elsewhere = [...pages].filter((page) => page !== here);
  return { isFilled: filled.size > 0, isChanged: pages.has(here), isGone: false, elsewhere };
}

/** Of the forms that are filled, each once. */
function titlesOf(html: string, filled: ReadonlySet<Draft>): string[] {
  const titles = [...filled].map(({ form }) => titleOfForm(html, form));
  return [...new Set(titles.filter((title) => title !== undefined))];
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
  titles: readonly string[];
  isFilled: boolean;
  isChanged: boolean;
  isGone: boolean;
  elsewhere: readonly string[];
}

function addBanner(html: string, banner: Banner): string {
  if (!banner.isFilled && !banner.isChanged && !banner.isGone && banner.elsewhere.length === 0) return html;
  const shown = renderFragment(DraftBanner(banner));
  // What was done just now is read first: that this is not sent is about other forms.
  const done = /<(p|div)\b[^>]*\sid="done"[^>]*>[\s\S]*?<\/\1>/.exec(html);
  const place = done ?? /<main\b[^>]*>/.exec(html);
  const end = (place?.index ?? 0) + (place?.[0].length ?? 0);
  return place === null ? html : html.slice(0, end) + shown + html.slice(end);
}
