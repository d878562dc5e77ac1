/** Script for every page: moves focus to errors, protects what was typed in forms, and copies text. All pages work without it. */
import { inLanguageOfPage } from './answers.js';
import { keepDrafts } from './drafts.js';
import { sendWithCare } from './forms.js';

sendWithCare();
keepDrafts();
document.querySelector('.govuk-error-summary')?.focus();

for (const button of document.querySelectorAll('[data-copy]')) {
  if (navigator.clipboard === undefined) break;
  button.hidden = false;
  button.addEventListener('click', () => copy(button));
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.dataset.state = inLanguageOfPage('Copied');
    button.dataset.done = 'yes';
  } catch {
    button.dataset.state = inLanguageOfPage('Not copied: select it by hand');
    button.dataset.done = 'no';
  }
  // Visible beside the button. A live region, if the page has one, announces which text was copied.
  const live = document.getElementById('copied');
  let said = button.nextElementSibling;
  if (!said?.classList.contains('fd-copied')) {
    said = Object.assign(document.createElement('span'), { className: 'fd-copied' });
    if (live === null) said.setAttribute('role', 'status');
    button.after(said);
  }
  said.textContent = button.dataset.state;
  if (live !== null) live.textContent = button.dataset.done === 'yes' ? button.dataset.copied : button.dataset.state;
}

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
