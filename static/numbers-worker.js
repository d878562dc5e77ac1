/**
 * Keeps the page with the numbers for when there is no network: this page, its style, script and icon, and nothing else. The server writes the
 * list before it, as `FRONT_DOOR_KEPT`. Everything is fetched without cookies, so that nobody's name can be in what is kept.
 */
const { cache: CACHE, page: PAGE, files: FILES } = self.FRONT_DOOR_KEPT;
const KEPT = [PAGE, ...FILES];

addEventListener('install', (event) => {
  event.waitUntil(Promise.all(KEPT.map(renew)).then(() => self.skipWaiting()));
});

addEventListener('activate', (event) => {
  event.waitUntil(forgetOld().then(() => self.clients.claim()));
});

addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== location.origin || !KEPT.includes(pathname)) return;
  event.respondWith(pathname === PAGE ? newest() : kept(pathname));
});

/** The numbers of today if there is a network, otherwise those that were kept last. */
async function newest() {
  try {
    return await renew(PAGE);
  } catch {
    return kept(PAGE);
  }
}

async function kept(path) {
  return (await (await caches.open(CACHE)).match(path)) ?? renew(path);
}

/** A proxy's error or a guest Wi-Fi's sign-in page is no answer of ours, and not kept. */
async function renew(path) {
  const answer = await fetch(path, { credentials: 'omit', cache: 'no-store' });
  if (!answer.ok || answer.headers.get('Front-Door') === null) throw new Error(`no ${path}: ${answer.status}`);
  await (await caches.open(CACHE)).put(path, answer.clone());
  return answer;
}

async function forgetOld() {
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys())
    if (!KEPT.includes(new URL(request.url).pathname)) await cache.delete(request);
}
