/**
 * Fills in a form on one of our own pages, so that people who write forms need not handle the end of a session. It
 * parses HTML as hono/jsx writes it, where no attribute contains a bare `>` or `"`.
 */

import { readReferences } from '../../base/letter-references.ts';
import { isAskedAgain } from './form-inputs.ts';

/**
 * Name of a hidden input that identifies a form, where several forms of a page have the same address or one form has
 * several.
 */
export const DRAFT = 'draft';

/**
 * `form`: its address, or the value of its hidden input `draft`. `note` is added at the end of the form. Undefined if
 * the form is not on the page, or has no field for something that was typed.
 */
export function refill(html: string, form: string, values: URLSearchParams, mark: Mark = NO_MARK): string | undefined {
  const opening = openingOf(html, form);
  if (opening === undefined) return undefined;
  const from = opening.index + opening[0].length;
  const to = html.indexOf('</form>', from);
  const left = new URLSearchParams(values);
  const shown = askFor(html.slice(from, to), values);
  const filled = keepSavedInSight(shown, fill(shown, values, left), values);
  const beside = (part: string) => fillBeside(part, readAttribute(opening[0], 'id'), values, left);
  const [before, after] = [beside(html.slice(0, opening.index)), beside(html.slice(to))];
  if (hasText(left)) return undefined;
  return openAround(before) + markTag(opening[0], values, mark) + filled + mark.note + after;
}

/**
 * A field that was saved before now shows typed text that has not been sent. The saved value, which may be somebody
 * else's, is shown below it, so that nobody confuses the two. Such a field has a hidden input beside it with the number
 * of the entry that the page had seen.
 */
function keepSavedInSight(before: string, filled: string, values: URLSearchParams): string {
  const isMeant = (name: string) => before.includes(`name="seen-${name.replace(/^(field|reason)-/, '')}"`);
  const names = [...new Set(values.keys())].filter((name) => !name.startsWith('seen') && isMeant(name));
  return names.reduce((html, name) => {
    const choices = savedChoices(before, name).filter(({ value }) => !values.getAll(name).includes(value));
    if (choices.length > 0) return choices.reduce((marked, { id }) => markSavedChoice(marked, id), html);
    const saved = savedIn(before, name)?.trim() ?? '';
    if (saved === '' || saved === values.get(name)?.trim()) return html;
    const note = `<p class="fd-hint fd-no-print">Saved here now: <span class="fd-lines">${writeText(saved)}</span></p>`;
    return html.replace(BOX, (box) => (readAttribute(box, 'name') === name ? box + note : box));
  }, filled);
}

function savedChoices(html: string, name: string): { id: string; value: string }[] {
  const chosen = (html.match(/<input\b[^>]*\schecked\b[^>]*>/g) ?? []).filter(
    (tag) => readAttribute(tag, 'name') === name,
  );
  return chosen.map((tag) => ({ id: readAttribute(tag, 'id') ?? '', value: readAttribute(tag, 'value') ?? 'on' }));
}

function markSavedChoice(html: string, id: string): string {
  return html.replace(/(<label\b[^>]*>)([\s\S]*?)(<\/label>)/g, (all, start: string, words: string, end: string) =>
    readAttribute(start, 'for') === id ? `${start}${words} (saved here now)${end}` : all,
  );
}

/** A text box or text field. */
const BOX = /<textarea\b[^>]*>[^<]*<\/textarea>|<input\b[^>]*\stype="text"[^>]*>/g;

function savedIn(html: string, name: string): string | undefined {
  const box = html.match(BOX)?.find((found) => readAttribute(found, 'name') === name);
  const text = box === undefined ? undefined : /^<textarea\b[^>]*>([^<]*)/.exec(box)?.[1];
  return text === undefined ? box && readAttribute(box, 'value') : readText(text);
}

/** How a filled form is marked. `tab`: the tab of the browser in which it was typed, as `static/drafts.js` knows it. */
interface Mark {
  note: string;
  tab: string | undefined;
}

const NO_MARK: Mark = { note: '', tab: undefined };

