/**
 * Makes sure that nothing a signed-in person types is lost. A form is saved as a draft while it is filled in
 * (`static/drafts.js`), when it arrives after the session has ended, and when it is refused. Drafts are sealed with a
 * key of their writer's account that is not in the database, and are shown to nobody else. The page with the form then
 * shows it filled in, in whichever browser the writer signs in. Drafts are never sent automatically.
 */
import type { Context } from 'hono';
import { idIn, paths } from '../../base/paths.ts';
import type { Seal } from '../../people/seal.ts';
import type { Draft, DraftKeeper, DraftPlace } from '../../store/drafts.ts';
import { hashToken } from '../../store/sessions.ts';
import { addressDone } from './done-address.ts';
import { readForm, readSent } from './form.ts';
import { isPartOfForm, isSeen } from './form-inputs.ts';
import { isFromHtmx } from './htmx.ts';
import { addressOfPage, pageOfForm } from './page-of-form.ts';
import { WebProblem } from './problem.ts';
import { DRAFT } from './refill.ts';
import { inputsAsSaved } from './saved-answers.ts';
import type { Env, Services } from './services.ts';
import type { SignInNeeded } from './sign-in-needed.ts';

/**
 * Redirects to the sign-in page after saving the form. A request from a script is answered instead, so that its page
 * stays open with what is typed in it.
 */
export async function leadToSignIn(c: Context<Env>, services: Services, { page, background }: SignInNeeded) {
  if (c.req.method === 'POST' && (await keepForWriter(c, services, page)) !== undefined) c.header(KEPT_HEADER, 'yes');
  const back = c.req.method === 'POST' ? page : c.req.path + new URL(c.req.url).search;
  const signIn = `${paths.signIn()}?to=${encodeURIComponent(back)}`;
  if (background)
    return c.html(`<p role="status">You were signed out. <a href="${paths.signIn()}">Sign in again</a></p>`, 401);
  if (!isFromHtmx(c)) return c.redirect(signIn, 303);
  c.header('HX-Redirect', signIn);
  return c.body(null, 401);
}

/**
 * Header that tells a page that its form arrived too late and the text was saved: `yes`, or `for another` if its writer
 * is not the person who is signed in now.
 */
export const KEPT_HEADER = 'Front-Door-Kept';

/**
 * Saves a form whose writer is no longer signed in, for the person for whom its page was made. So it can never become
 * somebody else's draft. Returns what was saved; undefined if the form is not ours or nothing was typed.
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
  if (!isDraft && !isAnythingWritten(form)) return undefined;
  const place = isDraft ? readPlace(form) : { form: form.get(DRAFT) ?? c.req.path, page };
  return place === undefined ? undefined : keep(c, services, { account, place, sent: form });
}

type Place = Pick<Draft, 'form' | 'page'>;
const NOT_TYPED = ['token', 'draft-form', 'draft-page', 'draft-tab', DRAFT];
const isOfDraft = (name: string) => NOT_TYPED.includes(name);

interface Typed {
  account: string;
  place: Place;
  sent: URLSearchParams;
}

/** Id of an account, a consultation, or another child of a household. */
const ID = /^([\w-]{22}|child_\d+)$/;
/** Forms that are never saved: those of the public's conversations, and searches, whose words may be names. */
const KEPT_NOWHERE = [
  paths.talk(),
  paths.search(),
  paths.deskSearch(),
  paths.deskExport(),
  paths.signIn(),
  paths.join(),
];

/** Whether a form contains anything that is neither empty nor filled in by the page itself. */
function isAnythingWritten(form: URLSearchParams): boolean {
  return [...form].some(
    ([name, value]) => !isOfDraft(name) && !isPartOfForm(name) && value.trim() !== '' && !ID.test(value),
  );
}

/**
 * Saves a signed-in person's form that was refused, for whatever reason, before they read why. Returns what was saved.
 * Undefined if nothing was typed, if the form came from another site, or if its page was made for somebody else; then
 * it is saved for that person.
 */
export async function keepRefused(c: Context<Env>, services: Services): Promise<KeptForm | undefined> {
  const [account, { path }] = [c.get('person')?.id, c.req];
  if (account === undefined || KEPT_NOWHERE.some((start) => path.startsWith(start))) return undefined;
  const sent = await readForm(c).catch(() => undefined);
  if (sent === undefined) return undefined;
  for (const name of c.get('savedInputs') ?? []) sent.delete(name);
  if (!isAnythingWritten(sent)) return undefined;
  const place = { form: sent.get(DRAFT) ?? path, page: pageOfForm(c) };
  try {
    const values = await keep(c, services, { account, place, sent });
    return values && { form: place.form, values, tab: tabIn(sent) };
  } catch (error) {
    // The form is refused in any case, and the page says that.
    services.log.error('a refused form was not kept', {
      problem: (error as Error).message,
      request: c.get('requestId'),
    });
    return undefined;
  }
}

/** `tab`: the tab of the browser in which it was filled in, if a script says so. */
export interface KeptForm {
  form: string;
  values: URLSearchParams;
  tab: string | undefined;
}

