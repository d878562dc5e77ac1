/**
 * "Exit this page": govuk-frontend's own, which expects to be told that the browser is good enough. It leaves at once and waits for nothing;
 * a beacon tells the server that the conversation is over.
 */
import { ExitThisPage } from 'govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs';

class Exit extends ExitThisPage {
  exitPage() {
    // Other scripts ask before unsaved text is left. Not now.
    document.dispatchEvent(new Event('front-door:leave'));
    navigator.sendBeacon?.(this.$button.ping, new URLSearchParams());
    this.$button.removeAttribute('ping');
    super.exitPage();
  }
}

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
for (const root of document.querySelectorAll('[data-module="govuk-exit-this-page"]')) new Exit(root);