/** The script then saves the filled-in text, together with what is typed from now on, as one draft. */
function markTag(tag: string, values: URLSearchParams, { tab }: Mark): string {
  const names = [...new Set(values.keys())].join(' ');
  const marked = addAttribute(tag, `data-draft="${writeText(names)}"`);
  return tab === undefined ? marked : addAttribute(marked, `data-draft-tab="${writeText(tab)}"`);
}

/** Marks the form that a page answers: what was sent remains a draft, whatever else is typed into the form. */
export function markForm(html: string, form: string, values: URLSearchParams, mark: Mark): string | undefined {
  const opening = openingOf(html, form);
  if (opening === undefined) return undefined;
  const to = html.indexOf('</form>', opening.index);
  const inside = html.slice(opening.index + opening[0].length, to);
  return html.slice(0, opening.index) + markTag(opening[0], values, mark) + inside + mark.note + html.slice(to);
}

function openingOf(html: string, form: string) {
  return [...html.matchAll(/<form\b[^>]*>/g)].find((found) => nameOf(html, found) === form);
}

/** The contents of the form; undefined if it is not on the page. */
export function formIn(html: string, form: string): string | undefined {
  const opening = openingOf(html, form);
  return opening && html.slice(opening.index, html.indexOf('</form>', opening.index));
}

/** Undefined if the form is not on the page. */
export function putAfterForm(html: string, form: string, part: string): string | undefined {
  const opening = openingOf(html, form);
  if (opening === undefined) return undefined;
  const end = html.indexOf('</form>', opening.index) + '</form>'.length;
  return html.slice(0, end) + part + html.slice(end);
}

/** What the page calls the form: the summary that unfolds it, otherwise the heading above it. */
export function titleOfForm(html: string, form: string): string | undefined {
  const opening = openingOf(html, form);
  const own = opening === undefined ? undefined : headingOf(html.slice(opening.index + opening[0].length));
  const before = html.slice(0, opening?.index ?? 0);
  const fold = before.lastIndexOf('<details');
  const isFolded = fold > before.lastIndexOf('</details>');
  const [around, kind] = isFolded ? [before.slice(fold), 'summary'] : [before, 'h[1-4]'];
  const titles = [...around.matchAll(new RegExp(`<(${kind})\\b[^>]*>([\\s\\S]*?)</\\1>`, 'g'))];
  const title = (own ?? (isFolded ? titles[0] : titles.at(-1))?.[2])
    ?.replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return title === undefined || title === '' ? undefined : readText(title);
}

/** The form's own heading, if it begins with one: the heading before it then belongs to something else. */
function headingOf(content: string): string | undefined {
  return /^(?:\s*<input\b[^>]*>)*\s*<h([1-4])\b[^>]*>([\s\S]*?)<\/h\1>/.exec(content)?.[2];
}

/**
 * A form that deletes a draft has to name the draft's tab, because the page with it counts as a new tab for the script.
 */
export function nameTabOfRemoval(html: string, form: string, tab: string): string {
  return html.replace(/<input\b[^>]*>/g, (tag) => {
    const isMeant = readAttribute(tag, 'name') === 'draft-removed' && readAttribute(tag, 'value') === form;
    return isMeant ? `${tag}<input type="hidden" name="draft-tab" value="${writeText(tab)}"/>` : tag;
  });
}

/** Fields elsewhere on the page that belong to the form by `form="…"`. */
function fillBeside(html: string, id: string | undefined, values: URLSearchParams, left: URLSearchParams): string {
  if (id === undefined) return html;
  return html.replace(/<input\b[^>]*>/g, (tag) =>
    readAttribute(tag, 'form') === id ? fillInput(tag, values, left) : tag,
  );
}

/** What identifies each form of a page. */
export function formsOf(html: string): Set<string> {
  const names = [...html.matchAll(/<form\b[^>]*>/g)].map((opening) => nameOf(html, opening));
  return new Set(names.filter((name) => name !== undefined));
}

function nameOf(html: string, { 0: tag, index }: RegExpExecArray): string | undefined {
  const body = html.slice(index, html.indexOf('</form>', index));
  if (!body.includes(`name="${DRAFT}"`)) return readAttribute(tag, 'action');
  const own = [...body.matchAll(/<input\b[^>]*>/g)].find(([input]) => readAttribute(input, 'name') === DRAFT);
  return own === undefined ? readAttribute(tag, 'action') : readAttribute(own[0], 'value');
}

