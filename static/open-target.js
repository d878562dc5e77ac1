/**
 * A link to what is folded unfolds it: for browsers that do not do so by themselves, and when the address already names that part, so that
 * pressing the link again changes nothing in it.
 */
export function openTargets() {
  openTarget();
  addEventListener('hashchange', openTarget);
  document.addEventListener('click', ({ target }) => {
    // Of a link in a drawing `hash` is not known.
    const link = target.closest?.('a[href^="#"]');
    if (link !== null && link !== undefined) openAround(link.getAttribute('href'));
  });
}

export function openTarget() {
  openAround(location.hash);
}

function openAround(hash) {
  const element = document.getElementById(hash.slice(1));
  if (element === null) return;
  const around = [];
  for (let at = element; at !== null; at = at.parentElement) around.push(at);
  const folded = [...around, element.querySelector(':scope > details.fd-folded')].filter(
    (one) => one?.tagName === 'DETAILS' && !one.open,
  );
  for (const details of folded) details.open = true;
  if (folded.length > 0) element.scrollIntoView();
}
