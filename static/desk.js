/**
 * The duty desk once a script runs: htmx asks the queue again and puts in what changed, and saves a step list while it is filled in.
 * Neither moves the focus or touches what is being typed. Everything works without it.
 */
import { announceUrgent } from './queue.js';
import { saveWhenSettled } from './steps.js';
import { letOnlyOursIn } from './swaps.js';
import { keepNoneAlone } from './ticks.js';

letOnlyOursIn();
announceUrgent();

document.addEventListener('htmx:before:swap', (event) => {
  // A page for signing in, or one that says what went wrong, is no part of the queue: it is opened as a whole.
  if (!/^\s*<!doctype/i.test(event.detail.ctx.text)) return;
  event.preventDefault();
  location.reload();
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
