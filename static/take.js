/** On a page that was made for somebody else: whoever is signed in now may send what stands in a form as theirs, if they wrote it. */

/** Puts the button that our answer has beside the words that say why the form was not sent. `send`: sends it once more. */
export function offerToTake(place, page, send) {
  const form = place.closest('form') ?? place;
  const theirs = new DOMParser().parseFromString(page, 'text/html').querySelector('form[data-take]');
  const notice = place.querySelector(':scope > .fd-unsaved');
  if (theirs === null || notice === null || form.elements?.token === undefined) return;
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'fd-link' });
  button.textContent = theirs.querySelector('button').textContent.trim();
  button.addEventListener('click', () => {
    form.elements.token.value = theirs.elements.token.value;
    send();
  });
  notice.append(' ', button);
}
