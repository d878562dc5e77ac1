/**
 * Sends forms with fetch and leaves the page only for a response from our server, so that nothing typed is lost. Not used for forms with
 * `data-leaves-page`, which lead to search results or a file, nor for forms with `data-hx-post`, which htmx sends; but for those that htmx only
 * saves while they are typed (`data-saves-itself`).
 */
import { LARGEST_BODY } from '../server/base/limits.ts';
import { describeForeign, isOurs, MARK, say, unsay } from './answers.js';
import { draftsKept } from './drafts.js';
import { STILL_SENDING, whileSlow } from './slow.js';

const TOO_LARGE = 'Not sent: that is more than fits. Shorten it, or send it in parts. It is still here.';

const changed = new Set();
let leaving = false;

export function sendWithCare() {
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
  return form.method === 'post' && !form.hasAttribute('data-leaves-page') && !isOfHtmx;
}

function note(target) {
  const { form } = target;
  if (form === null || form === undefined || form.method !== 'post' || form.hasAttribute('data-leaves-page')) return;
  if (target.matches('textarea, input[type=text], input:not([type])')) changed.add(form);
}

async function send(form, submitter) {
  if (form.dataset.sending !== undefined) return;
  form.dataset.sending = '';
  const action = submitter?.getAttribute('formaction') ?? form.action;
  const body = new URLSearchParams(new FormData(form, submitter));
  // If a form is too large, the server closes the connection early and the browser cannot tell why.
  if (body.toString().length > LARGEST_BODY) {
    delete form.dataset.sending;
    return say(form, TOO_LARGE);
  }
  const answered = whileSlow(STILL_SENDING, (words) => say(form, words));
  try {
    const response = await fetch(action, { method: 'POST', body, headers: { [MARK]: 'form' } });
    if (!isOurs(response.headers)) return fail(form, response.status);
    await draftsKept();
    await show(form, response);
  } catch {
    fail(form, undefined);
  } finally {
    answered();
    delete form.dataset.sending;
  }
}

function fail(form, status) {
  say(form, `Not sent. ${describeForeign(status)} What you entered is still here. Press the button again.`);
}

/** Goes to where our server redirects, or shows the page in the response. */
async function show(form, response) {
  const to = response.headers.get(`${MARK}-Location`);
  if (to === null && response.status === 413) return say(form, TOO_LARGE);
  const page = to === null ? await response.text() : undefined;
  const problem = page === undefined || !changed.has(form) ? undefined : problemIn(page);
  if (problem !== undefined) return say(form, `Not sent. ${problem} What you entered is still here.`);
  unsay(form);
  changed.delete(form);
  if (to !== null) return goTo(to);
  leaving = true;
  document.open();
  document.write(page);
  document.close();
}

/** The words of our own error page, such as "We cannot save anything at the moment": it must not replace what was typed. */
function problemIn(page) {
  const title = new DOMParser().parseFromString(page, 'text/html').querySelector('h1[data-problem]');
  if (title === null) return undefined;
  const words = [...title.parentElement.querySelectorAll(':scope > p')].map((line) => line.textContent.trim());
  return [`${title.textContent.trim()}.`, ...words].join(' ');
}

/** Going to another fragment of the same page would only scroll, so this reloads it. */
function goTo(to) {
  leaving = true;
  const url = new URL(to, location.href);
  const isSamePage = url.pathname === location.pathname && url.search === location.search;
  location.assign(url);
  if (isSamePage && url.hash !== '') location.reload();
}
