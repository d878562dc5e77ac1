/**
 * Our own page, with one of its forms filled. Whoever writes a form need not remember that sessions end. It reads what hono/jsx writes, where
 * no attribute holds a bare `>` or `"`.
 */
import { readReferences } from '../../base/letter-references.ts';

/** Name of a hidden input: which form it is, where several of a page are sent to one address or one to several. */
export const DRAFT = 'draft';

/**
 * `form`: its address, or what its hidden input `draft` says. `note` is put at its end. Undefined when the form is not on the page, or has not
 * a place for everything that was typed.
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
 * A field that is saved shows what is typed and not sent. What is saved in it, perhaps by somebody else meanwhile, then stands below, so that
 * nobody takes the one for the other. Such a field has a hidden input beside it that says which entry the page had seen.
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

/** One that is written into. */
const BOX = /<textarea\b[^>]*>[^<]*<\/textarea>|<input\b[^>]*\stype="text"[^>]*>/g;

function savedIn(html: string, name: string): string | undefined {
  const box = html.match(BOX)?.find((found) => readAttribute(found, 'name') === name);
  const text = box === undefined ? undefined : /^<textarea\b[^>]*>([^<]*)/.exec(box)?.[1];
  return text === undefined ? box && readAttribute(box, 'value') : readText(text);
}

/** What a filled form is marked with. `tab`: in which tab of the browser it was typed, as `static/drafts.js` has it. */
interface Mark {
  note: string;
  tab: string | undefined;
}

const NO_MARK: Mark = { note: '', tab: undefined };

/** So that the script keeps what is filled in, too, as one draft with what is typed into it from now on. */
function markTag(tag: string, values: URLSearchParams, { tab }: Mark): string {
  const names = [...new Set(values.keys())].join(' ');
  const marked = addAttribute(tag, `data-draft="${writeText(names)}"`);
  return tab === undefined ? marked : addAttribute(marked, `data-draft-tab="${writeText(tab)}"`);
}

/** The page that answers a form shows what was sent: it stays a draft, whatever else is typed into the form. */
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

/** What stands in the form; undefined when it is not on the page. */
export function formIn(html: string, form: string): string | undefined {
  const opening = openingOf(html, form);
  return opening && html.slice(opening.index, html.indexOf('</form>', opening.index));
}

/** Undefined when the form is not on the page. */
export function putAfterForm(html: string, form: string, part: string): string | undefined {
  const opening = openingOf(html, form);
  if (opening === undefined) return undefined;
  const end = html.indexOf('</form>', opening.index) + '</form>'.length;
  return html.slice(0, end) + part + html.slice(end);
}

/** What the page calls the form: the words that unfold it, else the heading that it stands under. */
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

/** Of a form that begins with a heading of its own: the one before it belongs to something else. */
function headingOf(content: string): string | undefined {
  return /^(?:\s*<input\b[^>]*>)*\s*<h([1-4])\b[^>]*>([\s\S]*?)<\/h\1>/.exec(content)?.[2];
}

/** A form that throws the draft away says whose tab's it is: the page that it stands on is a new one to the script. */
export function nameTabOfRemoval(html: string, form: string, tab: string): string {
  return html.replace(/<input\b[^>]*>/g, (tag) => {
    const isMeant = readAttribute(tag, 'name') === 'draft-removed' && readAttribute(tag, 'value') === form;
    return isMeant ? `${tag}<input type="hidden" name="draft-tab" value="${writeText(tab)}"/>` : tag;
  });
}

/** Boxes that stand elsewhere on the page and say by `form="…"` which form they belong to. */
function fillBeside(html: string, id: string | undefined, values: URLSearchParams, left: URLSearchParams): string {
  if (id === undefined) return html;
  return html.replace(/<input\b[^>]*>/g, (tag) =>
    readAttribute(tag, 'form') === id ? fillInput(tag, values, left) : tag,
  );
}

/** Of the forms of a page, what each is known by. */
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
  // What is hidden belongs to the page as it is now, but for what the typed text was held against: which entry its page had seen.
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

/** `seen` holds for the whole form, `seen-signs` for the field or the question of that name. */
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

/** What the form stands in may be folded away. */
export function openAround(before: string): string {
  const last = before.lastIndexOf('<details');
  if (last < before.lastIndexOf('</details>') || last === -1) return before;
  const end = before.indexOf('>', last);
  return `${before.slice(0, last)}${addAttribute(removeAttribute(before.slice(last, end + 1), 'open'), 'open=""')}${before.slice(end + 1)}`;
}

/** What a form asks only where it is needed stands in a `template` until somebody has filled it in. */
function askFor(form: string, values: URLSearchParams): string {
  return form.replace(
    /<template data-asked="([^"]*)">([\s\S]*?)<\/template>/g,
    (unasked, name: string, asked: string) => ((values.get(name) ?? '').trim() === '' ? unasked : asked),
  );
}

/** Presses, and no text: each is asked for again where it is needed. */
const PRESSES = /^(departs|unsent|take|keep-.*)$/;

function hasText(left: URLSearchParams): boolean {
  return [...left].some(([name, value]) => value.trim() !== '' && !PRESSES.test(name));
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
