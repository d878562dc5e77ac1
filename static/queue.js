/** Announces new urgent consultations and counts them in the title. The title has no names or references, since others may see it. */
const QUEUE = '#queue';

export function announceUrgent() {
  if (document.querySelector(QUEUE) === null) return;
  const title = document.title;
  let known = idsOfUrgent();
  count(known, title);
  document.addEventListener('htmx:after:swap', () => {
    const now = idsOfUrgent();
    const added = [...now].filter((id) => !known.has(id)).length;
    known = now;
    count(now, title);
    const live = document.querySelector('#queue-live');
    if (added > 0 && live !== null)
      live.textContent = added === 1 ? 'A consultation has become urgent' : `${added} consultations have become urgent`;
  });
}

function idsOfUrgent() {
  return new Set([...document.querySelectorAll(`${QUEUE} [data-urgent]`)].map(({ id }) => id));
}

function count(urgent, title) {
  document.title = urgent.size === 0 ? title : `(${urgent.size} urgent) ${title}`;
}
