/** What every page needs: focus on errors, care for what was typed in forms, and nothing folded on paper. */
import { sendWithCare } from './forms.js';

/** `settle`: what has to be done before a form leads to the next page. */
export function startPage(settle) {
  sendWithCare(settle);
  // What is wrong, or what was done.
  (document.querySelector('.govuk-error-summary') ?? document.getElementById('done'))?.focus();
  addEventListener('beforeprint', unfoldAll);
  tellPrints();
}

/** Who printed what is kept with the consultation. */
function tellPrints() {
  const printed = document.querySelector('[data-prints]');
  if (printed === null) return;
  addEventListener('beforeprint', () => {
    navigator.sendBeacon(printed.dataset.prints, new URLSearchParams({ token: printed.dataset.token }));
  });
}

/** Paper has nothing to unfold. */
function unfoldAll() {
  for (const folded of document.querySelectorAll('details:not(.fd-details--quiet):not([open])')) {
    folded.open = true;
    addEventListener('afterprint', () => (folded.open = false), { once: true });
  }
}
