/**
 * Saves the step list shortly after a choice. Arrow keys select every radio button they pass, and log entries are permanent, so a choice made
 * with arrow keys is saved only after a pause, or when the focus leaves the question.
 */
const SOON_MS = 150;
const SETTLED_MS = 1200;

export function saveWhenSettled(form) {
  const saver = createSaver(form);
  let passing = false;
  let unsaved = false;
  form.addEventListener('keydown', ({ key }) => {
    passing = key.startsWith('Arrow');
  });
  for (const name of ['keyup', 'pointerdown'])
    form.addEventListener(name, () => {
      passing = false;
    });
  form.addEventListener('change', ({ target }) => {
    unsaved = true;
    saver.saveAfter(passing && target.type === 'radio' ? SETTLED_MS : SOON_MS);
  });
  form.addEventListener('focusout', ({ target, relatedTarget }) => {
    if (saver.isDue() && target.name !== relatedTarget?.name) saver.save();
  });
  // What was saved says so itself; what was kept before is no draft any more.
  form.addEventListener('htmx:after:swap', () => form.querySelector(':scope > .fd-kept')?.remove());
  form.addEventListener('submit', () => {
    saver.stop();
    unsaved = false;
  });
  // A response from before the latest choice would undo it.
  document.addEventListener('htmx:before:swap', (event) => {
    if (!saver.waits()) {
      unsaved = false;
      return;
    }
    event.preventDefault();
    takeEntryNumbers(event.detail.ctx.text, saver.sent());
  });
  // Leaving the page cancels requests in progress, so send again. Sending the same twice is recorded once.
  addEventListener('pagehide', () => {
    if (!unsaved) return;
    saver.stop();
    sendBeforeLeaving(form);
  });
}

function createSaver(form) {
  let timer;
  // One save at a time: a second one would carry the entry numbers from before the first, and be refused as outdated.
  let onItsWay = false;
  let again = false;
  let sent = new FormData(form);
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const save = () => {
    stop();
    if (onItsWay) again = true;
    else form.dispatchEvent(new Event('settled'));
  };
  form.addEventListener('htmx:before:request', () => {
    onItsWay = true;
    sent = new FormData(form);
  });
  form.addEventListener('htmx:finally:request', () => {
    onItsWay = false;
    if (!again) return;
    again = false;
    save();
  });
  return {
    save,
    stop,
    saveAfter(ms) {
      stop();
      timer = setTimeout(save, ms);
    },
    isDue: () => timer !== undefined,
    sent: () => sent,
    waits: () => timer !== undefined || again,
  };
}

/**
 * Takes only the entry numbers from a response, of the answers that were saved as this page sent them: without them the pending save would be
 * refused as coming from an outdated page. What somebody else answered is not shown here yet, so its number is not taken.
 */
function takeEntryNumbers(html, sent) {
  const answer = new DOMParser().parseFromString(html, 'text/html');
  for (const seen of answer.querySelectorAll('input[name^=seen-]')) {
    const mine = document.getElementById(seen.id);
    const question = seen.name.slice('seen-'.length);
    if (mine !== null && String(valuesIn(answer, question)) === String(sent.getAll(question))) mine.value = seen.value;
  }
}

function valuesIn(page, name) {
  const inputs = [...page.querySelectorAll('input, textarea')].filter((input) => input.name === name);
  const isSent = ({ type, checked }) => checked || (type !== 'radio' && type !== 'checkbox');
  return inputs.filter(isSent).map(({ value }) => value);
}

function sendBeforeLeaving(form) {
  const body = new URLSearchParams(new FormData(form));
  fetch(form.action, { method: 'POST', body, keepalive: true, redirect: 'manual' });
}
