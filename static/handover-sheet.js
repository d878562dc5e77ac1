/**
 * Script for the hand-over sheet: saves it while it is typed, shortly after a pause. It never changes what is being typed: only the line that
 * says when it was saved comes back. Without the script, the button at the end saves.
 */
import { describeForeign, isOurs, MARK, say } from './answers.js';
import { letOnlyOursIn, showProblem } from './swaps.js';

const PAUSE_MS = 900;

letOnlyOursIn();

const form = document.querySelector('.fd-handover-sheet');
let timer;
let unsaved = false;

form?.addEventListener('input', () => {
  unsaved = true;
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE_MS);
});
form?.addEventListener('focusout', () => {
  if (timer !== undefined) save();
});
form?.addEventListener('submit', stop);

function stop() {
  clearTimeout(timer);
  timer = undefined;
}

function save() {
  stop();
  form.dispatchEvent(new Event('settled'));
}

document.addEventListener('htmx:before:swap', (event) => {
  // A whole page, such as the open question: what was typed is saved, or stays here until it can be.
  if (!/^\s*<!doctype/i.test(event.detail.ctx.text)) return;
  event.preventDefault();
  showProblem(event.detail.ctx);
});
document.addEventListener('htmx:after:swap', () => {
  if (timer !== undefined) return;
  unsaved = false;
  form.dispatchEvent(new Event('front-door:kept', { bubbles: true }));
});

// Leaving the page cancels what is on its way, so it is sent once more. The same sent twice is saved once.
addEventListener('pagehide', () => {
  if (!unsaved) return;
  stop();
  const body = new URLSearchParams(new FormData(form));
  fetch(form.action, { method: 'POST', body, keepalive: true, redirect: 'manual' });
});

// The files are made of what is saved: a last word that was typed a moment ago belongs in them.
for (const link of document.querySelectorAll('.fd-handover-sheet-files a'))
  link.addEventListener('click', async (event) => {
    if (!unsaved) return;
    event.preventDefault();
    stop();
    const body = new URLSearchParams(new FormData(form));
    const sent = { method: 'POST', body, headers: { [MARK]: 'form' }, redirect: 'manual' };
    const response = await fetch(form.action, sent).catch(() => undefined);
    if (response === undefined || !isOurs(response.headers))
      return say(
        form,
        `Your answer was not saved. ${describeForeign(response?.status)} What you entered is still here.`,
      );
    unsaved = false;
    location.assign(link.href);
  });
