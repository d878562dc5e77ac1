/** The blocks that make up a section of an export. */

import { describeInstant } from '../base/days.ts';
import type { Correction } from '../consultation/describe-entry.ts';
import type { Kept } from '../consultation/record.ts';

/** A name with its value. `beneath`: lines in smaller print, such as reasons, sources and when it was recorded. */
export interface Fact {
  kind: 'fact';
  name: string;
  value: string;
  beneath: string[];
}
export interface Paragraph {
  kind: 'paragraph';
  text: string;
}
export interface Item {
  kind: 'item';
  text: string;
  beneath: string[];
}
export type Block = Fact | Paragraph | Item;

export const NOT_WRITTEN = 'Nothing written down';

export function fact(name: string, value: string, beneath: string[] = []): Fact {
  return { kind: 'fact', name, value, beneath: beneath.filter((line) => line !== '') };
}
export function item(text: string, beneath: string[] = []): Item {
  return { kind: 'item', text, beneath: beneath.filter((line) => line !== '') };
}
/** `start: words`, or an empty line if there are no words. */
export function ifAny(start: string, words: string | undefined): string {
  return words === undefined || words === '' ? '' : `${start}: ${words}`;
}

export function correctionLines({ corrections }: { corrections: Correction[] }): string[] {
  return corrections.map(
    ({ number, at, by, text, reason }) =>
      `CORRECTED by entry ${number}, ${describeInstant(at)}, by ${by}: ${text}${reason === '' ? '' : ` (reason: ${reason})`}`,
  );
}

const WRITTEN = 'Written down ';

/** When it was recorded, by whom and for whom. */
export function writtenLine({ number, at, by }: Pick<Kept<object>, 'number' | 'at' | 'by'>): string {
  return `${WRITTEN}${describeInstant(at)} by ${by}, entry ${number}`;
}

export function isWrittenLine(line: string): boolean {
  return line.startsWith(WRITTEN);
}

/** The same, and its corrections. */
export function writtenLines(kept: Pick<Kept<object>, 'number' | 'at' | 'by' | 'corrections'>): string[] {
  return [writtenLine(kept), ...correctionLines(kept)];
}
