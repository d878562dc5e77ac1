/** Keyboard shortcuts: 1 to 9 choose an option and Enter continues. They can be switched off, and never apply in a text field. */
const KEPT = 'front-door-keys';
const isOn = () => read() !== 'off';

export function offerKeys(question) {
  const items =
    question?.querySelectorAll('.fd-options:not([data-folded]) :is(.govuk-radios__item, .govuk-checkboxes__item)') ??
    [];
  // In a folded list a key would tick what nobody sees.
  // Pages with "Exit this page" store nothing in the browser, so they have no switch and no shortcuts.
  if (items.length === 0 || hasNoKeys() || document.querySelector('.govuk-exit-this-page') !== null) return;
  [...items].slice(0, 9).forEach((item, index) => {
    item.dataset.key = index + 1;
  });
  question.append(makeSwitch());
  show();
}

/** On a touch screen, the numbers would only be in the way. */
function hasNoKeys() {
  return matchMedia('(hover: none) and (pointer: coarse)').matches;
}

function makeSwitch() {
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'fd-keys' });
  button.addEventListener('click', () => {
    keep(isOn() ? 'off' : 'on');
    show();
  });
  return button;
}

function show() {
  document.documentElement.classList.toggle('fd-with-keys', isOn());
  const button = document.querySelector('button.fd-keys');
  if (button === null) return;
  button.textContent = 'Keys 1 to 9 choose, Enter continues';
  button.setAttribute('aria-pressed', String(isOn()));
}

document.addEventListener('keydown', (event) => {
  const form = document.querySelector('#question form');
  if (!isOn() || form?.querySelector('[data-key]') == null || isBusy(event)) return;
  if (event.key === 'Enter' && form.querySelector(':checked') !== null) {
    event.preventDefault();
    form.requestSubmit();
  } else if (/^[1-9]$/.test(event.key)) choose(form, event);
});

function isBusy({ target, altKey, ctrlKey, metaKey, shiftKey, repeat }) {
  if (altKey || ctrlKey || metaKey || shiftKey || repeat) return true;
  return (
    target.closest?.('a, button, summary, select, textarea, input:not([type=radio]):not([type=checkbox])') !== null
  );
}

function choose(form, event) {
  const input = form.querySelector(`[data-key="${event.key}"] input`);
  if (input === null) return;
  event.preventDefault();
  input.focus();
  input.click();
}

/** Stores only this preference; the browser may refuse. */
function read() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(value) {
  try {
    localStorage.setItem(KEPT, value);
  } catch {
    document.documentElement.classList.toggle('fd-with-keys');
  }
}
