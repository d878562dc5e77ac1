/**
 * Script for govuk-frontend's "Exit this page", which expects a class that says the browser is supported. It leaves at once without waiting;
 * a beacon tells the server to end the conversation.
 */
import { ExitThisPage } from 'govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs';

class Exit extends ExitThisPage {
  exitPage() {
    // Skip the "leave this page?" prompts of other scripts.
    document.dispatchEvent(new Event('front-door:leave'));
    navigator.sendBeacon?.(this.$button.ping, new URLSearchParams());
    this.$button.removeAttribute('ping');
    super.exitPage();
  }
}

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
for (const root of document.querySelectorAll('[data-module="govuk-exit-this-page"]')) new Exit(root);
