/**
 * Lets htmx swap in only responses from our own server. Otherwise the page stays as it is, says what happened, and retries where that is
 * safe: a form sent twice is recorded once, and loading part of a page changes nothing.
 */
import { describeForeign, isOurs, MARK, mayTryAgain, problemIn, say, unsay, waitBefore } from './answers.js';
import { STILL_SENDING, whileSlow } from './slow.js';
import { offerToTake } from './take.js';

const KEPT = 'What you entered is still here.';
const tries = new WeakMap();
const stale = new WeakMap();
/** What is being sent → what ends its waiting. */
const waiting = new WeakMap();

export function letOnlyOursIn() {
  document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
    const source = ctx.sourceElement;
    // Where a network wants somebody to sign in is no part of our page.
    ctx.request.redirect = 'manual';
    // Whom this page was made for: somebody else may have signed in since.
    const token = document.querySelector('input[name=token]')?.value;
    if (token !== undefined) ctx.request.headers[`${MARK}-Page`] = token;
    if (ctx.request.method === 'GET' || source.matches('[data-follows]')) return;
    waiting.get(source)?.();
    waiting.set(
      source,
      whileSlow(STILL_SENDING, (words) => say(placeOf(source), words)),
    );
  });
  document.addEventListener('htmx:before:response', (event) => {
    const { ctx } = event.detail;
    waiting.get(ctx.sourceElement)?.();
    // Our own "wait a minute" would take the place of what was typed, too.
    const isStale = ctx.request.method === 'GET' && isOfAnother(ctx.response.headers);
    if (isOurs(ctx.response.headers) && ctx.response.status !== 429 && !isStale) return succeed(ctx.sourceElement);
    // Otherwise htmx would act on headers of the foreign response.
    ctx.hx = {};
    event.preventDefault();
    fail(
      ctx,
      ctx.response.status,
      isStale ? 'Somebody else has signed in here since. Load this page again.' : undefined,
    );
  });
  document.addEventListener('htmx:error', ({ detail: { ctx } }) => {
    if (ctx === undefined) return;
    waiting.get(ctx.sourceElement)?.();
    fail(ctx, undefined);
  });
}

function succeed(source) {
  tries.delete(source);
  unsay(placeOf(source));
  stale.get(source)?.notice.remove();
  stale.delete(source);
}

/** Our own answer to a page that was made for one person while another is signed in. */
function isOfAnother(headers) {
  return headers.get(`${MARK}-Kept`) === 'for another';
}

/** A whole page in place of a part of one. What was typed stays, with its words beside it; where nothing was sent, the page is loaded anew. */
export function showProblem({ text, sourceElement, request }) {
  const problem = request.method === 'GET' ? undefined : problemIn(text);
  if (problem === undefined) return location.reload();
  const place = placeOf(sourceElement);
  say(place, `Your answer was not saved. ${problem} ${KEPT}`);
  offerToTake(place, text, () => send(sourceElement));
  place.dispatchEvent(new Event('front-door:not-sent', { bubbles: true }));
}

function fail(ctx, status, words = describeForeign(status)) {
  const source = ctx.sourceElement;
  // What only follows a form saves nothing: the next change asks again.
  if (ctx.request?.method === 'GET' || source.matches('[data-follows]')) return markStale(source, words);
  const count = (tries.get(source) ?? 0) + 1;
  const wait = mayTryAgain(status) ? waitBefore(count) : undefined;
  const next =
    wait === undefined ? 'Press the button again when it is back.' : `Trying again in ${wait / 1000} seconds.`;
  say(placeOf(source), `Your answer was not saved. ${words} ${KEPT} ${next} You can ring without waiting.`);
  placeOf(source).dispatchEvent(new Event('front-door:not-sent', { bubbles: true }));
  if (wait === undefined) return tries.delete(source);
  tries.set(source, count);
  setTimeout(() => sendAgain(source), wait);
}

function sendAgain(source) {
  // The person may have pressed the button meanwhile, or the question may have changed.
  if (source.isConnected && tries.has(source)) send(source);
}

function send(source) {
  if (source.matches('.fd-steps, .fd-handover-sheet')) source.dispatchEvent(new Event('settled'));
  else source.requestSubmit();
}

function placeOf(source) {
  return source.closest('form') ?? source;
}

/** For parts that refresh themselves: says how old the shown content is, and why, until the next refresh succeeds. */
function markStale(source, why) {
  if (!stale.has(source)) stale.set(source, makeNotice(source));
  const { notice, since } = stale.get(source);
  const words = `Not up to date since ${since}. ${why} This page keeps trying.`;
  // The same words once more would be read out once more.
  if (notice.textContent !== words) notice.textContent = words;
}

function makeNotice(source) {
  const notice = Object.assign(document.createElement('p'), { className: 'fd-unsaved' });
  notice.setAttribute('role', 'status');
  source.before(notice);
  return { notice, since: new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }) };
}