/**
 * Saves a form, without secrets. Returns what was saved; undefined if nothing was typed. The same form in another tab
 * is a separate draft, like one in another browser, until the first is sent or thrown away.
 */
async function keep(c: Context<Env>, { store, signing }: Services, { account, place, sent }: Typed) {
  const form = new URLSearchParams(sent);
  const isSecret = (name: string) => /password|passkey|^secret$|^code$/.test(name);
  for (const name of [...form.keys()]) if (NOT_TYPED.includes(name) || isSecret(name)) form.delete(name);
  if ([...form.keys()].every(isSeen)) return undefined;
  const seal = signing.sealOf(account);
  const sealed = seal.close(`${place.form}\n${withTab(form, sent)}`);
  const keeper = keeperOf(c, account);
  const own = await store.people.drafts.find(keeper, place.form);
  const ofTab = keeperOfTab(keeper, sent);
  if (ofTab !== undefined && own !== undefined && isOfAnotherTab(seal, own, sent))
    await store.people.drafts.keep(ofTab, { ...place, sealed });
  else await store.people.drafts.keep(keeper, { ...place, sealed }, own === undefined ? ofTab : undefined);
  return form;
}

/**
 * Name of a hidden input: the tab in which the form was filled in, or the tab whose draft it continues
 * (`static/drafts.js`).
 */
const TAB = 'draft-tab';

/** Undefined if the page has no script. */
function tabIn(sent: URLSearchParams): string | undefined {
  const tab = sent.get(TAB) ?? '';
  return /^\w{1,40}$/.test(tab) ? tab : undefined;
}

function withTab(form: URLSearchParams, sent: URLSearchParams): URLSearchParams {
  const tab = tabIn(sent);
  return tab === undefined ? form : new URLSearchParams([...form, [TAB, tab]]);
}

function keeperOfTab(keeper: DraftKeeper, sent: URLSearchParams): DraftKeeper | undefined {
  const tab = tabIn(sent);
  return tab === undefined ? undefined : { ...keeper, browser: hashToken(`${keeper.browser} ${tab}`) };
}

function isOfAnotherTab(seal: Seal, own: Draft, sent: URLSearchParams): boolean {
  const [here, there] = [tabIn(sent), openDraft(seal, own)?.tab];
  return here !== undefined && there !== undefined && here !== there;
}

/** Deletes the draft of a form that was sent. A draft of the same form in another tab is kept. */
export async function forgetDraft(c: Context<Env>, { store, signing }: Services, form: string): Promise<void> {
  const account = c.get('person')?.id ?? '';
  const keeper = keeperOf(c, account);
  const own = await store.people.drafts.find(keeper, form);
  const sent = await readForm(c).catch(() => new URLSearchParams());
  const ofTab = keeperOfTab(keeper, sent);
  const isOfAnother = own !== undefined && isOfAnotherTab(signing.sealOf(account), own, sent);
  if (own !== undefined && !isOfAnother) await store.people.drafts.remove(keeper, form);
  // Also if the earlier draft is gone and no page has moved this one into its place.
  if (ofTab !== undefined) await store.people.drafts.remove(ofTab, form);
}

const LONGEST_PLACE = 300;

/** Accepts only our own paths, since the list of drafts links to them. */
function readPlace(form: URLSearchParams): Place | undefined {
  const place = { form: form.get('draft-form') ?? '', page: addressOfPage(form.get('draft-page') ?? '') };
  return isOurs(place.form) && isOurs(place.page) ? place : undefined;
}

function isOurs(path: string): boolean {
  return /^\/[^/\\]/.test(path) && path.length <= LONGEST_PLACE;
}

/** Saves a draft that the page sends while somebody types. An empty one deletes the draft. */
export async function keepDraft(services: Services, c: Context<Env>, account: string): Promise<Response> {
  const form = await readForm(c);
  const place = readPlace(form);
  if (place === undefined) throw new WebProblem('not found');
  await c.get('keepAlive')();
  for (const name of await inputsAsSaved(services, place.form, form)) form.delete(name);
  const isEmpty = [...form.keys()].every((name) => NOT_TYPED.includes(name) || isSeen(name));
  if (isEmpty) await forgetDraft(c, services, place.form);
  else await keep(c, services, { account, place, sent: form });
  return c.body(null, 204);
}

/**
 * Names of inputs. `draft-id` is a version of a draft; without it, the draft of the named form that this tab continues
 * is meant.
 */
const REMOVED = 'draft-removed';
const DRAFT_ID = 'draft-id';
const SURE = 'sure';
/**
 * Names of query parameters of the list of drafts: which draft to delete, and that the button was pressed in the list.
 */
export const ASKED_DRAFT = 'ask';
export const CAME_FROM = 'from';

/**
 * Deletes a draft if its writer has confirmed it; otherwise leads to the page that shows the text and asks. Returns
 * where to go next: after the deletion, the page that has the form, unless the request names another one.
 */
