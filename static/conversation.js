/**
 * The question form once a script runs. htmx sends it and puts the answer in; this moves the focus, keeps "none of these" alone, and
 * says so when nothing could be saved. Keys stand in `keys.js`.
 */
import { offerKeys } from './keys.js';
import { keepNoneAlone } from './ticks.js';

const open = () => document.getElementById('question');

document.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
  // A whole page came instead of the next question: the guidance changed, or something went wrong. Show all of it.
  if (!/^\s*<!doctype/i.test(ctx.text)) return;
  ctx.target = document.body;
  ctx.swap = 'innerHTML';
});

document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  showOpen();
  const target =
    document.querySelector('.govuk-error-summary') ??
    open()?.querySelector('h1') ??
    document.querySelector('main h1[tabindex]') ??
    document.querySelector('main');
  target?.focus({ preventScroll: target !== document.querySelector('main') });
  if (ctx.target === document.body) scrollTo(0, 0);
  else open()?.scrollIntoView({ block: 'start', behavior: isCalm() ? 'auto' : 'smooth' });
});

document.addEventListener('htmx:error', () => {
  const form = open()?.querySelector('form');
  if (form === null || form === undefined || form.querySelector('.fd-unsaved') !== null) return;
  const words =
    'Your answer was not saved. Check your connection, then press Continue again. What you entered is still here. You can ring without waiting.';
  form.append(
    Object.assign(document.createElement('p'), { className: 'fd-unsaved', role: 'alert', textContent: words }),
  );
});

function isCalm() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function showOpen() {
  keepNoneAlone(open());
  offerKeys(open());
}

showOpen();
