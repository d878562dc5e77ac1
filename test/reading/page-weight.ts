/** How much of a result travels: the whole page as it is sent, and how far into it the first screen reaches. */
import { gzipSync } from 'node:zlib';

/** What a result page weighs at most, in bytes, gzipped. */
export const MOST_BYTES = 6 * 1024;
/** The first screen of every result has arrived with this much. */
export const FIRST_SCREEN = 4 * 1024;
/** The share of cases whose page has to be as light as that. */
export const SHARE = 0.95;

export interface Weight {
  page: number;
  /** What has to arrive before the action, its time, whom to reach, the parents and the police can be read. */
  firstScreen: number;
}

const END_OF_FIRST_SCREEN = '</section>';

export function weigh(html: string): Weight {
  const action = html.indexOf('class="fd-action ');
  if (action < 0) throw new Error('the page has no recommended action');
  const end = html.indexOf(END_OF_FIRST_SCREEN, action) + END_OF_FIRST_SCREEN.length;
  return { page: gzipSync(html).length, firstScreen: gzipSync(html.slice(0, end)).length };
}

/** The weight that this share of the cases does not exceed. */
export function atShare(values: readonly number[], share = SHARE): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}
