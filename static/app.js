/**
 * Script for every page: moves focus to errors, protects what was typed in forms, copies text, and unfolds what stands on a page of its own.
 * All pages work without it.
 */
import { offerCopies } from './copy.js';
import { keepDrafts } from './drafts.js';
import { sendWithCare } from './forms.js';
// Before the listener below: what it fetches for paper has to be unfolded there.
import './unfold.js';

sendWithCare();
keepDrafts();
document.querySelector('.govuk-error-summary')?.focus();

offerCopies();

// Who printed what is kept with the consultation.
const printed = document.querySelector('[data-prints]');
if (printed !== null)
  addEventListener('beforeprint', () => {
    navigator.sendBeacon(printed.dataset.prints, new URLSearchParams({ token: printed.dataset.token }));
  });

// Paper has nothing to unfold.
addEventListener('beforeprint', () => {
  for (const folded of document.querySelectorAll('details:not(.fd-details--quiet):not([open])')) {
    folded.open = true;
    addEventListener('afterprint', () => (folded.open = false), { once: true });
  }
});
