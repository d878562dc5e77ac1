/**
 * "Keep the numbers on this device": starts and removes the service worker of the page with the numbers. It is started only by the button, since
 * it leaves a trace on the device.
 */
const box = document.querySelector('[data-worker]');
const workers = navigator.serviceWorker;

if (box !== null && workers !== undefined) {
  const { worker, scope, cache } = box.dataset;
  const [keep, remove] = box.querySelectorAll('button');
  const state = box.querySelector('[role=status]');
  const show = async (words) => {
    const isKept = (await workers.getRegistration(scope)) !== undefined;
    box.hidden = false;
    keep.hidden = isKept;
    remove.hidden = !isKept;
    state.textContent = words ?? (isKept ? 'The numbers are kept on this device.' : '');
  };
  keep.addEventListener('click', async () => {
    try {
      await workers.register(worker, { scope });
      await workers.ready;
      await show();
    } catch {
      await show('The numbers could not be kept. Print this page instead.');
    }
  });
  remove.addEventListener('click', async () => {
    await (await workers.getRegistration(scope))?.unregister();
    await caches.delete(cache);
    await show('The numbers are removed from this device.');
  });
  show();
}
