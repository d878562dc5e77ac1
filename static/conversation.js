/**
 * Script for the question form. htmx sends it and swaps in the response; this moves the focus and handles "none of these". See `swaps.js`
 * for which responses are accepted and for failures, and `keys.js` for keyboard shortcuts.
 */
import { offerKeys } from './keys.js';
import { helpWithLongList } from './long-list.js';
import { letOnlyOursIn } from './swaps.js';
import { keepNoneAlone, tellTicks } from './ticks.js';

letOnlyOursIn();

const open = () => document.getElementById('question');

document.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
  // The response is a whole page and not the next question: the guidance changed, or there was an error. Show the whole page.
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
  tellTicks(open());
  helpWithLongList(open());
  offerKeys(open());
}

showOpen();
