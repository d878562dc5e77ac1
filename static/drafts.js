/**
 * Saves what a signed-in person types as an encrypted draft on the server, which only they can read. A draft holds only the changed fields
 * and the entry numbers the page had seen, so restoring it later cannot undo somebody else's work. Without a script, forms work without drafts.
 */
import { describeForeign, isOurs } from './answers.js';

const PAUSE_MS = 400;
/** Somebody who types without a pause is kept as often as this. */
const LONGEST_MS = 2000;
const AGAIN_MS = 10_000;
const LARGEST_KEPT_ALIVE = 60_000;
/** A form that is sent, and a link that is followed, wait so long for its draft: one that arrived afterwards would stand there as not sent. */
const WAIT_MS = 1500;
/** Of this page, so that the same form in two tabs is two drafts. It says nothing of who types, and is kept nowhere but in their draft. */
const TAB = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16)).join('');
const timers = new Map();
/** Form → since when something in it is not kept. */
const since = new Map();
/** Forms being submitted, which need no draft. */
const sent = new WeakSet();
const onTheirWay = new Set();

export function keepDrafts() {
  const address = document.body.dataset.drafts;
  if (address === undefined) return;
  const note = ({ target }) => {
    const { form } = target;
    if (!isKept(form)) return;
    nameTab(form);
    later(form, address);
  };
  // Before the form is read by whoever sends it.
  document.addEventListener('submit', ({ target }) => isKept(target) && nameTab(target), true);
  document.addEventListener('input', note);
  document.addEventListener('change', note);
  document.addEventListener('submit', ({ target }) => {
    clearTimeout(timers.get(target));
    timers.delete(target);
    sent.add(target);
    flush(address);
  });
  // It did not arrive: what it holds is kept as before.
  document.addEventListener('front-door:not-sent', ({ target }) => {
    if (isKept(target)) later(target, address);
  });
  document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
    if (onTheirWay.size === 0 || !isKept(ctx.sourceElement)) return;
    ctx.fetch = async (to, request) => {
      await keptOrLate();
      return fetch(to, request);
    };
  });
  // Save at once when the page is closed or left, instead of waiting for a pause. The first event comes before the next page is asked for.
  addEventListener('beforeunload', () => flush(address));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') flush(address);
  });
  addEventListener('pagehide', () => flush(address));
  document.addEventListener('click', (event) => followWhenKept(event, address));
}

/** The next page may have the same form: it is asked for when the text is there. */
async function followWhenKept(event, address) {
  const link = event.target.closest?.('a[href]');
  if (event.defaultPrevented || link === null || link === undefined || !leadsFromHere(event, link)) return;
  flush(address);
  if (onTheirWay.size === 0) return;
  event.preventDefault();
  await keptOrLate();
  location.assign(link.href);
}

function leadsFromHere(event, link) {
  const isOwnTab = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (isOwnTab || link.target !== '' || link.hasAttribute('download')) return false;
  const isSamePage = link.pathname === location.pathname && link.search === location.search && link.hash !== '';
  return link.origin === location.origin && !isSamePage;
}

function keptOrLate() {
  return Promise.race([draftsKept(), new Promise((resolve) => setTimeout(resolve, WAIT_MS))]);
}

function isKept(form) {
  if (!(form instanceof HTMLFormElement) || form.method !== 'post') return false;
  // The questions of a call save themselves, and what is typed until then is kept like anything else; of a conversation of the public nothing is.
  if (form.hasAttribute('data-leaves-page') || (form.hasAttribute('data-hx-post') && !form.elements.draft))
    return false;
  return form.elements.token !== undefined && form.querySelector('input[type=password]') === null;
}

/** The server then knows which draft goes when the form is sent. */
function nameTab(form) {
  if (form.elements['draft-tab'] !== undefined) return;
  form.append(
    Object.assign(document.createElement('input'), { type: 'hidden', name: 'draft-tab', value: tabOf(form) }),
  );
}

/** A form that was filled from a draft goes on with that. */
function tabOf(form) {
  return form.dataset.draftTab ?? TAB;
}

