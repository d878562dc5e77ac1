/**
 * Signing out in one tab takes away what stands in the others: who uses the computer next must not read it there. A pause in typing keeps a draft,
 * and so does turning to another tab, so nothing typed is lost. Without a script a tab stays as it is until it asks for something.
 */
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('front-door signed out') : undefined;

export function heedSignOut() {
  const told = document.querySelector('[data-signed-out]');
  if (told !== null) {
    channel?.postMessage('');
    // Loaded again, or come back to, it says nothing of a later session.
    history.replaceState(null, '', location.pathname);
    return;
  }
  if (document.body.dataset.drafts === undefined) return;
  channel?.addEventListener('message', () => {
    // The draft is on its way, and nobody is asked whether to leave.
    dispatchEvent(new Event('pagehide'));
    document.dispatchEvent(new Event('front-door:leave'));
    document.body.replaceChildren();
    location.replace('/sign-in?out=elsewhere');
  });
}
