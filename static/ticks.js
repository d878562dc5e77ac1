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
