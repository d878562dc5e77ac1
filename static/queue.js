/** Announces new urgent consultations and counts them in the title. The title has no names or references, since others may see it. */
import { notifyUrgent } from './notify.js';

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
    if (added === 0 || live === null) return;
    live.textContent = added === 1 ? 'A consultation has become urgent' : `${added} consultations have become urgent`;
    notifyUrgent();
  });
}

/** Of all that is open, whichever of the lists is shown. */
function idsOfUrgent() {
  const ids = document.querySelector(QUEUE)?.dataset.urgent ?? '';
  return new Set(ids.split(' ').filter((id) => id !== ''));
}

function count(urgent, title) {
  document.title = urgent.size === 0 ? title : `(${urgent.size} urgent) ${title}`;
}
