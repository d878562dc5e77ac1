/**
 * Sends forms with fetch and leaves the page only for a response from our server, so that nothing typed is lost. Not used for forms with
 * `data-hx-post`, which htmx sends; but for those that htmx only saves while they are typed (`data-saves-itself`). Forms with
 * `data-leaves-page` lead to search results or a file: what is typed into them is nothing that anybody wants kept.
 */
import { LARGEST_BODY } from '../server/base/largest-body.ts';
import { describeForeign, isOurs, MARK, problemIn, say, unsay } from './answers.js';
import { STILL_SENDING, whileSlow } from './slow.js';
import { offerToTake } from './take.js';

const TOO_LARGE = 'Not sent: that is more than fits. Shorten it, or send it in parts. It is still here.';

const changed = new Set();
let leaving = false;
let settleFirst;

/** Address of the page as it is shown; a way back to another one loads that one anew. */
const shown = location.pathname + location.search;

/** `settle`: what has to be done before the next page is shown. */
export function sendWithCare(settle) {
  settleFirst = settle;
  addEventListener('popstate', () => {
    if (location.pathname + location.search !== shown) location.reload();
  });
  document.addEventListener('input', ({ target }) => note(target));
  document.addEventListener('change', ({ target }) => note(target));
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !isCareful(form)) {
      changed.delete(form);
      return;
    }
    event.preventDefault();
    send(form, event.submitter);
  });
  addEventListener('beforeunload', (event) => {
    if (!leaving && [...changed].some((form) => form.isConnected)) event.preventDefault();
  });
}

/** A draft of it is kept on the server: leaving the page loses nothing. */
document.addEventListener('front-door:kept', ({ target }) => changed.delete(target));

/** "Exit this page" must never show a prompt. */
document.addEventListener('front-door:leave', () => {
  leaving = true;
});

function isCareful(form) {
  const isOfHtmx = form.hasAttribute('data-hx-post') && !form.hasAttribute('data-saves-itself');
  if (isOfHtmx || form.method === 'dialog') return false;
  // Another form of the page holds unsaved text: only the browser itself can ask whether to leave.
  return !leadsAway(form) || ![...changed].some((other) => other !== form && other.isConnected);
}

function leadsAway(form) {
  return form.method === 'get' || form.hasAttribute('data-leaves-page');
}

function note(target) {
  const { form } = target;
  if (form === null || form === undefined || form.method !== 'post' || form.hasAttribute('data-leaves-page')) return;
  if (target.matches('textarea, input[type=text], input:not([type])')) changed.add(form);
}

async function send(form, submitter) {
  if (form.dataset.sending !== undefined) return;
  form.dataset.sending = '';
  const { to, body } = requestOf(form, submitter);
  // If a form is too large, the server closes the connection early and the browser cannot tell why.
  if (body !== undefined && body.toString().length > LARGEST_BODY) {
    delete form.dataset.sending;
    return say(form, TOO_LARGE);
  }
  const answered = whileSlow(STILL_SENDING, (words) => say(form, words));
  try {
    const headers = { [MARK]: 'form' };
    const response = await fetch(to, { method: form.method, body, headers, redirect: 'manual' });
    if (!isOurs(response.headers)) return fail(form, response.status);
    await settleFirst();
    await show({ form, submitter }, response, to);
  } catch {
    fail(form, undefined);
  } finally {
    answered();
    delete form.dataset.sending;
  }
}

/** What the browser itself would send: a form with the method GET has its fields in the address. */
function requestOf(form, submitter) {
  const to = new URL(submitter?.getAttribute('formaction') ?? form.action, location.href);
  const fields = new URLSearchParams(new FormData(form, submitter));
  if (form.method === 'post') return { to, body: fields };
  to.search = fields;
  return { to, body: undefined };
}

function fail(form, status) {
  say(form, `Not sent. ${describeForeign(status)} What you entered is still here. Press the button again.`);
  form.dispatchEvent(new Event('front-door:not-sent', { bubbles: true }));
}

/** Goes to where our server redirects, or shows the page or keeps the file in the response. */
async function show({ form, submitter }, response, from) {
  const to = response.headers.get(`${MARK}-Location`);
  if (to === null && response.status === 413) return say(form, TOO_LARGE);
  const file = nameOfFile(response);
  if (file !== undefined) {
    saveFile(file, await response.blob());
    return unsay(form);
  }
  const page = to === null ? await response.text() : undefined;
  const isKept = changed.has(form) || leadsAway(form);
  const problem = page === undefined || !isKept ? undefined : problemIn(page);
  if (problem !== undefined) {
    say(form, `Not sent. ${problem} What you entered is still here.`);
    offerToTake(form, page, () => form.requestSubmit(submitter));
    form.dispatchEvent(new Event('front-door:not-sent', { bubbles: true }));
    return;
  }
  unsay(form);
  changed.delete(form);
  if (to !== null) return goTo(to);
  leaving = true;
  // Search results have an address of their own: "Back" leads to where they were asked for.
  if (leadsAway(form)) history.pushState(null, '', from);
  document.open();
  document.write(page);
  document.close();
  // A page that is written keeps how far the one before was scrolled, and begins with what matters most, such as 999. What was refused gets
  // the focus afterwards, and comes into sight by that.
  scrollTo(0, 0);
}

function nameOfFile(response) {
  return /^attachment; filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
}

function saveFile(name, content) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(content), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Going to another fragment of the same page would only scroll, so this reloads it. */
function goTo(to) {
  leaving = true;
  const url = new URL(to, location.href);
  const isSamePage = url.pathname === location.pathname && url.search === location.search;
  location.assign(url);
  if (isSamePage && url.hash !== '') location.reload();
}
