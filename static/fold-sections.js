/**
 * On a narrow screen a long record begins folded: what was asked, what is advised, who has it and what is due stand open, and of the rest its
 * heading and how much it holds. Without this script, and where there is room, everything stands open.
 */
import { openTarget } from './open-target.js';

const NARROW = '(max-width: 39.99em)';
/** What somebody has to see: an error, what was done just now, words that are not sent. */
const IN_SIGHT = '.govuk-error-message, #done, [data-kept]';

export function foldSections() {
  if (!matchMedia(NARROW).matches) return;
  for (const section of document.querySelectorAll('section[data-folds]')) fold(section);
  openTarget();
}

function fold(section) {
  const heading = section.querySelector(':scope > h2');
  if (heading === null) return;
  const details = Object.assign(document.createElement('details'), { className: 'fd-folded' });
  details.open = section.querySelector(IN_SIGHT) !== null;
  const summary = document.createElement('summary');
  const rest = [...section.childNodes].filter((node) => node !== heading);
  const held = describeHeld(section);
  summary.append(heading);
  if (held !== '')
    summary.append(Object.assign(document.createElement('span'), { className: 'fd-hint', textContent: held }));
  details.append(summary, ...rest);
  section.append(details);
}

function describeHeld(section) {
  const held = section.querySelectorAll('.fd-entry, .fd-field__saved, .fd-entries > li').length;
  return held === 0 ? 'Nothing yet' : `${held} written down`;
}
