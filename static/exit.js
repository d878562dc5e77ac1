/** "Exit this page": govuk-frontend's own, which expects to be told that the browser is good enough. */
import { ExitThisPage } from 'govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
for (const root of document.querySelectorAll('[data-module="govuk-exit-this-page"]')) new ExitThisPage(root);
