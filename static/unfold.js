/**
 * Unfolds in place what stands on the page with everything (`a.fd-fold`). The first tap fetches all of it at once, so that the next ones need
 * no network. Without this script each is a link to its part of that page.
 */
import { describeForeign, isOurs, MARK } from './answers.js';
import { offerCopies } from './copy.js';
import { whileSlow } from './slow.js';

const FOLDED = 'a.fd-fold';
const PART = { [MARK]: 'part' };

document.addEventListener('click', (event) => {
  const link = event.target.closest?.(FOLDED);
  const isOwnTab = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (link === null || link === undefined || isOwnTab) return;
  event.preventDefault();
  unfold(link);
});

async function unfold(link) {
  if (link.ariaBusy === 'true') return;
  link.ariaBusy = 'true';
  const answered = whileSlow('Still loading. The line is slow.', (words) => tell(link, words));
  const { response, html } = await load(link.href);
  answered();
  link.removeAttribute('aria-busy');
  if (response === undefined || !isOurs(response.headers)) return tell(link, notLoaded(response?.status));
  // Such as that the guidance was withdrawn meanwhile: our own server has something else to say, on a page.
  if (!response.ok || response.headers.get(`${MARK}-Location`) !== null) return location.assign(link.href);
  putIn(html);
  open(link.id);
}

/** Nothing if there was no response, or it broke off. */
async function load(url) {
  try {
    // Our server says in words where to go, so a redirect is that of a network that wants somebody to sign in.
    const response = await fetch(url, { headers: PART, redirect: 'manual' });
    return { response, html: await response.text() };
  } catch {
    return {};
  }
}

const notLoaded = (status) => `Not loaded. ${describeForeign(status)} Press it again.`;

/** Below the heading that was pressed. */
function tell(link, words) {
  let notice = link.nextElementSibling;
  if (!notice?.classList.contains('fd-unsaved')) {
    notice = Object.assign(document.createElement('p'), { className: 'fd-unsaved' });
    notice.setAttribute('role', 'alert');
    link.after(notice);
  }
  notice.textContent = words;
}

/** Puts each section in place of its link, folded. */
function putIn(html) {
  const fetched = new DOMParser().parseFromString(html, 'text/html');
  for (const link of document.querySelectorAll(FOLDED)) {
    const section = fetched.getElementById(link.id);
    if (section === null) continue;
    if (link.nextElementSibling?.classList.contains('fd-unsaved')) link.nextElementSibling.remove();
    link.replaceWith(document.adoptNode(section));
  }
  document.querySelector('[data-elsewhere]')?.remove();
  offerCopies();
}

function open(id) {
  const section = document.getElementById(id);
  section.open = true;
  section.querySelector('summary').focus();
}

// The browser prints what is there when this ends, so it cannot wait for an answer that comes later.
addEventListener('beforeprint', () => {
  const link = document.querySelector(FOLDED);
  if (link === null) return;
  const request = new XMLHttpRequest();
  request.open('GET', link.href, false);
  request.setRequestHeader(MARK, PART[MARK]);
  try {
    request.send();
    if (request.status === 200 && request.getResponseHeader(MARK) !== null) putIn(request.responseText);
  } catch {
    // The paper says what is not on it.
  }
});
