import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';

/**
 * For parts of a page that show content and nothing else: rendered once for each piece of content, and kept while that is kept. Content does
 * not change while the server runs; what a reader gave, or a form's token, has no place in such a part.
 */
export function renderOnce<Props>(contentOf: (props: Props) => object, render: (props: Props) => Child) {
  const rendered = new WeakMap<object, ReturnType<typeof raw>>();
  return (props: Props) => {
    const content = contentOf(props);
    const known = rendered.get(content) ?? raw(String(render(props)));
    rendered.set(content, known);
    return known;
  };
}
