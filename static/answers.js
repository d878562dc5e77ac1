/**
 * Which answers are ours, and what to say when one is not. A proxy's error page, a guest Wi-Fi's sign-in page or nothing at all must never
 * take the place of what somebody is reading or typing. Our server marks each answer with the header `Front-Door`.
 */
export const MARK = 'Front-Door';

/** @param {Headers} headers */
export function isOurs(headers) {
  return headers.get(MARK) !== null;
}

/** Plain words for an answer that is not ours. `status` undefined: nothing came at all. */
export function describeForeign(status) {
  if (status === undefined) return 'There is no connection at the moment.';
  if (status === 413) return 'That is more text than the network lets through.';
  if (status === 429) return 'The network says: too many at once. Wait a minute.';
  if (status >= 500) return 'Front Door cannot be reached at the moment. It may be starting again.';
  return 'Something on your network answered in place of Front Door. A guest Wi-Fi may want you to sign in first.';
}

/** May be sent again without asking: the answer did not come from our server, and a short wait may help. */
export function mayTryAgain(status) {
  return status === undefined || status === 502 || status === 503 || status === 504;
}

const WAITS_MS = [2000, 5000, 10_000];

/** Wait before try number `tries` (from 1); undefined: no more tries. */
export function waitBefore(tries) {
  return WAITS_MS[tries - 1];
}

/** One notice in a form or part of a page: it is replaced, and read out. */
export function say(place, words) {
  let notice = place.querySelector(':scope > .fd-unsaved');
  if (notice === null) {
    notice = Object.assign(document.createElement('p'), { className: 'fd-unsaved' });
    notice.setAttribute('role', 'alert');
    place.append(notice);
  }
  notice.textContent = words;
}

export function unsay(place) {
  place?.querySelector(':scope > .fd-unsaved')?.remove();
}
