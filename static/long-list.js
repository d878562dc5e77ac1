/**
 * A list of ticks that is folded by group: each group says how many are ticked in it, "None of these" names the groups that were never opened,
 * and a field finds lines by their words. Without this script the groups unfold all the same.
 */
export function helpWithLongList(question) {
  const list = question?.querySelector('.fd-options[data-folded]');
  if (!list) return;
  const groups = [...list.querySelectorAll('.fd-group--folded')].map(readGroup);
  const none = list.querySelector('[data-behaviour=exclusive]');
  const notice = status('fd-unopened');
  none?.closest('.govuk-checkboxes__item').after(notice);
  const tell = () => {
    groups.forEach(tellTicked);
    const closed = none?.checked ? groups.filter(({ opened }) => !opened) : [];
    notice.textContent = closed.length === 0 ? '' : `Not opened yet: ${closed.map(({ title }) => title).join('; ')}.`;
  };
  const field = offerSearch(list, groups);
  for (const group of groups) {
    group.details.addEventListener('toggle', () => {
      // Who searches sees only some of its lines.
      group.opened ||= group.details.open && field.value === '';
      tell();
    });
  }
  // On the question and not on the list, so that "None of these" has taken the ticks away before they are counted.
  question.addEventListener('change', tell);
  tell();
}

function readGroup(details) {
  const items = [...details.querySelectorAll('.govuk-checkboxes__item')];
  return {
    details,
    title: details.querySelector('h2').textContent.trim(),
    opened: details.open,
    ticked: 0,
    boxes: items.map((item) => item.querySelector('input')),
    lines: items.map((item) => ({ item, words: item.textContent.toLowerCase() })),
  };
}

/** A group is opened when a tick comes back to it, from a draft or by "Put them back". */
function tellTicked(group) {
  const { details, boxes } = group;
  const ticked = boxes.filter((box) => box.checked).length;
  if (ticked > group.ticked) details.open = true;
  group.ticked = ticked;
  details.querySelector('[data-ticked]').textContent = ticked === 0 ? '' : `, ${ticked} ticked`;
}

function status(className) {
  const told = Object.assign(document.createElement('p'), { className });
  told.setAttribute('role', 'status');
  return told;
}

/** Shows only the lines that have all the words, and what is ticked. An empty field shows the groups as they were. */
function offerSearch(list, groups) {
  const { place, field, found } = makeField();
  list.prepend(place);
  let before;
  field.addEventListener('input', () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    before ??= groups.map(({ details }) => details.open);
    const count = groups.reduce((sum, group) => sum + narrow(group, words), 0);
    found.textContent = words.length === 0 ? '' : describeFound(count);
    if (words.length > 0) return;
    for (const [index, { details }] of groups.entries()) details.open = before[index];
    before = undefined;
  });
  // Enter would send the whole answer.
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault();
  });
  return field;
}

function makeField() {
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const field = make('input', { type: 'search', id: 'find-in-list', className: 'govuk-input', autocomplete: 'off' });
  const label = make('label', { htmlFor: field.id, className: 'govuk-label', textContent: 'Find in this list' });
  const place = make('div', { className: 'fd-find fd-no-print' });
  const found = status('fd-found-lines');
  place.append(label, field, found);
  return { place, field, found };
}

/** Returns how many of its lines have all the words. */
function narrow({ details, lines }, words) {
  let count = 0;
  let shown = 0;
  for (const { item, words: known } of lines) {
    const fits = words.every((word) => known.includes(word));
    if (fits) count += 1;
    item.hidden = !fits && !item.querySelector('input').checked;
    if (!item.hidden) shown += 1;
  }
  details.hidden = shown === 0;
  if (words.length > 0) details.open = shown > 0;
  return count;
}

function describeFound(count) {
  if (count === 0) return 'No line has these words. Empty the field and look through the groups.';
  return count === 1 ? '1 line has these words.' : `${count} lines have these words.`;
}
