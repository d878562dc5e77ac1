import type { Child } from 'hono/jsx';

/** A whole page as text, with its doctype. */
export function renderPage(page: Child): string {
  return `<!DOCTYPE html>${String(page)}`;
}

/** A piece of a page, for a request that came from htmx. */
export function renderFragment(fragment: Child): string {
  return String(fragment);
}
