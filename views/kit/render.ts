import { type Child, jsx } from 'hono/jsx';

/**
 * Hono looks once for AsyncLocalStorage, to follow renders that wait for something. Ours never do, and on Node 20 its use makes every promise
 * of the process dearer, a fifth of the time of a whole journey. So the first render, this one, is made while it is not to be found.
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

/** A whole page as text, with its doctype. */
export function renderPage(page: Child): string {
  return `<!DOCTYPE html>${String(page)}`;
}

/** A piece of a page, for a request that came from htmx. */
export function renderFragment(fragment: Child): string {
  return String(fragment);
}
