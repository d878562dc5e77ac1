import { inLanguageOfPage } from './answers.js';

/** Ticking "None of these" clears the other ticks, and the other way round. Typing in a text field clears "I don't know". */
export function keepNoneAlone(question) {
  question?.addEventListener('change', ({ target }) => {
    if (target.type !== 'checkbox' || !target.checked) return;
    const alone = target.dataset.behaviour === 'exclusive';
    for (const box of question.querySelectorAll('input[type=checkbox]'))
      if (box !== target && (alone || box.dataset.behaviour === 'exclusive')) box.checked = false;
    const written = question.querySelector('input[type=text]');
    if (written !== null && target.value === 'unknown') written.value = '';
  });
  question?.addEventListener('input', ({ target }) => {
    const unknown = question.querySelector('input[type=checkbox][value=unknown]');
    if (target.matches('input[type=text], textarea') && unknown !== null) unknown.checked = false;
  });
}

/** Says above the button how many are ticked, and what "None of these" has taken away, with a way to have it back. */
export function tellTicks(question) {
  const boxes = [...(question?.querySelectorAll('input[type=checkbox]') ?? [])];
  const send = question?.querySelector('.fd-continue');
  if (boxes.length < 2 || !send) return;
  const told = Object.assign(document.createElement('p'), { className: 'fd-ticked' });
  told.setAttribute('role', 'status');
  send.before(told);
  const ticked = () => boxes.filter((box) => box.checked);
  let before = ticked();
  const tell = (lost = [], instead = undefined) => {
    before = ticked();
    told.textContent = before.length === 0 ? '' : inLanguageOfPage(`${before.length} ticked`);
    if (lost.length === 0) return;
    const taken = inLanguageOfPage(`Ticks taken away: ${lost.length}.`);
    told.textContent = `${taken} `;
    const words = { type: 'button', className: 'fd-copy', textContent: inLanguageOfPage('Put them back') };
    const button = Object.assign(document.createElement('button'), words);
    button.addEventListener('click', () => {
      for (const box of lost) box.checked = true;
      instead.checked = false;
      tell();
      // A long list counts the ticks of each group, and opens it.
      lost[0].dispatchEvent(new Event('change', { bubbles: true }));
      lost[0].focus();
    });
    told.append(button);
  };
  question.addEventListener('change', ({ target }) => {
    if (target.type === 'checkbox')
      tell(
        before.filter((box) => box !== target && !box.checked),
        target,
      );
  });
  tell();
}
