/**
 * Script for the duty desk: htmx refreshes the queue and saves a step list while it is filled in. Neither moves the focus or changes what is
 * being typed. All pages work without it.
 */

import { foldSections } from './fold-sections.js';
import { offerNotifications } from './notify.js';
import { announceUrgent } from './queue.js';
import { saveWhenSettled } from './steps.js';
import { letOnlyOursIn, showProblem } from './swaps.js';
import { insertTemplates } from './templates.js';
import { keepNoneAlone } from './ticks.js';

letOnlyOursIn();
foldSections();
announceUrgent();
offerNotifications();
insertTemplates();

document.addEventListener('htmx:before:swap', (event) => {
  // A sign-in or error page is not part of the queue, so it replaces the whole page.
  if (!/^\s*<!doctype/i.test(event.detail.ctx.text)) return;
  event.preventDefault();
  showProblem(event.detail.ctx);
});

const steps = document.querySelector('.fd-steps');
if (steps !== null) saveWhenSettled(steps);

for (const question of document.querySelectorAll('.fd-step')) keepNoneAlone(question);
document.addEventListener('htmx:after:swap', () => {
  for (const question of document.querySelectorAll('.fd-step:not([data-alone])')) alone(question);
});

function alone(question) {
  question.dataset.alone = '';
  keepNoneAlone(question);
}