function later(form, address, wait = PAUSE_MS) {
  sent.delete(form);
  clearTimeout(timers.get(form));
  if (!since.has(form)) since.set(form, Date.now());
  const left = Math.max(0, since.get(form) + LONGEST_MS - Date.now());
  timers.set(
    form,
    setTimeout(() => begin(form, address), wait === PAUSE_MS ? Math.min(wait, left) : wait),
  );
}

function flush(address) {
  for (const form of [...timers.keys()]) begin(form, address);
}

/** Resolves when all pending drafts are saved or have failed. Load the next page only after that. */
export function draftsKept() {
  return Promise.all(onTheirWay);
}

function begin(form, address) {
  const keeping = keep(form, address).finally(() => onTheirWay.delete(keeping));
  onTheirWay.add(keeping);
}

async function keep(form, address) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  since.delete(form);
  if (sent.has(form)) return;
  const body = new URLSearchParams({
    token: form.elements.token.value,
    'draft-form': form.elements.draft?.value ?? new URL(form.action).pathname,
    'draft-tab': tabOf(form),
    // A form can be on the page only because its address asks for it.
    'draft-page': location.pathname + location.search,
  });
  for (const [name, value] of changedIn(form)) body.append(name, value);
  try {
    // Browsers send nothing larger than this after the page is left.
    const keepalive = body.toString().length < LARGEST_KEPT_ALIVE;
    const response = await fetch(address, { method: 'POST', body, keepalive, redirect: 'manual' });
    if (!isOurs(response.headers)) return notKept(form, address, response.status);
    if (![204, 401, 403].includes(response.status)) return;
    say(form, response.status === 204 ? `Kept at ${clock()}, not sent yet` : describeLate(response.headers));
    if (response.status === 204) form.dispatchEvent(new Event('front-door:kept', { bubbles: true }));
  } catch {
    notKept(form, address, undefined);
  }
}

/** Until it can be kept, leaving the page asks first. */
function notKept(form, address, status) {
  if (!form.isConnected || sent.has(form) || timers.has(form)) return;
  say(form, `Not kept on the server since ${clock()}. ${describeForeign(status)} This page keeps trying.`);
  later(form, address, AGAIN_MS);
}

/** Names and values of the changed and restored fields, and of the fields that say what the page had seen. */
function changedIn(form) {
  const back = new Set((form.dataset.draft ?? '').split(' '));
  const changed = new Map();
  for (const element of form.elements) {
    const { name } = element;
    if (name === '' || element.type === 'hidden') continue;
    if (back.has(name) || isChanged(element)) changed.set(name, []);
  }
  const data = new FormData(form);
  for (const name of changed.keys()) changed.set(name, data.getAll(name));
  const pairs = [...changed].flatMap(([name, values]) =>
    (values.length > 0 ? values : ['']).map((value) => [name, value]),
  );
  const seen = [...data].filter(([name]) => name === 'seen' || name.startsWith('seen-'));
  return pairs.length === 0 ? [] : [...pairs, ...seen];
}

function isChanged(element) {
  if (element.type === 'radio' || element.type === 'checkbox') return element.checked !== element.defaultChecked;
  if (element.tagName === 'SELECT')
    return [...element.options].some((option) => option.selected !== option.defaultSelected);
  return element.value !== element.defaultValue;
}

/** Whoever the page was made for: nobody is signed in any more, or somebody else. */
function describeLate(headers) {
  const kept = headers.get('Front-Door-Kept');
  if (kept === 'for another')
    return 'Somebody else has signed in here since. What is written here is kept for whoever opened this page, and for nobody else';
  if (kept === 'yes') return 'You were signed out. What you wrote is kept';
  return 'You were signed out, and what you write now is not kept. Sign in in another tab, and then go on here';
}

function clock() {
  return new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** Visible beside the buttons, but not announced: a screen reader would interrupt the person at every pause. */
function say(form, words) {
  let line = form.querySelector(':scope > .fd-kept');
  if (line === null) {
    line = Object.assign(document.createElement('p'), { className: 'fd-kept fd-hint fd-no-print' });
    form.append(line);
  }
  line.textContent = words;
}