function fill(form: string, values: URLSearchParams, left: URLSearchParams): string {
  return form
    .replace(/<input\b[^>]*>/g, (tag) => fillInput(tag, values, left))
    .replace(/(<textarea\b[^>]*>)[^<]*(<\/textarea>)/g, (all, start: string, end: string) => {
      const value = take(values, left, readAttribute(start, 'name'));
      return value === undefined ? all : `${start}\n${writeText(value)}${end}`;
    })
    .replace(/(<select\b[^>]*>)([\s\S]*?)(<\/select>)/g, (all, start: string, options: string, end: string) => {
      const value = take(values, left, readAttribute(start, 'name'));
      return value === undefined ? all : start + choose(options, value) + end;
    });
}

function fillInput(tag: string, values: URLSearchParams, left: URLSearchParams): string {
  const name = readAttribute(tag, 'name');
  const type = readAttribute(tag, 'type') ?? 'text';
  // Hidden inputs belong to the page as it is now, except the entry numbers that the typed text was compared with.
  if (type === 'hidden' || type === 'submit') {
    if (name !== undefined) left.delete(name);
    const seen = name !== undefined && isSeenOf(name, values) ? values.get(name) : null;
    return seen === null ? tag : addAttribute(removeAttribute(tag, 'value'), `value="${writeText(seen)}"`);
  }
  if (type === 'radio' || type === 'checkbox') {
    const value = readAttribute(tag, 'value') ?? 'on';
    const bare = removeAttribute(tag, 'checked');
    if (name === undefined || !values.has(name)) return tag;
    if (!values.getAll(name).includes(value)) return bare;
    left.delete(name, value);
    return addAttribute(bare, 'checked=""');
  }
  const value = take(values, left, name);
  return value === undefined ? tag : addAttribute(removeAttribute(tag, 'value'), `value="${writeText(value)}"`);
}

/** `seen` is about the whole form, `seen-signs` about the field or question `signs`. */
function isSeenOf(name: string, values: URLSearchParams): boolean {
  const field = /^seen-(.*)$/.exec(name)?.[1];
  const typed = field === undefined ? [] : [field, `field-${field}`, `reason-${field}`];
  return name === 'seen' || typed.some((one) => values.has(one));
}

function take(values: URLSearchParams, left: URLSearchParams, name: string | undefined): string | undefined {
  const value = name === undefined ? null : values.get(name);
  if (name === undefined || value === null) return undefined;
  left.delete(name, value);
  return value;
}

function choose(options: string, value: string): string {
  return options.replace(/<option\b[^>]*>/g, (tag) => {
    const bare = removeAttribute(tag, 'selected');
    return readAttribute(tag, 'value') === value ? addAttribute(bare, 'selected=""') : bare;
  });
}

/** Unfolds the sections in which the form stands. */
export function openAround(before: string): string {
  const last = before.lastIndexOf('<details');
  if (last < before.lastIndexOf('</details>') || last === -1) return before;
  const end = before.indexOf('>', last);
  return `${before.slice(0, last)}${addAttribute(removeAttribute(before.slice(last, end + 1), 'open'), 'open=""')}${before.slice(end + 1)}`;
}

/** A part of a form that is asked only where needed is in a `template` until it is filled in. */
function askFor(form: string, values: URLSearchParams): string {
  return form.replace(
    /<template data-asked="([^"]*)">([\s\S]*?)<\/template>/g,
    (unasked, name: string, asked: string) => ((values.get(name) ?? '').trim() === '' ? unasked : asked),
  );
}

function hasText(left: URLSearchParams): boolean {
  return [...left].some(([name, value]) => value.trim() !== '' && !isAskedAgain(name));
}

export function readAttribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : readText(found);
}

function removeAttribute(tag: string, name: string): string {
  return tag.replace(new RegExp(`\\s${name}(="[^"]*")?(?=[\\s/>])`), '');
}

function addAttribute(tag: string, attribute: string): string {
  return tag.replace(/\s*(\/?>)$/, (_, end: string) => ` ${attribute}${end}`);
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function writeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}

export function readText(text: string): string {
  return Object.entries(SIGNS)
    .reverse()
    .reduce((left, [sign, written]) => left.replaceAll(written, sign), readReferences(text));
}
