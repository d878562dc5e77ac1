/** How large a result page is: the whole page as it is sent, and how far into it the first screen reaches. */
import { gzipSync } from 'node:zlib';

/** Maximum size of a result page, in bytes, gzipped. */
export const MOST_BYTES = 6 * 1024;
/** The first screen of every result has arrived within this many bytes. */
export const FIRST_SCREEN = 4 * 1024;
/** The share of cases whose page must not exceed that size. */
export const SHARE = 0.95;

export interface Weight {
  page: number;
  /** The bytes that have to arrive before the action, its time, the contact, the parents and the police can be read. */
  firstScreen: number;
}

const END_OF_FIRST_SCREEN = '</section>';

export function weigh(html: string): Weight {
  const action = html.indexOf('class="fd-action ');
  if (action < 0) throw new Error('the page has no recommended action');
  const end = html.indexOf(END_OF_FIRST_SCREEN, action) + END_OF_FIRST_SCREEN.length;
  return { page: gzipSync(html).length, firstScreen: gzipSync(html.slice(0, end)).length };
}

/** The size that this share of the cases does not exceed. */
export function atShare(values: readonly number[], share = SHARE): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}
