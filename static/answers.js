/**
 * Recognises our own server's responses by their header `Front-Door`. A proxy's error page, a guest Wi-Fi's sign-in page or a failed request
 * must never replace what somebody is reading or typing.
 */
export const MARK = 'Front-Door';

/** @param {Headers} headers */
export function isOurs(headers) {
  return headers.get(MARK) !== null;
}

/** Status of a redirect that was not followed: our server never sends one to a script. */
const REDIRECT = 0;

/** Message for a response that is not ours. `status`: undefined if there was no response. */
export function describeForeign(status) {
  if (status === undefined) return 'There is no connection at the moment.';
  if (status === REDIRECT)
    return 'Something on your network wants you to sign in first. Open Front Door in another tab and sign in there.';
  if (status === 413) return 'That is more text than the network lets through.';
  if (status === 429) return 'The network says: too many at once. Wait a minute.';
  if (status >= 500) return 'Front Door cannot be reached at the moment. It may be starting again.';
  return 'Something on your network answered in place of Front Door. A guest Wi-Fi may want you to sign in first.';
}

/** The words of an error page of ours, such as "We cannot save anything at the moment": it must not replace what was typed. */
export function problemIn(page) {
  const title = new DOMParser().parseFromString(page, 'text/html').querySelector('h1[data-problem]');
  if (title === null) return undefined;
  const words = [...title.parentElement.querySelectorAll(':scope > p')].map((line) => line.textContent.trim());
  return [`${title.textContent.trim()}.`, ...words].join(' ');
}

/** Whether to retry automatically: the response is not from our server, and waiting may help. */
export function mayTryAgain(status) {
  return status === undefined || status === 502 || status === 503 || status === 504;
}

const WAITS_MS = [2000, 5000, 10_000];

/** Milliseconds to wait before retry number `tries` (from 1), or undefined to give up. */
export function waitBefore(tries) {
  return WAITS_MS[tries - 1];
}

/** English sentence → its translation, on a page in another language. */
const WORDS = JSON.parse(document.body?.dataset.words ?? '{}');

/** Sentence by sentence, in the language of the page. A sentence without a translation stays as it is. */
export function inLanguageOfPage(words) {
  if (Object.keys(WORDS).length === 0) return words;
  const sentences = words.match(/[^.]+\.?/g) ?? [];
  return sentences
    .map((sentence) => {
      const [number = ''] = sentence.match(/\d+/) ?? [];
      const known = WORDS[sentence.trim().replace(number || '{n}', '{n}')];
      return known === undefined ? sentence.trim() : known.replace('{n}', number);
    })
    .join(' ');
}

/** Shows a notice in a form or part of a page, replacing the previous one. Screen readers announce it. */
export function say(place, words) {
  let notice = place.querySelector(':scope > .fd-unsaved');
  if (notice === null) {
    notice = Object.assign(document.createElement('p'), { className: 'fd-unsaved' });
    notice.setAttribute('role', 'alert');
    place.append(notice);
  }
  notice.textContent = inLanguageOfPage(words);
}

export function unsay(place) {
  place?.querySelector(':scope > .fd-unsaved')?.remove();
}
