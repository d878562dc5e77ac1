/** What a section of an export is made of. */

import { describeInstant } from '../base/days.ts';
import type { Correction } from '../consultation/describe-entry.ts';
import type { Kept } from '../consultation/record.ts';

/** A name with its value. What is beneath is smaller print: reasons, sources, when it was written. */
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
/** A line only if there is something to say. */
export function ifAny(start: string, words: string | undefined): string {
  return words === undefined || words === '' ? '' : `${start}: ${words}`;
}

export function correctionLines({ corrections }: { corrections: Correction[] }): string[] {
  return corrections.map(
    ({ number, at, by, text, reason }) =>
      `CORRECTED by entry ${number}, ${describeInstant(at)}, by ${by}: ${text}${reason === '' ? '' : ` (reason: ${reason})`}`,
  );
}

/** When it was written, by whom and for whom, and what corrects it. */
export function writtenLines(kept: Pick<Kept<object>, 'number' | 'at' | 'by' | 'corrections'>): string[] {
  return [`Written down ${describeInstant(kept.at)} by ${kept.by}, entry ${kept.number}`, ...correctionLines(kept)];
}
