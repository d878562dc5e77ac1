/** Lays out text inside the boxes of a drawing. */
import type { TextLine, TextLook } from './scene.ts';
import { wrap } from './shorten.ts';

/** Font sizes in pixels; must match `_map.scss`. */
export const HEIGHTS: Record<TextLook, number> = { plain: 15, strong: 15, quiet: 13, small: 13, eyebrow: 13 };
const LEADING = 1.35;
const BETWEEN = 2;

export type Row = [text: string, look: TextLook];

/** Stacks the rows, each wrapped to the width. Lengths in pixels. */
export function layoutText(rows: Row[], x: number, top: number, width: number): { texts: TextLine[]; height: number } {
  const texts: TextLine[] = [];
  let y = top;
  for (const [text, look] of rows) {
    const size = HEIGHTS[look];
    for (const line of wrap(text, width, size, look === 'strong' || look === 'eyebrow')) {
      texts.push({ x, y: y + size, text: line, look });
      y += size * LEADING;
    }
    y += BETWEEN;
  }
  return { texts, height: y - top };
}
