/**
 * Shows drafts (`drafts.ts`) on the pages that have their forms. A draft is deleted when its form is accepted, and
 * saved when its form is refused.
 */

import type { Context, MiddlewareHandler } from 'hono';
import { DraftBanner, DraftBelow, DraftNote } from '../../../views/kit/draft-banner.tsx';
import { renderFragment } from '../../../views/kit/render.ts';
import type { WrittenLine } from '../../../views/kit/written-fields.tsx';
import { paths } from '../../base/paths.ts';
import type { Draft, DraftPlace } from '../../store/drafts.ts';
import { forgetDraft, idOfDraft, type KeptForm, keeperOf, keepRefused, openDraft, placesOfDrafts } from './drafts.ts';
import { readForm } from './form.ts';
import { fieldsOnPage, linesOf } from './form-words.ts';
import { addressOfPage } from './page-of-form.ts';
import { DRAFT, formsOf, markForm, nameTabOfRemoval, putAfterForm, refill, titleOfForm } from './refill.ts';
import type { Env, Services } from './services.ts';

/**
 * Fills in the forms of the page that is shown, deletes the draft of a form that was sent, and saves a form that was
 * refused.
 */
export function offerDrafts(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.get('person') !== undefined) rememberPage(c);
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
  // An error here means that the session had ended: the form was saved and not sent.
  if (!isRefused && c.error === undefined) await forgetDraft(c, services, form);
  if (!isHtml(c)) return;
  // A page that answers a form shows it as it was sent. What was typed into other forms of that page is filled in as
  // well.
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

/**
 * The HTML of each page, so that it need not be read back from the response, which costs as much as rendering a small
 * page.
 */
const textOfPage = new WeakMap<Response, string>();

function rememberPage(c: Context<Env>): void {
  const { html } = c;
  c.html = ((text: string, ...rest: []) => {
    const response = html(text, ...rest);
    textOfPage.set(response, text);
    return response;
  }) as typeof html;
}

async function readPage({ res }: Context<Env>): Promise<string> {
  return textOfPage.get(res) ?? (await res.clone().text());
}

/** On a page that cannot show the form, for example because somebody else has the consultation now. */
async function tellOfKept(services: Services, c: Context<Env>, isMeant: (draft: DraftPlace) => boolean): Promise<void> {
  const kept = await placesOfDrafts(c, services);
  if (!kept.some(isMeant)) return;
  const banner = { titles: [], isFilled: false, isChanged: false, isGone: true, elsewhere: [] };
  change(c, addBanner(await readPage(c), banner));
}

/** The form that a page answers, and what was saved of it if it was refused. */
interface Sent {
  form: string;
  kept: KeptForm | undefined;
}

/**
 * Fills in drafts wherever their form appears, on whichever page they were typed. The form that a page answers is left
 * as it was sent. The page also lists text that was typed on it, or on a page below it, for forms that it no longer
 * has.
 */
async function fillPage(services: Services, c: Context<Env>, sent?: Sent): Promise<void> {
  const drafts = await placesOfDrafts(c, services);
  if (drafts.length === 0) return;
  const shown = await readPage(c);
  const others = drafts.filter(({ form }) => form !== sent?.form);
  const { html, filled } = await fillForms(services, c, { others, shown });
  if (sent === undefined) {
    const banner = { ...bannerOf(c, others, filled), titles: titlesOf(html, filled) };
    return change(c, addBanner(html, banner), shown);
  }
  const marked = markSent(services, html, sent);
  const isGone = sent.kept !== undefined && marked === undefined;
  const banner = {
    titles: titlesOf(html, filled),
    isFilled: filled.length > 0,
    isChanged: false,
    isGone,
    elsewhere: [],
  };
  change(c, addBanner(marked ?? html, banner), shown);
}

interface Filling {
  others: readonly DraftPlace[];
  /** HTML of the page. */
  shown: string;
}

