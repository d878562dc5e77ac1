import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';

/**
 * Caches a component that depends only on content: it is rendered once per content object, which does not change while the server runs. Such
 * a component must not contain anything from the reader or the request, such as a form's token.
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
