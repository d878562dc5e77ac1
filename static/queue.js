/** Announces new urgent consultations and counts them in the title. The title has no names or references, since others may see it. */
import { notifyUrgent } from './notify.js';

const QUEUE = '#queue';

export function announceUrgent() {
  if (document.querySelector(QUEUE) === null) return;
  const title = document.title;
  let known = readUrgent();
  count(known, title);
  document.addEventListener('htmx:after:swap', () => {
    const now = readUrgent();
    // Danger that was not known, and is known now, is news too.
    const news = [...now].filter(([id, words]) => known.get(id) !== words).map(([, words]) => words);
    known = now;
    count(now, title);
    const live = document.querySelector('#queue-live');
    if (news.length === 0 || live === null) return;
    const words = [...new Set(news)].join('. ');
    live.textContent =
      news.length === 1
        ? `A consultation has become urgent. ${words}`
        : `${news.length} consultations have become urgent. ${words}`;
    notifyUrgent(words);
  });
}

/** Id → how urgent, in words. Of all that is open, whichever of the lists is shown. */
function readUrgent() {
  return new Map(Object.entries(JSON.parse(document.querySelector(QUEUE)?.dataset.urgent ?? '{}')));
}

function count(urgent, title) {
  document.title = urgent.size === 0 ? title : `(${urgent.size} urgent) ${title}`;
}
