/**
 * Keeps what a signed-in person types: a draft on the server, sealed, for them alone. Only what differs from the page is kept, with what the
 * page had seen, so that a draft that comes back later undoes nobody's work. Without a script the forms are as they are.
 */
import { isOurs } from './answers.js';

const PAUSE_MS = 800;
const timers = new Map();
/** Forms that are on their way: what was typed into them is sent, not kept. */
const sent = new WeakSet();
const onTheirWay = new Set();

export function keepDrafts() {
  const address = document.body.dataset.drafts;
  if (address === undefined) return;
  const note = ({ target }) => {
    const { form } = target;
    if (isKept(form)) later(form, address);
  };
  document.addEventListener('input', note);
  document.addEventListener('change', note);
  document.addEventListener('submit', ({ target }) => {
    clearTimeout(timers.get(target));
    timers.delete(target);
    sent.add(target);
    flush(address);
  });
  // A tab that is closed or left does not wait for the pause.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') flush(address);
  });
  addEventListener('pagehide', () => flush(address));
}

function isKept(form) {
  if (form === null || form === undefined || form.method !== 'post') return false;
  if (form.hasAttribute('data-hx-post') || form.hasAttribute('data-leaves-page')) return false;
  return form.elements.token !== undefined && form.querySelector('input[type=password]') === null;
}

function later(form, address) {
  sent.delete(form);
  clearTimeout(timers.get(form));
  timers.set(
    form,
    setTimeout(() => begin(form, address), PAUSE_MS),
  );
}

function flush(address) {
  for (const form of [...timers.keys()]) begin(form, address);
}

/** Settles when all that is on its way has arrived, or not: the next page is asked for after it. */
export function draftsKept() {
  return Promise.all(onTheirWay);
}

function begin(form, address) {
  const keeping = keep(form, address).finally(() => onTheirWay.delete(keeping));
  onTheirWay.add(keeping);
}

async function keep(form, address) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  if (sent.has(form)) return;
  const body = new URLSearchParams({
    token: form.elements.token.value,
    'draft-form': form.elements.draft?.value ?? new URL(form.action).pathname,
    'draft-page': location.pathname,
  });
  for (const [name, value] of changedIn(form)) body.append(name, value);
  try {
    const response = await fetch(address, { method: 'POST', body, keepalive: true });
    if (!isOurs(response.headers) || (response.status !== 204 && response.status !== 401)) return;
    say(
      form,
      response.status === 204 ? `Kept at ${clock()}, not sent yet` : 'You were signed out. What you wrote is kept',
    );
    if (response.status === 204) form.dispatchEvent(new Event('front-door:kept', { bubbles: true }));
  } catch {
    // Tried again at the next letter; leaving the page asks meanwhile.
  }
}

/** Names and values: what was changed on this page or came back with it, and what the page had seen. */
function changedIn(form) {
  const back = new Set((form.dataset.draft ?? '').split(' '));
  const changed = new Map();
  for (const element of form.elements) {
    const { name } = element;
    if (name === '' || element.type === 'hidden') continue;
    if (back.has(name) || isChanged(element)) changed.set(name, []);
  }
  const data = new FormData(form);
  for (const name of changed.keys()) changed.set(name, data.getAll(name));
  const pairs = [...changed].flatMap(([name, values]) =>
    (values.length > 0 ? values : ['']).map((value) => [name, value]),
  );
  const seen = [...data].filter(([name]) => name === 'seen' || name.startsWith('seen-'));
  return pairs.length === 0 ? [] : [...pairs, ...seen];
}

function isChanged(element) {
  if (element.type === 'radio' || element.type === 'checkbox') return element.checked !== element.defaultChecked;
  if (element.tagName === 'SELECT')
    return [...element.options].some((option) => option.selected !== option.defaultSelected);
  return element.value !== element.defaultValue;
}

function clock() {
  return new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** Beside the buttons, for the eye: read out at each pause it would talk over whoever types. */
function say(form, words) {
  let line = form.querySelector(':scope > .fd-kept');
  if (line === null) {
    line = Object.assign(document.createElement('p'), { className: 'fd-kept fd-hint fd-no-print' });
    form.append(line);
  }
  line.textContent = words;
}