/**
 * The first draft of a form is filled in. Another one, such as that of another tab, is shown below the form, to read
 * and copy. Only drafts whose form is on this page are read and decrypted, so a page costs no more because of drafts
 * for other pages.
 */
async function fillForms({ store, signing }: Services, c: Context<Env>, { others, shown }: Filling) {
  const here = formsOf(shown);
  const forms = new Set(others.map(({ form }) => form).filter((form) => here.has(form)));
  if (forms.size === 0) return { html: shown, filled: [] };
  const keeper = keeperOf(c, c.get('person')?.id ?? '');
  const seal = signing.sealOf(keeper.account);
  let html = shown;
  const filled: Draft[] = [];
  for (const draft of await store.people.drafts.ofForms(keeper, [...forms])) {
    const opened = openDraft(seal, draft);
    if (opened === undefined) continue;
    const isFilled = filled.some(({ form }) => form === draft.form);
    const isFromElsewhere = draft.browser !== keeper.browser;
    const next = isFilled
      ? putBelow(html, draft, {
          lines: linesOf(opened.values, fieldsOnPage(shown, draft.form)),
          token: c.get('page').token,
        })
      : refillWith(html, draft, { ...opened, isFromElsewhere });
    if (next === undefined) continue;
    filled.push(draft);
    html = next;
    if (isFromElsewhere && !isFilled) await store.people.drafts.bringHere(keeper, draft);
  }
  return { html, filled };
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

function putBelow(html: string, draft: Draft, typed: { lines: WrittenLine[]; token: string }): string | undefined {
  const below = renderFragment(DraftBelow({ at: draft.at, id: idOfDraft(draft), ...typed }));
  return putAfterForm(html, draft.form, below);
}

/** Undefined if nothing was saved, or the form is no longer on the page. */
function markSent({ clock }: Services, html: string, { kept }: Sent): string | undefined {
  if (kept === undefined) return undefined;
  const { form, values, tab } = kept;
  const note = renderFragment(DraftNote({ form, at: clock().toISOString(), isFromElsewhere: false }));
  const marked = markForm(html, form, values, { note, tab });
  return marked === undefined || tab === undefined ? marked : nameTabOfRemoval(marked, form, tab);
}

function bannerOf(c: Context<Env>, kept: readonly DraftPlace[], filled: readonly DraftPlace[]): Omit<Banner, 'titles'> {
  const isFilled = (place: DraftPlace) =>
    filled.some(({ form, browser }) => form === place.form && browser === place.browser);
  const lost = kept.filter((draft) => isOfPage(draft.page, c.req.path) && !isFilled(draft));
  const pages = new Set(lost.map(({ page }) => page));
  const here = addressOfPage(c.req.path + new URL(c.req.url).search);
  const elsewhere = [...pages].filter((page) => page !== here);
  return { isFilled: filled.length > 0, isChanged: pages.has(here), isGone: false, elsewhere };
}

/** Titles of the forms that were filled in, without repeats. */
function titlesOf(html: string, filled: readonly DraftPlace[]): string[] {
  const titles = filled.map(({ form }) => titleOfForm(html, form));
  return [...new Set(titles.filter((title) => title !== undefined))];
}

/** `shown`: the HTML of the page now. If nothing changes, the same response is returned. */
function change(c: Context<Env>, html: string, shown?: string): void {
  if (html === shown) return;
  const { headers, status } = c.res;
  c.res = undefined;
  c.res = new Response(html, { status, headers });
}

function pathOf(page: string): string {
  return page.replace(/\?.*/, '');
}

/** The pages of a consultation are below that of its record. */
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
  // The message about what was just done comes before the message about other forms.
  const done = /<(p|div)\b[^>]*\sid="done"[^>]*>[\s\S]*?<\/\1>/.exec(html);
  const place = done ?? /<main\b[^>]*>/.exec(html);
  const end = (place?.index ?? 0) + (place?.[0].length ?? 0);
  return place === null ? html : html.slice(0, end) + shown + html.slice(end);
}