export async function removeDraft(services: Services, c: Context<Env>, account: string): Promise<string> {
  const { drafts } = services.store.people;
  const sent = await readForm(c);
  const [form, id, then] = [REMOVED, DRAFT_ID, 'then'].map((name) => sent.get(name) ?? '') as Triple;
  const keeper = keeperOf(c, account);
  const kept = await drafts.listOf(keeper);
  const draft =
    id === '' ? draftOfTab(services, kept, { keeper, form, sent }) : kept.find((known) => idOfDraft(known) === id);
  if (sent.get(SURE) !== 'yes') {
    const from = then === paths.drafts() ? `&${CAME_FROM}=list` : '';
    return `${paths.drafts()}?${ASKED_DRAFT}=${draft === undefined ? id : idOfDraft(draft)}${from}`;
  }
  if (draft !== undefined) await drafts.removeRead(account, draft);
  const page = isOurs(then) ? then : (draft?.page ?? paths.drafts());
  if (id === '') return page;
  return draft === undefined ? addressDone(paths.drafts(), 'draft-stays') : addressDone(page, 'draft-gone');
}

interface OfTab {
  keeper: DraftKeeper;
  form: string;
  sent: URLSearchParams;
}

/** The draft of this tab, unless the browser's own draft fills the form; otherwise the first from another browser. */
function draftOfTab({ signing }: Services, kept: readonly Draft[], { keeper, form, sent }: OfTab): Draft | undefined {
  const ofForm = kept.filter((draft) => draft.form === form);
  const own = ofForm.find(({ browser }) => browser === keeper.browser);
  if (own !== undefined && !isOfAnotherTab(signing.sealOf(keeper.account), own, sent)) return own;
  const ofTab = keeperOfTab(keeper, sent)?.browser;
  return ofForm.find(({ browser }) => browser === ofTab) ?? (own === undefined ? ofForm[0] : undefined);
}

type Triple = [string, string, string];

/** Identifies one version of a draft: it changes with every word. It reveals nothing of what was typed. */
export function idOfDraft({ sealed }: Draft): string {
  return hashToken(sealed);
}

export function keeperOf(c: Context<Env>, account: string): DraftKeeper {
  return { browser: c.get('tokenHash'), account };
}

/**
 * Decrypts what was typed. A draft is sealed together with the address of its form, so a draft that somebody moved in
 * the database to another form, such as that of another child, is not shown.
 */
export function openDraft(seal: Seal, { form, sealed }: Draft): { values: URLSearchParams; tab?: string } | undefined {
  const text = seal.open(sealed);
  if (text === undefined) return undefined;
  const end = text.indexOf('\n');
  // Drafts from before 27 November 2026 do not contain the form. Drafts are kept for four days.
  if (end !== -1 && text.slice(0, end) !== form) return undefined;
  const values = new URLSearchParams(text.slice(end + 1));
  const tab = tabIn(values);
  values.delete(TAB);
  return { values, ...(tab !== undefined && { tab }) };
}

export interface OpenedDraft extends Draft {
  values: URLSearchParams;
}

/** The drafts that were read for a request, so that a page reads them only once. */
const readFor = new WeakMap<Context<Env>, Promise<DraftPlace[]>>();

/** For which forms on which pages the signed-in person has drafts. It does not read what was typed. */
export function placesOfDrafts(c: Context<Env>, { store }: Services): Promise<DraftPlace[]> {
  const isLook = c.req.method === 'GET';
  const known = isLook ? readFor.get(c) : undefined;
  if (known !== undefined) return known;
  const places = store.people.drafts.placesOf(keeperOf(c, c.get('person')?.id ?? ''));
  if (isLook) readFor.set(c, places);
  return places;
}

export async function readDrafts(c: Context<Env>, { store, signing }: Services): Promise<OpenedDraft[]> {
  const person = c.get('person');
  if (person === undefined) return [];
  const kept = await store.people.drafts.listOf(keeperOf(c, person.id));
  const seal = signing.sealOf(person.id);
  return kept.flatMap((draft) => {
    const opened = openDraft(seal, draft);
    return opened === undefined ? [] : [{ ...draft, values: opened.values }];
  });
}

/**
 * Ids of those consultations on whose desk pages this person has unsent text. `sent`: the form that has just arrived.
 */
export async function unsentOn(
  c: Context<Env>,
  services: Services,
  ids: readonly string[],
  sent?: string,
): Promise<Set<string>> {
  const person = c.get('person');
  if (person === undefined) return new Set();
  const kept = (await placesOfDrafts(c, services)).filter(({ form }) => form !== sent);
  const written = recordsOf(kept);
  return new Set(ids.filter((id) => written.has(id)));
}

/**
 * Whether a colleague has unsent text there. Nobody learns more than that; whoever takes a consultation over can then
 * ask for it first.
 */
export async function hasUnsent(services: Services, account: string, id: string): Promise<boolean> {
  return recordsOf(await services.store.people.drafts.placesOf({ browser: '', account })).has(id);
}

/** Ids of the consultations on whose desk pages the drafts were typed. */
function recordsOf(places: readonly DraftPlace[]): Set<string> {
  return new Set(places.flatMap(({ page }) => idIn(page, paths.deskRecord('')) ?? []));
}
