/** Buttons that copy a text. They are hidden where there is no script, since copying needs one. */
import { inLanguageOfPage } from './answers.js';

/** Shows those that are still hidden; also called for parts that come into the page later. */
export function offerCopies() {
  if (navigator.clipboard === undefined) return;
  for (const button of document.querySelectorAll('[data-copy][hidden]')) {
    button.hidden = false;
    button.addEventListener('click', () => copy(button));
  }
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
