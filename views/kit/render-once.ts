import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { writeReferences } from '../../server/base/letter-references.ts';

/**
 * Caches a component that depends only on content: it is rendered once per content object, which does not change while the server runs. Such
 * a component must not contain anything from the reader or the request, such as a form's token.
 */
export function renderOnce<Props>(contentOf: (props: Props) => object, render: (props: Props) => Child) {
  const rendered = new WeakMap<object, ReturnType<typeof raw>>();
  return (props: Props) => {
    const content = contentOf(props);
    const known = rendered.get(content) ?? raw(writeReferences(String(render(props) ?? '')));
    rendered.set(content, known);
    return known;
  };
}

/** The content of a component whose words are always the same. */
export const ALWAYS = {};

/** A value that may be put into a slot as it is: our numbers, ids, tokens and URLs need no escaping. */
const PLAIN = /^[\w/#-]*$/;
const SLOT = /slot-([a-z]+)-tols/;

/**
 * The same for a component that depends on content and on a few values of the request, such as a token. It is rendered
 * once with placeholders; after that, only the values are filled in. `slots`: the names of these props. A value that
 * needs escaping is rendered the usual way. The component must only output these values, and must not decide anything
 * by them.
 */
export function renderOnceWithSlots<Props extends Record<Slot, string>, Slot extends string>(
  slots: readonly Slot[],
  contentOf: (props: Props) => object,
  render: (props: Props) => Child,
) {
  const marks = Object.fromEntries(slots.map((slot) => [slot, `slot-${slot.toLowerCase()}-tols`]));
  const bySign = new Map(slots.map((slot) => [slot.toLowerCase(), slot]));
  const rendered = new WeakMap<object, { words: readonly string[]; names: readonly Slot[] }>();
  const takeApart = (props: Props) => {
    const pieces = writeReferences(String(render({ ...props, ...marks }) ?? '')).split(SLOT);
    const names = pieces.filter((_, index) => index % 2 === 1).map((sign) => bySign.get(sign) as Slot);
    return { words: pieces.filter((_, index) => index % 2 === 0), names };
  };
  return (props: Props) => {
    for (const slot of slots) if (!PLAIN.test(props[slot])) return raw(String(render(props) ?? ''));
    const content = contentOf(props);
    const known = rendered.get(content) ?? takeApart(props);
    rendered.set(content, known);
    const { words, names } = known;
    let html = words[0] ?? '';
    for (let index = 0; index < names.length; index++) html += props[names[index] as Slot] + words[index + 1];
    return raw(html);
  };
}
