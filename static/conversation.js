/**
 * The question form once a script runs. htmx sends it and puts the answer in; this moves the focus and keeps "none of these" alone.
 * What is let in, and what is said when nothing could be saved, stands in `swaps.js`; keys stand in `keys.js`.
 */
import { offerKeys } from './keys.js';
import { letOnlyOursIn } from './swaps.js';
import { keepNoneAlone } from './ticks.js';

letOnlyOursIn();

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

function isCalm() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function showOpen() {
  keepNoneAlone(open());
  offerKeys(open());
}

showOpen();
