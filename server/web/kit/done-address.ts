/** The address of a page that says what was done before it was shown: which action it was, and no name and no text. */
export const DONE = 'done';
export const AT = 'at';

/** `at`: id of the part of the page that it belongs to. */
export function addressDone(page: string, deed: string, at?: string): string {
  const [path = '', query] = page.split('?');
  const address = new URLSearchParams(query);
  address.set(DONE, deed);
  if (at !== undefined) address.set(AT, at);
  return `${path}?${address}#${DONE}`;
}
