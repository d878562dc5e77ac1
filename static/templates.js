/**
 * Puts a text of the area into the box of the answer, after what is typed there already. Without a script the same link opens the page with
 * the text in the box.
 */
export function insertTemplates() {
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[data-insert]');
    const box = link && document.getElementById(link.dataset.into);
    if (!box) return;
    event.preventDefault();
    box.value = box.value.trim() === '' ? link.dataset.insert : `${box.value.trimEnd()}\n\n${link.dataset.insert}`;
    for (let parent = box.closest('details'); parent; parent = parent.parentElement.closest('details'))
      parent.open = true;
    // As if it were typed: it is kept as a draft.
    box.dispatchEvent(new Event('input', { bubbles: true }));
    box.focus();
  });
}
