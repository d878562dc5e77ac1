import { type Child, jsx } from 'hono/jsx';

/**
 * Hono looks for AsyncLocalStorage once, at the first render, to support asynchronous components. We have none, and on Node 20 it slows down
 * every promise of the process, by a fifth of a whole journey. So this first render happens while AsyncLocalStorage is hidden.
 */
function renderWithoutAsyncStorage(): void {
  const { getBuiltinModule } = process;
  process.getBuiltinModule = (() => undefined) as never;
  try {
    String(jsx('p', {}));
  } finally {
    process.getBuiltinModule = getBuiltinModule;
  }
}
renderWithoutAsyncStorage();

/** Renders a whole page, with its doctype. */
export function renderPage(page: Child): string {
  return `<!DOCTYPE html>${String(page)}`;
}

/** Renders part of a page, for htmx. */
export function renderFragment(fragment: Child): string {
  return String(fragment);
}
