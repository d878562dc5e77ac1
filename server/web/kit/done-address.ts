/** The address of a page that says what was just done. It contains which action that was, and no name and no text. */
export const DONE_PARAMETER = 'done';
export const AT_PARAMETER = 'at';

/** `at`: id of the part of the page to which the message belongs. */
export function addressDone(page: string, deed: string, at?: string): string {
  const [path = '', query] = page.split('?');
  const address = new URLSearchParams(query);
  address.set(DONE_PARAMETER, deed);
  if (at !== undefined) address.set(AT_PARAMETER, at);
  return `${path}?${address}#${DONE_PARAMETER}`;
}
