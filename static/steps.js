/**
 * When the step list saves itself: soon after a choice. The arrow keys choose each radio button that they pass, and an entry stays for ever,
 * so what they chose waits until they rest, or until the question is left.
 */
const SOON_MS = 150;
const SETTLED_MS = 1200;

export function saveWhenSettled(form) {
  let timer;
  let passing = false;
  let unsaved = false;
  const waits = () => timer !== undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const save = () => {
    stop();
    form.dispatchEvent(new Event('settled'));
  };
  form.addEventListener('keydown', ({ key }) => {
    passing = key.startsWith('Arrow');
  });
  for (const name of ['keyup', 'pointerdown'])
    form.addEventListener(name, () => {
      passing = false;
    });
  form.addEventListener('change', ({ target }) => {
    stop();
    unsaved = true;
    timer = setTimeout(save, passing && target.type === 'radio' ? SETTLED_MS : SOON_MS);
  });
  form.addEventListener('focusout', ({ target, relatedTarget }) => {
    if (waits() && target.name !== relatedTarget?.name) save();
  });
  form.addEventListener('submit', () => {
    stop();
    unsaved = false;
  });
  // An answer of the server that is older than the choice would take it back: only the numbers of the entries are taken from it, without
  // which the save that waits would look like that of an old page.
  document.addEventListener('htmx:before:swap', (event) => {
    if (!waits()) {
      unsaved = false;
      return;
    }
    event.preventDefault();
    const sent = new DOMParser().parseFromString(event.detail.ctx.text, 'text/html');
    for (const seen of sent.querySelectorAll('input[name^=seen-]')) {
      const mine = document.getElementById(seen.id);
      if (mine !== null) mine.value = seen.value;
    }
  });
  // Leaving the page breaks off what is on its way. The same sent twice is one entry.
  addEventListener('pagehide', () => {
    if (!unsaved) return;
    stop();
    const body = new URLSearchParams(new FormData(form));
    fetch(form.action, { method: 'POST', body, keepalive: true, redirect: 'manual' });
  });
}
